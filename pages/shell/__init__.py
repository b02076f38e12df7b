"""What stands around every page: frame, navigation, filter bar, link, language, look."""
