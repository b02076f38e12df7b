"""Parts of the page where events are reviewed: its queue in the browser, and what was decided."""
