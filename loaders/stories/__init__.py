"""Grouping reports of the same event, across articles, into stories."""
