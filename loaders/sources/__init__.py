"""Sources: where articles come from by themselves. One file a kind, one row each in `kinds.py`."""
