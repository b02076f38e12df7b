"""Drawings (charts/drawing.py) -> a figure for a page, a picture for a file."""
