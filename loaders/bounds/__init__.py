"""Between which days an event without a date must lie, by what its article says."""
