"""Event tables coded by others: each row is an event with its coder, and is its own evidence."""
