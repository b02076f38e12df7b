"""Parts of the articles page."""
