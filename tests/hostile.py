"""A store of articles that mean harm: each part of the words breaks some careless writer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from events.filters import Filters
from events.identity import article_id, stable_id
from events.model import Article, Event, Extraction, LeftOut, Mention, Published
from events.query import Query
from events.store import Store
from loaders.stories.stories import group_reports
from tests.hand_made import extractions

HARM = [
    *("\x00\x02\x07\x0b\x0c\x1b[31m", "\ufffe\uffff\ufdd0", "\x7f\x85\x9f", "\u2028\u2029", "\r"),
    *(
        "\r\nBEGIN:VEVENT",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        "\n=1",
        "\t=1",
    ),
    *(" =cmd|' /C calc'!A0", "<script>alert(1)</script>", "]]>", "-->", "<!--", "&#0;", "&lt;"),
    *("<?xml?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "#set page(width: 1pt)", '#read("/etc/passwd")'),
    *("$\\frac{$", "_a_ *b* `c`", "\\input{x}", "{{a}}", "%s %(a)s {0}", '"', "'", ";", ","),
    *(
        "'); DROP TABLE events;--",
        "a;b,c\\n",
        "\u202egnp.exe",
        "\u200b\ufeff\u00ad",
        "e\u0301" * 200,
    ),
    *("🛰️" * 50, "שלום عالم", "x" * 3_000, "_x0000_", "http://" + "a" * 1_900, "\U0010ffff"),
    *("../../x", "CON", "\\\\host\\x"),
]
LINKS = [
    *("javascript:alert(1)", "data:text/html,<b>", "file:///etc/passwd", "//host/x", "http://a b"),
    *('https://example.org/?a="><script>', "vbscript:x", "https://example.org/a\x00b"),
    "https://example.org/a",
]


def make_hostile_store(folder: Path) -> int:
    """Write 200 articles, each with an event, into a new store; the number of them."""
    model = next(made for made in extractions() if made.events)
    made = [_hostile(model, number) for number in range(200)]
    store = Store(folder)
    store.append(made)
    store.append_stories(group_reports(Query(folder).events(Filters())))
    return len(Query(folder).events(Filters()))


def _hostile(model: Extraction, number: int) -> Extraction:
    harm, link = HARM[number % len(HARM)], LINKS[number % len(LINKS)]
    text = f"{harm} Russia struck Kyiv on Monday {number}. {harm}"
    came = Published.given(dt.date(2024, 11, 1) + dt.timedelta(days=number % 30))
    article = Article(
        article_id(text, harm), f"{harm} {number}", text, "en", f"{harm} News", link, came,
        dt.datetime(2024, 12, 3, tzinfo=dt.UTC), "0" * 64, "test",
    )  # fmt: skip
    event = _event(model.events[0], article, text, harm)
    return Extraction(
        article=article,
        dates=(),
        places=(),
        actors=(),
        events=(event,),
        left_out=(LeftOut(harm, harm, "text", 0, len(harm)),),
        notes=(harm,),
    )


def _event(model: Event, article: Article, text: str, harm: str) -> Event:
    place = model.place
    if place is not None and place.place is not None:
        place = replace(place, text=harm, place=replace(place.place, name=f"{harm} Kyiv"))
    return replace(
        model,
        id=stable_id(str(article.id)),
        article_id=article.id,
        sources=(f"X:{harm}", "RUS"),
        targets=("UKR",),
        quote=text,
        part="text",
        start=0,
        end=len(text),
        trigger=Mention("text", 0, 1, text[:1]),
        place=place,
        also=(),
        actor_mentions=(),
        reasons=(harm,),
    )
