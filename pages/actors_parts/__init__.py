"""Pieces of the actors page."""
