"""Sample files of each format that is read, each with what must be read from it beside it."""
