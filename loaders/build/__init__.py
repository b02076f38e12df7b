"""Part of the loaders' flow: readers, text, find, build."""
