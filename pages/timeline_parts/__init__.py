"""Parts of the timeline page."""
