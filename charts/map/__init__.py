"""Events on the map: places, areas, arcs."""
