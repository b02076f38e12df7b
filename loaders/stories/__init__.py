"""One act over articles."""
