"""News articles in, dated events out. `python -m loaders` is the command line."""
