"""Finders: the actors, dates and places that a document mentions."""
