"""Headlines of events: one line that says what its sentence says, and no more."""
