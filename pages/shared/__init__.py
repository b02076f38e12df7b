"""Pieces of several pages: evidence, story, lists, downloads, the panel at the side."""
