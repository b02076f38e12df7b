"""Parts of the actors page."""
