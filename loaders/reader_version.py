"""Which version of the program's reading told an event.

Raised by hand whenever what is read from a text changes; a test holds that what is read from the
samples under this version stays what it was (tests/loaders/test_reader_version.py). Articles that
were read by another version can be read again: `python -m loaders reread`.
"""

READER_VERSION = "1"
