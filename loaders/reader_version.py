"""Which version of the program's reading told an event, and which articles another one read.

The version is raised by hand whenever what is read from a text changes; a test holds that what the
words of the samples tell under this version, and the learned reader's files, stay what they were
(tests/loaders/test_reader_version.py).
Articles that were read by another version can be read again: `python -m loaders reread`.
"""

from __future__ import annotations

from events.filters import Filters
from events.query import Query

READER_VERSION = "6"
SKIPPED = "skipped"  # of an article that was stored and not read: loaders.text.relevance


def older_articles(
    query: Query, filters: Filters | None, everything: bool = False, skipped: bool = False
) -> list[int]:
    """Ids of the articles in the filters (None: all) that another reader read; all of them with
    `everything`, those alone that were not read at all with `skipped`."""
    versions = query.reader_versions()
    if skipped:
        versions = versions[versions["reader_version"] == SKIPPED]
    elif not everything:
        versions = versions[~versions["reader_version"].isin([READER_VERSION, SKIPPED])]
    if versions.empty or filters is None or filters == Filters():
        return [int(i) for i in versions["article_id"]]
    wanted = set(query.articles(filters)["article_id"])
    return [int(i) for i in versions["article_id"] if i in wanted]
