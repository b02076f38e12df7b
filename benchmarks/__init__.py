"""Accuracy and speed, measured; the tables they print stand in docs/."""
