"""Feeds and lists of feeds: items, dates, broken XML, entities that grow without end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import feedparser
import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.feed import MAX_BROKEN, SUMMARY, TITLE_ALONE
from loaders.readers.feed_list import named_feeds

TEXT = "La Russie a frappé jeudi la ville de Dnipro, selon l'armée ukrainienne."
RSS = """<?xml version="1.0" encoding="utf-8"?>{doctype}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Fil</title><link>https://example.org</link><language>fr-FR</language>{items}</channel></rss>
"""
ITEM = (
    "<item><title>Frappe &amp;amp; riposte</title><link>https://example.org/a/1</link>"
    "<guid>urn:1</guid><pubDate>{date}</pubDate>"
    "<description>&lt;p&gt;{text}&lt;/p&gt;</description>{more}</item>"
)
DATE = "Thu, 21 Nov 2024 23:30:00 -0500"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Fil</title>
<entry><title type="html">Frappe &lt;i&gt;sur&lt;/i&gt; Dnipro</title><id>urn:2</id>
<link href="https://example.org/a/2"/><author><name>A. Exemple</name></author>
<published>2024-11-21T23:30:00-05:00</published><updated>2024-11-23T10:00:00Z</updated>
<summary>Court.</summary>
<content type="html">&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;Fin.&lt;/p&gt;</content>
</entry></feed>"""


def rss(*items: str, doctype: str = "") -> str:
    return RSS.format(items="".join(items), doctype=doctype)


def item(date: str = DATE, text: str = TEXT, more: str = "") -> str:
    return ITEM.format(date=date, text=text, more=more)


def found(tmp_path: Path, content: str | bytes, name: str = "feed.xml") -> list[Any]:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_path(tmp_path / name))


@pytest.fixture(autouse=True)
def _nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a feed's reader asked for an address")

    monkeypatch.setattr("socket.socket.connect", refuse)


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.txt", "feed.html"])
def test_an_item_is_an_article(tmp_path: Path, name: str) -> None:
    (read,) = found(tmp_path, rss(item()), name)
    assert isinstance(read, Article)
    assert (read.title, read.text, read.lang) == ("Frappe & riposte", TEXT, "fr")
    assert (read.source, read.url) == ("Le Fil", "https://example.org/a/1")
    assert read.published.date == dt.date(2024, 11, 21)  # as written, not in UTC
    assert SUMMARY in read.notes
    assert "in its file: item 1 urn:1" in read.notes


def test_the_whole_text_goes_before_the_summary(tmp_path: Path) -> None:
    more = f"<content:encoded><![CDATA[<p>{TEXT}</p><p>Fin.</p>]]></content:encoded>"
    (read,) = found(tmp_path, rss(item(text="Court.", more=more)))
    assert read.text == f"{TEXT}\n\nFin."
    assert SUMMARY not in read.notes


def test_atom(tmp_path: Path) -> None:
    (read,) = found(tmp_path, ATOM.format(text=TEXT), "a.atom")
    assert (read.title, read.text, read.lang) == ("Frappe sur Dnipro", f"{TEXT}\n\nFin.", "fr")
    assert (read.source, read.url) == ("Le Fil", "https://example.org/a/2")
    assert read.published.date == dt.date(2024, 11, 21)
    assert "author: A. Exemple" in read.notes


def test_a_title_alone_is_the_text(tmp_path: Path) -> None:
    (read,) = found(tmp_path, rss(item(text="")))
    assert (read.title, read.text) == ("", "Frappe & riposte")
    assert TITLE_ALONE in read.notes


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-11-21T23:59:00-05:00", dt.date(2024, 11, 21)),
        ("21 Nov 2024 08:00 GMT", dt.date(2024, 11, 21)),
        ("2024-11", dt.date(2024, 11, 1)),
        ("2024-13-45", None),
        ("hier", None),
        ("Thu, 45 Nov 2024 10:00:00 GMT", None),
        ("", None),
    ],
)
def test_dates_of_items(tmp_path: Path, written: str, date: dt.date | None) -> None:
    (read,) = found(tmp_path, rss(item(date=written)))
    assert read.published.date == date
    doubtful = [note for note in read.notes if "doubtful" in note]
    assert bool(doubtful) == (date is None and bool(written))


@pytest.mark.parametrize(
    "broken",
    [
        rss(item(), item(text="A & B")).replace("</channel></rss>", ""),
        rss(item(), item()).replace("</item></channel>", "<b>"),
        rss(item(), item(text="x\x0by")),
    ],
    ids=["ampersand and no end", "cut", "control character"],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(tmp_path: Path, broken: str) -> None:
    read = found(tmp_path, broken)
    assert len(read) == 2
    assert all("no sound XML" in " ".join(each.notes) for each in read)


def test_a_large_broken_feed_is_set_aside(tmp_path: Path) -> None:
    (aside,) = found(tmp_path, rss(item(text="A & B " * (MAX_BROKEN // 6))))
    assert isinstance(aside, SetAside)
    assert aside.problem == "a large feed that is no sound XML"
    assert aside.where == "line 3, column 253"


BOMB = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "entities",
    [f'<!ENTITY a "aaaaaaaaaa">{BOMB}', '<!ENTITY j SYSTEM "file:///etc/passwd">'],
    ids=["bomb", "file"],
)
@pytest.mark.timeout(60)
def test_entities_are_not_followed(tmp_path: Path, entities: str) -> None:
    (read,) = found(tmp_path, rss(item(text=f"{TEXT} &j;"), doctype=f"<!DOCTYPE r [{entities}]>"))
    assert read.text.startswith(TEXT)
    assert len(read.text) < len(TEXT) + 10


def test_every_item_of_many_is_read(tmp_path: Path) -> None:
    items = [item(text=f"{TEXT} {n}", date="" if n % 7 else "x") for n in range(300)]
    items[100] = item(text="", date="").replace("Frappe &amp;amp; riposte", "")
    read = found(tmp_path, rss(*items))
    assert len(read) == 300
    assert [each.where for each in read if isinstance(each, SetAside)] == ["item 101, text"]


def test_a_feed_without_items(tmp_path: Path) -> None:
    (aside,) = found(tmp_path, rss())
    assert aside.problem == "the feed has no items"


def test_the_library_is_given_a_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    real = feedparser.parse

    def parse(what: object, **options: bool) -> object:
        given.append(what)
        return real(what, **options)

    monkeypatch.setattr(feedparser, "parse", parse)
    found(tmp_path, rss(item()))
    assert [hasattr(what, "read") for what in given] == [True]


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Veille</title></head><body>
<outline text="Europe"><outline text="Le Fil" type="rss" xmlUrl="https://example.org/rss"/></outline>
<outline title="The Wire" xmlUrl="https://example.com/atom"/><outline text="none"/></body></opml>"""


def test_a_list_of_feeds_names_them(tmp_path: Path) -> None:
    (aside,) = found(tmp_path, OPML, "feeds.xml")
    assert isinstance(aside, SetAside)
    assert aside.problem == "a list of 2 feeds, which holds no articles"
    assert aside.value == "Le Fil https://example.org/rss; The Wire https://example.com/atom"
    assert [feed.folders for feed in named_feeds(OPML.encode())] == [("Europe",), ()]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (OPML.replace("<opml", f'<!DOCTYPE o [<!ENTITY a "x">{BOMB}]><opml'), "entities"),
        (OPML.replace("</opml>", ""), "no sound XML"),
    ],
)
def test_bad_lists_of_feeds(tmp_path: Path, content: str, problem: str) -> None:
    (aside,) = found(tmp_path, content, "feeds.opml")
    assert isinstance(aside, SetAside)
    assert problem in aside.problem


def test_an_item_in_another_language_than_its_feed(tmp_path: Path) -> None:
    english = "The Sudanese army bombed a market in El Fasher on Tuesday, killing at least 14. " * 2
    other, short, own = found(tmp_path, rss(*(item(text=t) for t in (english, "A truce", TEXT))))
    assert [read.lang for read in (other, short, own)] == ["en", "fr", "fr"]
