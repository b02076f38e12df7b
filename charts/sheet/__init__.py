"""What all charts share: theme, caption, scale, widths of texts, names, hover."""
