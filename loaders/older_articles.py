"""Which stored articles another version of the reader read, or none.

It stands apart from the version (loaders.reader_version), since a process that reads articles needs
no store.
"""

from __future__ import annotations

from events.filters import Filters
from events.query import Query
from loaders.reader_version import READER_VERSION, SKIPPED


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
