"""Files that somebody made to break a reader: each is read, or set aside in words that say why.

The rows are as in tests/loaders/readers/hostile_files.py; more of them stand in hostile_texts.py.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from pathlib import Path

import pytest

from events.model import Article, Extraction
from loaders.pipeline import extract
from loaders.readers import SetAside, read_path
from tests.loaders.readers.hostile_files import BOMB, PACKED, TEXT, Written
from tests.loaders.readers.hostile_texts import MADE

MAIL = f"From: a@b.example\nSubject: War\nDate: Tue, 26 Nov 2024 10:00:00 +0000\n{{}}\n\n{TEXT}\n"


def _line(**fields: object) -> bytes:
    return json.dumps({"text": TEXT} | fields).encode()


def _mail(headers: str = "X-A: b") -> bytes:
    return MAIL.format(headers).encode()


def _parts(depth: int) -> bytes:
    """A message of parts in parts."""
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    closed = "".join(f"\n--b{n}--" for n in reversed(range(depth)))
    return f"Subject: War\n{opened}Content-Type: text/plain\n\n{TEXT}{closed}".encode()


def _page(head: str) -> bytes:
    return PAGE.format(head).encode()


PAGE = f"<html><head>{{}}</head><body><article><p>{TEXT * 3}</p></article></body></html>"
LINKED = '<script type="application/ld+json">{{"@type":"NewsArticle",{}}}</script>'
FEED = '<?xml version="1.0"{}?><rss version="2.0"><channel><title>T</title>{}</channel></rss>'
ITEM = f"<item><title>War</title><description>{TEXT * 3}</description>{{}}</item>"
TODAY = dt.date(2024, 12, 1)
COLUMNS = "title,text,published,url"
ROW = f"War,{TEXT.replace(',', '')},2024-11-26,\n"
DIGITS = "9" * 5_000

WRITTEN: dict[str, Written] = {
    # JSON
    "an endless number": (
        ".jsonl",
        lambda: b'{"text": "a", "id": %s}\n' % DIGITS.encode() + _line(),
        None,
    ),
    "a number of too many digits alone": (
        ".json",
        lambda: b'[{"text": %s}]' % DIGITS.encode(),
        None,
    ),
    "numbers that are none": (
        ".jsonl",
        lambda: b'{"text": NaN}\n{"text": Infinity}\n' + _line(),
        1,
    ),
    "a key twice": (".jsonl", lambda: b'{"text": "a", "text": "%s"}' % TEXT.encode(), 1),
    "half a pair": (".jsonl", lambda: b'{"text": "\\ud800"}\n' + _line(title="\ud83d"), 0),
    "fields of other kinds": (
        ".jsonl",
        lambda: b"\n".join([_line(title=["a"]), _line(lang={}), _line(url=3), _line()]),
        1,
    ),
    "dates of other kinds": (
        ".jsonl",
        lambda: b"\n".join(
            [
                _line(published=[2024]),
                _line(published=True),
                _line(published=1e99),
                _line(published="٢٠٢٤-١١-٢٦"),
            ]
        ),
        None,
    ),
    "no objects": (".jsonl", lambda: b'null\n3\n"a"\n[]\n' + _line(), 1),
    "a comma too many": (".json", lambda: b"[" + _line() + b",]", None),
    "cut in a letter": (".jsonl", lambda: _line(title="é")[:-1] + "é".encode()[:1], None),
    "two bytes a letter": (".jsonl", lambda: _line().decode().encode("utf-16"), 1),
    "a line end that is none": (
        ".jsonl",
        lambda: json.dumps({"text": TEXT + "\u2028" + TEXT}, ensure_ascii=False).encode(),
        1,
    ),
    "keys without end": (
        ".json",
        lambda: json.dumps([{"text": TEXT, **{str(n): n for n in range(20_000)}}]).encode(),
        1,
    ),
    **PACKED,
    **MADE,
    # mail
    **{
        f"charset {name[:20]}": (
            ".eml",
            partial(_mail, f"Content-Type: text/plain; charset={name}"),
            1,
        )
        for name in (
            "rot13",
            "hex",
            "undefined",
            "idna",
            "punycode",
            "unicode_escape",
            "x" * 5_000,
            "'; --",
            "utf-7",
            "mbcs",
        )
    },
    "charset of a subject": (
        ".eml",
        lambda: _mail("Subject: =?rot13?Q?abc?= =?utf-8?B?!!!?= =?undefined?B?YQ==?="),
        1,
    ),
    "parts in parts": (".eml", lambda: _parts(300), None),
    "a header without end": (".eml", lambda: _mail("X-A: " + "b" * 3_000_000), 1),
    "100,000 headers": (".eml", lambda: _mail("\n".join(f"X-{n}: a" for n in range(100_000))), 1),
    "bytes that are no base64": (
        ".eml",
        lambda: _mail("Content-Transfer-Encoding: base64\nContent-Type: text/plain"),
        None,
    ),
    "a day of no calendar": (".eml", lambda: _mail("Date: Xyz, 99 Foo 99999 99:99:99 +9999"), 1),
    # pages and feeds
    **{
        f"page in {name[:20]}": (".html", partial(_page, f'<meta charset="{name}">'), 1)
        for name in ("rot13", "undefined", "utf-32", "x" * 3_000, "idna")
    },
    "a linked description without end": (
        ".html",
        lambda: _page(LINKED.format(f'"datePublished":{DIGITS}')),
        1,
    ),
    "descriptions in descriptions": (
        ".html",
        lambda: _page(LINKED.format(f'"author":{"[" * 50_000}')),
        1,
    ),
    "dates of other kinds in a page": (
        ".html",
        lambda: _page(LINKED.format('"datePublished":{"a":[1]},"headline":[null,3],"author":{}')),
        1,
    ),
    "tags that never end": (".html", lambda: PAGE.format("").encode() + b"<p" * 50_000, None),
    "a feed of entities": (
        ".rss",
        lambda: (BOMB + FEED.format("", ITEM.format("&a11;")).partition("?>")[2]).encode(),
        None,
    ),
    "a feed in no encoding": (
        ".rss",
        lambda: FEED.format(' encoding="rot13"', ITEM.format("")).encode(),
        None,
    ),
    "a feed of odd dates": (
        ".rss",
        lambda: FEED.format(
            "", ITEM.format("<pubDate>yesterday</pubDate><link>javascript:alert(1)</link>")
        ).encode(),
        1,
    ),
    "a feed, cut": (".rss", lambda: FEED.format("", ITEM.format("") * 3).encode()[:-90], None),
    # tables
    "a field without end": (
        ".csv",
        lambda: f'{COLUMNS}\nWar,"{"word " * 60_000}",2024-11-26,\n{ROW}'.encode(),
        None,
    ),
    "a quote that never closes": (
        ".csv",
        lambda: f'{COLUMNS}\nWar,"{TEXT},2024-11-26,\nWar,{TEXT.replace(",", "")},,\n'.encode(),
        None,
    ),
    "rows of other lengths": (
        ".csv",
        lambda: f"{COLUMNS}\nWar\nWar,{TEXT.replace(',', '')},2024-11-26,,,,,\n".encode(),
        None,
    ),
    "100,000 columns": (
        ".csv",
        lambda: (COLUMNS + ",a" * 100_000 + f"\nWar,{TEXT.replace(',', '')},2024-11-26\n").encode(),
        None,
    ),
    "bytes of zero in a table": (
        ".csv",
        lambda: f"{COLUMNS}\nW\0ar,{TEXT.replace(',', '')},2024-11-26,\n".encode(),
        None,
    ),
    "coded rows of no number": (
        ".csv",
        lambda: (
            b"event_id_cnty,event_date,event_type,actor1,country,latitude,longitude,fatalities\nA1,2024-02-30,Battles,A,Mali,nan,1e999,-3\nA2,,,,,,,\nA3,2024-01-01,Battles,A,Mali,99,999,inf\n"
        ),
        None,
    ),
    # texts
    "marks alone": (".txt", lambda: ("\u0301" * 100_000).encode(), None),
    "spaces alone": (".txt", lambda: "\u3164\u200b\u00a0\u2800 \n".encode(), None),
    "a number without end": (".txt", lambda: f"{TEXT} It killed {DIGITS} people.".encode(), 1),
    "a word without end": (".txt", lambda: b"a" * 290_000, None),
    "joined signs": (".txt", lambda: ("👩\u200d" * 20_000 + TEXT).encode(), 1),
    "bytes of zero": (".txt", lambda: b"\0" * 5_000 + TEXT.encode(), None),
    "letters turned": (".txt", lambda: ("\u202e" + TEXT + "\u2066" * 1_000).encode(), 1),
    "an escape": (".txt", lambda: f"\x1b]0;x\x07\x1b[2J{TEXT}".encode(), None),
    "overlong bytes": (
        ".txt",
        lambda: b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80 " + TEXT.encode(),
        None,
    ),
}


@pytest.mark.usefixtures("no_models")
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_read_or_said(tmp_path: Path, name: str) -> None:
    suffix, made, wanted = WRITTEN[name]
    (tmp_path / f"a{suffix}").write_bytes(made())
    found = list(read_path(tmp_path))
    articles = [item for item in found if isinstance(item, Article | Extraction)]
    asides = [item for item in found if isinstance(item, SetAside)]
    assert found, "nothing was said of it"
    assert wanted in (None, len(articles)), (articles, asides)
    for aside in asides:
        assert aside.problem
        assert aside.remedy
        assert "the reader failed" not in aside.problem, aside
        assert str(aside).isprintable(), aside
    for article in articles:
        if isinstance(article, Article):
            extract(article, TODAY)  # raises StageError where a stage fails
