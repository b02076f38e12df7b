"""Actors in the text: states, governments, forces, organisations, groups, office holders.

find_actors(document, places, published)   every actor mention, sorted, non-overlapping
"""

from loaders.find.actors.finder import find_actors

__all__ = ["find_actors"]
