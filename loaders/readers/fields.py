"""Fields that every reader fills the same way: publication date, language, the article itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from events.identity import article_id
from events.model import Article, Precision, Published
from loaders.readers.source_file import UnreadableError, shortened
from loaders.text.language import identify

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T\s].*)?$", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?$")
_LANG = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
_LANG_CODE = 40  # characters that are looked at
MOST = {"title": 1_000, "source": 200, "url": 2_000}  # characters of a field
MOST_NOTED = 300  # characters of an author or a locator
FIRST_YEAR, YEARS_AHEAD = 1800, 10  # of a publication date that news can have
DOUBTFUL = "the publication date given is doubtful"
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")


def published_field(value: object, evidence: str) -> Published:
    """A publication date as given: YYYY-MM-DD with or without a time, YYYY-MM, or YYYY.

    The written day is kept: a time or a zone never shifts it. None and "" mean unknown; so does a
    date that no news can have, which the evidence says. Raises UnreadableError for a value that is
    no date of the calendar.
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return Published.unknown("no publication date given")
    found = _COMPACT.match(text) or _DATE.match(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        date = dt.date(*(parts + [1, 1])[:3]) if parts else None
    except ValueError:
        date = None
    if date is None or date.year < 1000:
        remedy = "Write a date of the calendar as YYYY-MM-DD, or leave the field out."
        raise UnreadableError("published", text, "the publication date is impossible", remedy)
    if not FIRST_YEAR <= date.year <= dt.date.today().year + YEARS_AHEAD:
        return Published.unknown(f"{DOUBTFUL}: {shortened(text)} ({evidence})")
    return Published(date, "given", _PRECISIONS[len(parts) - 1], 1.0, (evidence,))


def text_field(record: Mapping[str, object], name: str) -> str:
    """A field that must be text; "" where it is missing or null. Raises UnreadableError."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        remedy = f'Write "{name}" as text in quotes, or leave it out.'
        raise UnreadableError(name, repr(value), f'"{name}" is no text', remedy)
    if any("\ud800" <= c <= "\udfff" for c in value):
        remedy = "Write the character whole, not as half of a surrogate pair."
        raise UnreadableError(name, repr(value), "half a surrogate pair is no character", remedy)
    return value


def make_article(
    text: str,
    *,
    title: str = "",
    lang: str = "",
    source: str = "",
    url: str = "",
    published: Published | None = None,
    sha256: str = "",
    reader: str = "",
    author: str = "",
    locator: str = "",
    notes: tuple[str, ...] = (),
) -> Article:
    """An article with its stable id and the moment it was read. Raises UnreadableError.

    author, locator (where in its file: "message <id>", "page 3") and `notes` stand in its notes. A
    title or outlet that is too long is cut, an address left out; the notes say so. A text may be
    longer than an article can be: it is cut into parts later (`loaders.readers.long_text`).
    """
    if not text.strip():
        raise UnreadableError("text", "", "the article has no text", "Leave it out.")
    given = _LANG.match(lang.strip()[:_LANG_CODE])
    published = published or Published.unknown("no publication date given")
    doubts = [clue for clue in published.evidence if clue.startswith(DOUBTFUL)]
    told = [*author_note(author), *locator_note(locator), *notes]
    told += [*doubts, *_too_long(title=title, source=source, url=url)]
    title, source = title[: MOST["title"]], source.strip()[: MOST["source"]]
    url = url.strip() if len(url) <= MOST["url"] else ""
    return Article(
        id=article_id(text, source),
        title=title,
        text=text,
        lang=given.group(1).lower() if given else identify(f"{title}\n{text}"),
        source=source,
        url=url,
        published=published,
        retrieved=dt.datetime.now(dt.UTC),
        sha256=sha256,
        reader=reader,
        notes=tuple(told),
    )


def author_note(author: str) -> Iterator[str]:
    """The author as the notes tell it."""
    if author.strip():
        yield f"author: {shortened(author.strip(), MOST_NOTED)}"


def locator_note(locator: str) -> Iterator[str]:
    """Where in its file an article stands, as the notes tell it."""
    if locator.strip():
        yield f"in its file: {shortened(locator.strip(), MOST_NOTED)}"


def _too_long(**fields: str) -> Iterator[str]:
    """A note for each field past its limit. Half an address leads elsewhere: it is left out."""
    for name, value in fields.items():
        if len(value) > MOST[name]:
            done = "left out" if name == "url" else f"cut at {MOST[name]}"
            yield f"the {name} has {len(value)} characters and was {done}"
