"""Pieces of the page "Outlets"."""
