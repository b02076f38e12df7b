"""Parts of the page of what is left out: withdrawn articles, edits without an event."""
