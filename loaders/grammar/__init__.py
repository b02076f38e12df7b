"""The words of a sentence and their inflected forms."""
