"""Page noise told apart from the article: teasers, counters, bylines, related links."""

from __future__ import annotations

from events.model import Article, LeftOut


def find_noise(article: Article) -> list[LeftOut]:
    """Regions of the text that are no text of the article, with the reason."""
    return []
