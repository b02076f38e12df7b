"""Shared pieces of the pages: language, link, filters, evidence, marked text, downloads."""
