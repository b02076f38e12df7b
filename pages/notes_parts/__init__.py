"""Pieces of the page of notes: notes, tags, bookmarks, cases, what was deleted."""
