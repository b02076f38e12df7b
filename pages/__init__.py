"""The pages of the dashboard: one file per page, its parts in the folder named after it."""
