"""Measurements of accuracy and speed; the tables that they print are in docs/."""
