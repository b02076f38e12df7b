"""Edits laid over what is in memory tell what a fresh look at the store tells."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pandas as pd
import pytest

from events.corrections import EditRefused
from events.edited_events import AddedEvent
from events.editing import add, correct, newest_edit, reject, take_back
from events.filters import Filters
from events.grading import CREDIBILITY
from events.model import Extraction
from events.query import Query
from events.snapshot import Snapshot
from events.store import Store

ALL = Filters(sure="any")
DRAWS = 5
STEPS = 5


def told(query: Query) -> dict[str, Any]:
    """What pages ask a store."""
    return {
        "events": query.events(ALL),
        "stories": query.stories(ALL),
        "spoken": query.by_story_in("en").events(ALL),
        "rejected": query.rejected_events(),
        "places": query.places(ALL),
        "found": query.events(Filters(text="Mali Kyiv")),
        "edits": query.history().drop(columns=["at"]),
        "lost": query.lost_edits(),
        "days": query.article_days(),
        "withdrawn": query.withdrawals(),
        "nowhere": query.unresolved(ALL),
        "articles": query.articles(Filters(statuses=("denied",))),
        "counts": (query.account(ALL), str(query.options(ALL))),
        "disputed": query.disputed(query.events(ALL)["story_id"].tolist(), "any"),
    }


def same(laid: dict[str, Any], fresh: dict[str, Any]) -> None:
    assert laid.keys() == fresh.keys()
    for name, value in laid.items():
        if isinstance(value, pd.DataFrame):
            pd.testing.assert_frame_equal(value, fresh[name], obj=name)
        else:
            assert value == fresh[name], name


def _take_back(query: Query, event: int) -> None:
    newest = newest_edit(query, event)
    if newest:
        take_back(query, newest, "was right", "Ben")


def _add(query: Query, event: int) -> None:
    """A missed event, told by the first word of the article of another event."""
    article = int(query.event(event)["article_id"].iloc[0])
    text = str(query.article(article)["text"].iloc[0])
    end = text.index(" ", 1)
    words = AddedEvent(article, "text", 0, end, text[:end], 0, end, "PROTEST")
    with suppress(EditRefused):  # it was added before
        add(query, words, {}, "seen", "Ben")


EDITS: list[Callable[[Query, int], object]] = [
    lambda q, e: correct(q, e, {"type": "PROTEST", "targets": '["MLI"]'}, "read", "Ana"),
    lambda q, e: correct(q, e, {"date": "2023-01-05/2023-01-05/day"}, "read", "Ana"),
    lambda q, e: correct(q, e, {"weight": "0", "status": "denied"}, "read", "Ben"),
    lambda q, e: reject(q, e, "is none", "Ana"),
    lambda q, e: Store(q.location).append_edit(e, CREDIBILITY, "3", "read", "Ana"),
    lambda q, e: Store(q.location).append_edit(e, "joined", str(e // 10 * 10 + 1), "one", "Ana"),
    lambda q, e: Store(q.location).split(e, "another act", "Ana"),
    _take_back,
    _add,
]


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, DRAWS))]
)
def test_edits_laid_over_what_is_in_memory_are_as_read_anew(store: Store, seed: int) -> None:
    drawn = random.Random(seed)
    store.append_stories({11: 11, 21: 11, 31: 11}, 3)
    query = Query(store.location)
    ids = [int(event) for event in query.events(ALL)["event_id"]]
    told(query)
    for _ in range(STEPS):
        event, edit = drawn.choice(ids), drawn.choice(EDITS)
        if not query.event(event).empty:
            edit(query, event)
            told(query)
    same(told(query), told(Query(store.location)))


def test_an_edit_makes_no_view_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query(store.location)
    told(query)
    monkeypatch.setattr(Snapshot, "_build", lambda _: pytest.fail("all is read again"))
    correct(query, 11, {"type": "PROTEST"}, "read", "Ana")
    assert query.event(11)["type"].iloc[0] == "PROTEST"


def test_an_article_after_an_edit_is_seen(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    query = Query(store.location)
    told(query)
    correct(query, 11, {"type": "PROTEST"}, "read", "Ana")
    told(query)
    store.append([extraction(4)])
    same(told(query), told(Query(store.location)))
