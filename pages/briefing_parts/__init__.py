"""Pieces of the briefing page."""
