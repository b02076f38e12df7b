"""Pieces of the articles page."""
