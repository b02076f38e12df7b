"""What stands first is counted of whole stores, as the overview picks it."""

from __future__ import annotations

import pandas as pd

from benchmarks.first_events import ARTICLES, DRAWS, TWELVE, _as_overview, _by_weight, _first


def _told(articles: int) -> pd.DataFrame:
    """One event an article: every other one is a sure main event."""
    day = pd.Timestamp("2025-03-03")
    rows = [
        {
            "unit": f"u{n:02}", "article_id": f"u{n:02}", "event_id": n, "story_id": n,
            "type": "CONSULT", "headline": f"Line {n}", "place_country": "", "outlets": 1,
            "sources": [f"X{n:02}"], "targets": [], "also": "[]", "first": day, "last": day,
            "weight": 1 + n % 2, "confidence": 0.1 + 0.8 * (n % 2),
        }
        for n in range(articles)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_each_draw_makes_whole_stores() -> None:
    assert len(_first(_told(ARTICLES), _by_weight)) == DRAWS * TWELVE
    assert len(_first(_told(2 * ARTICLES + 5), _by_weight)) == 2 * DRAWS * TWELVE


def test_sure_main_events_stand_first() -> None:
    found = _as_overview(_told(ARTICLES))
    assert len(found) == TWELVE
    assert (found["weight"] == 2).sum() == ARTICLES // 2
