"""Markdown with front matter: title, published (or date), author, lang, source, url between two
lines that hold "---" (YAML) or "+++" (TOML) and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

from events.model import Article
from loaders.readers.fields import make_article, text_field
from loaders.readers.plain_text import split_title
from loaders.readers.source_file import SetAside, UnreadableError, decode, read_bytes, sha256
from loaders.readers.written_date import given_date

_OPEN = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_FIELD = re.compile(r"\s*[A-Za-z_][\w-]*(?::(?:\s|$)|\s*=\s)")
_HEADING = re.compile(r"#{1,2}[ \t]+(.+?)[ \t#]*\n")
_MAX_FRONT = 65_536  # characters: the longest front matter that is accepted


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a Markdown file; an impossible field sets the file aside."""
    try:
        raw = read_bytes(path)
        yield _article(decode(raw), sha256(raw))
    except UnreadableError as error:
        yield error.set_aside(path)


def _article(content: str, digest: str) -> Article:
    fields, body = split_front_matter(content)
    title, text = text_field(fields, "title").strip(), body.strip()
    if not title:
        title, text = _title_of(text)
    return make_article(
        text,
        title=title,
        lang=text_field(fields, "lang"),
        source=text_field(fields, "source"),
        url=text_field(fields, "url"),
        published=given_date(fields.get("published") or fields.get("date"), "front matter"),
        author=_author(fields.get("author") or fields.get("authors")),
        sha256=digest,
        reader="front_matter",
    )


def _author(told: object) -> str:
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told or "")


def split_front_matter(content: str) -> tuple[dict[str, object], str]:
    """(fields, body). Values stay as written, so `no` is Norwegian and a bad date can be shown."""
    opened = _OPEN.match(content)
    closed = _FENCES[opened.group(1)].search(content, opened.end()) if opened else None
    if opened is None or closed is None:
        if opened and _FIELD.match(content, opened.end()):
            raise _bad_front("", "the front matter is never closed")
        return {}, content  # a line of dashes that opens the text
    front = content[opened.end() : closed.start()].removesuffix("\n")
    if len(front) > _MAX_FRONT:
        raise _bad_front(f"{len(front)} characters", "the front matter is too long")
    try:
        if opened.group(1) == "+++":
            fields: object = tomllib.loads(front)
        else:
            # the base loader makes text, lists and mappings only: nothing can be run or converted
            fields = yaml.load(front, Loader=yaml.BaseLoader)
    except tomllib.TOMLDecodeError as error:
        raise _bad_front(error, "the front matter is no TOML") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 2}" if mark else ""
        raise _bad_front(where, "the front matter is no YAML") from None
    if fields is not None and not isinstance(fields, dict):
        raise _bad_front(fields, "the front matter holds no fields")
    return {str(key): value for key, value in (fields or {}).items()}, content[closed.end() :]


def _bad_front(value: object, problem: str) -> UnreadableError:
    remedy = "Write one 'name: value' a line between the two '---' lines, text in quotes."
    return UnreadableError("front matter", value, problem, remedy)


def _title_of(text: str) -> tuple[str, str]:
    """The heading as title where there is one, else the first line if it looks like a title."""
    heading = _HEADING.match(text)
    if heading:
        return heading.group(1).strip(), text[heading.end() :].strip()
    return split_title(text)
