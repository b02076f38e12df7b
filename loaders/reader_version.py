"""Which version of the program's reading told an event.

The version is raised by hand whenever what is read from a text changes; a test holds that what the
words of the samples tell under this version, and the learned reader's files, stay what they were
(tests/loaders/test_reader_version.py).
Articles that were read by another version (loaders.older_articles) can be read again.
"""

from __future__ import annotations

READER_VERSION = "15"
SKIPPED = "skipped"  # of an article that was stored and not read: loaders.text.relevance
