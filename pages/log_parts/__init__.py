"""Pieces of the page "Log"."""
