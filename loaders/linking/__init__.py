"""Who, on whom, when, where, told by whom."""
