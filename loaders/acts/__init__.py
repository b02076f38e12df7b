"""Trigger words in a sentence, and the type, mode and status of the act they express."""
