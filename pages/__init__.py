"""The pages of the dashboard: one file a page, its pieces in the folder of its name."""
