"""Build tools of the base map and the fonts."""
