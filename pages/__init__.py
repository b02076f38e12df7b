"""The pages of the dashboard, one thin file a page; shared pieces stand in pages/parts/."""
