"""Front matter, pages, archives and texts that somebody made to break a reader: MADE.

The rows are as in tests/loaders/readers/hostile_files.py.
"""

from __future__ import annotations

import gzip
import json

from tests.loaders.readers.hostile_files import PARAGRAPH, TEXT, Written, _word, _zip

STORY = f"<p>{TEXT * 3}</p>"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def _front(block: str) -> bytes:
    return f"---\n{block}\n---\n\n{TEXT}\n".encode()


def _page(head: str = "", body: str = STORY) -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def _linked(told: str) -> bytes:
    return _page(f'<script type="application/ld+json">{told}</script>')


def _nested(depth: int) -> bytes:
    packed, name = TEXT.encode(), "a.txt"
    for level in range(depth):
        packed, name = _zip((name, packed)), f"{level}.zip"
    return packed


def _odt(body: str) -> bytes:
    text = f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0"'
    return _zip(
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            f"<office:document-content {text}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>".encode(),
        ),
    )


ATTRIBUTES = " ".join(f'a{n}="b"' for n in range(100_000))
_ALIASES = "\n".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

MADE: dict[str, Written] = {
    # front matter
    "front matter that multiplies": (".md", lambda: _front(f"a: &a [x]\n{_ALIASES}"), None),
    "front matter that runs code": (
        ".md",
        lambda: _front("title: !!python/object/apply:os.system [exit]"),
        0,
    ),
    "front matter, nested": (".md", lambda: _front("a: " + "[" * 20_000), 0),
    "front matter, never closed": (".md", lambda: f"---\ntitle: a\n{TEXT}\n".encode(), 0),
    "front matter without end": (".md", lambda: _front("title: " + "a" * 2_000_000), 0),
    "front matter of 100,000 keys": (
        ".md",
        lambda: _front("\n".join(f"k{n}: v" for n in range(100_000))),
        0,
    ),
    "front matter that holds itself": (".md", lambda: _front("a: &a\n  <<: *a"), 0),
    "front matter of the year 0": (".md", lambda: _front("date: 0000-00-00"), 0),
    "front matter of half a pair": (".md", lambda: _front('title: "\\ud800\\udfff"'), 0),
    "front matter of control characters": (".md", lambda: _front('title: "a\\0b\\x1b[31m"'), 1),
    "front matter of no number": (".md", lambda: _front("date: .inf\ntitle: .nan"), 0),
    # pages
    "100,000 attributes": (
        ".html",
        lambda: _page(body=f"<p {' '.join(f'a{n}=b' for n in range(100_000))}>{TEXT}</p>"),
        0,
    ),
    "an attribute without end": (
        ".html",
        lambda: _page(body=f'<p title="{"x" * 3_000_000}">{TEXT * 3}</p>'),
        1,
    ),
    "tags in tags": (".html", lambda: _page(body="<div>" * 100_000 + TEXT), 0),
    "tables in tables": (".html", lambda: _page(body="<table><tr><td>" * 5_000 + TEXT), 0),
    "comments that never end": (".html", lambda: _page(body="<!--" * 100_000 + STORY), 0),
    "entities of no character": (
        ".html",
        lambda: _page(body=f"<p>&#0;&#x110000;&#xD800;&#99999999999999999999;{TEXT * 3}</p>"),
        1,
    ),
    "a page that links to files": (
        ".html",
        lambda: _page('<base href="file:///etc/passwd"><link rel=canonical href="../../a">'),
        1,
    ),
    "a page of UTF-7": (".html", lambda: b"<meta charset=utf-7>+ADw-script+AD4-" + _page(), None),
    "a page of two marks": (".html", lambda: b"\xef\xbb\xbf\xff\xfe" + _page(), 0),
    "descriptions of other kinds": (
        ".html",
        lambda: _linked(
            json.dumps({"@type": ["NewsArticle", None, 3], "author": [None, [[]]], "url": {}})
        ),
        1,
    ),
    "a description in a description": (
        ".html",
        lambda: _linked('{"a":' * 30_000 + "1" + "}" * 30_000),
        1,
    ),
    # archives
    "archives in archives": (".zip", lambda: _nested(40), 0),
    "names of another system": (
        ".zip",
        lambda: _zip(("C:\\a\\..\\b.txt", TEXT.encode()), ("\\\\host\\x.txt", TEXT.encode())),
        2,
    ),
    "no beginning": (
        ".zip",
        lambda: _zip(("a.txt", TEXT.encode())).replace(b"PK\x03\x04", b"PK\x05\x05", 1),
        0,
    ),
    "rubbish behind it": (".txt.gz", lambda: gzip.compress(TEXT.encode()) + b"junk" * 1000, 0),
    # office files
    "a document of 100,000 attributes": (
        ".docx",
        lambda: _word(
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            + PARAGRAPH.replace("<w:p>", f"<w:p {ATTRIBUTES}>")
            + "</w:document>"
        ),
        None,
    ),
    "spans in spans": (
        ".odt",
        lambda: _odt("<text:p><text:span>" * 3_000 + TEXT + "</text:span></text:p>" * 3_000),
        0,
    ),
    "two thousand million spaces": (
        ".odt",
        lambda: _odt(f'<text:p><text:s text:c="2000000000"/>{TEXT}</text:p>'),
        1,
    ),
    "RTF of groups": (".rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + TEXT.encode(), 0),
    "RTF that skips": (
        ".rtf",
        lambda: b"{\\rtf1\\uc999999999 \\u8364 " + TEXT.encode() + b"}",
        None,
    ),
    # texts and mail
    "lists without end": (".json", lambda: b"[" * 200_000, 0),
    "a language that is a path": (
        ".jsonl",
        lambda: json.dumps({"text": TEXT, "lang": "../../etc/passwd"}).encode(),
        1,
    ),
    "parts without a boundary": (
        ".eml",
        lambda: b'Content-Type: multipart/mixed; boundary=""\n\n--\n--\n' + TEXT.encode(),
        None,
    ),
    "UTF-32": (".txt", lambda: TEXT.encode("utf-32"), 1),
    "another computer's letters": (".txt", lambda: TEXT.encode("cp500"), 0),
    "letters read twice": (".txt", lambda: ("Ã" * 100_000 + TEXT).encode(), 1),
    "ampersands of ampersands": (".txt", lambda: ("&" + "amp;" * 60_000 + TEXT).encode(), 1),
    "joiners": (".txt", lambda: ("a\u200d" * 100_000 + TEXT).encode(), 1),
}
