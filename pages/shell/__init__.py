"""The parts around every page: frame, navigation, filter bar, link, language, styles."""
