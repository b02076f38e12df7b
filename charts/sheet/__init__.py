"""Shared by all charts: theme, caption, scale, widths of texts, names, hover."""
