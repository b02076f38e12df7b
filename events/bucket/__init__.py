"""A store that is kept in a bucket of an object store, and worked on in a copy on this machine."""
