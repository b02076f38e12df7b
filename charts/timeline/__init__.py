"""Events on a time axis: lanes, marks, bins, and the counts beneath."""
