"""What an event is, where events are kept and how they are asked for."""
