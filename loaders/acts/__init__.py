"""Which words tell an act, and of which type, mode and status."""
