"""Pieces of the timeline page."""
