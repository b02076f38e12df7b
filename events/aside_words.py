"""Why a file was set aside, where, and what to do, in the reader's language.

Readers tell it in English (loaders/), and so it is stored. A sentence without values is a msgid of
the catalogue; the `SHAPES` below are those with values, which stay as they are. What is no sentence
of ours (the message of a library) is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from events.wording import named, translator

SHAPES: tuple[str, ...] = (
    # what is wrong
    "larger than {limit} MB",
    "longer than {n} characters",
    "more than {n} elements",
    "a tag with more than {n} attributes",
    "tags nested deeper than {n}",
    "groups nested deeper than {n}",
    "lists and objects nested deeper than {n}",
    "files enclosed in each other deeper than {n}",
    "the file can't be opened ({problem})",
    "the text can't be decoded as {encoding}",
    "the reader failed with {problem}",
    "nothing could be read from it as {format}",
    '"{name}" is no text',
    "a list of {n} feeds, which holds no articles",
    "{n} messages without text were passed over",
    "{n} records that hold no article were passed over",
    "the archive is damaged after record {n}; what follows is not read",
    "it was {action} on {day} by {who}: {why}",
    "it was {action} on {day}: {why}",
    "stage '{stage}' failed: {problem}",
    "not read within {n} s",
    "the worker process ended with {n}",
    # what to do
    "Give one of {known}.",
    'Write "{name}" as text in quotes, or leave it out.',
    "Split it, or set loading.max_file_mb of frise.toml above {n}.",
    "Split it, or set loading.max_container_mb of frise.toml above {n}.",
    "Put it back with: python -m loaders restore-article {id}",
    # where
    "line {n}",
    "row {n}",
    "byte {n}",
    "page {n}",
    "part {n}",
    "article {n}",
    "item {n}",
    "entry {n}",
    "message {n}",
    "record {n}",
    "document {n}",
    "sheet {name}",
    # which value
    "{n} bytes",
    "{n} MB",
    "{n} pages",
    "{n} lines",
    "{n} items",
    "{n} tags",
    "{n} parts",
)


_WORDS = ("header", "front matter", "none")  # places and values without a number


def _pattern(shape: str) -> re.Pattern[str]:
    literal, *rest = re.split(r"\{(\w+)\}", shape)
    text = re.escape(literal)
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        value = r"[\d.,]+" if name in ("n", "limit", "id") else ".+?"
        text += f"(?P<{name}>{value}){re.escape(after)}"
    return re.compile(text, re.DOTALL)


_PATTERNS = tuple((_pattern(shape), shape) for shape in SHAPES)


def reason_words(told: str, lang: str) -> str:
    """What is wrong, or what to do, as a reader of `lang` sees it."""
    return _shaped(told, lang) or (translator(lang)(told) if told else "")


def place_words(where: str, lang: str) -> str:
    """Where in its file, each place in the one before: "line 3, published"."""
    return ", ".join(value_words(part, lang) for part in where.split(", "))


def value_words(value: str, lang: str) -> str:
    """The value in question: a number with its unit is told; others stay as they stand."""
    return _shaped(value, lang) or (translator(lang)(value) if value in _WORDS else value)


def aside_line(fields: Sequence[str], lang: str) -> str:
    """What was set aside as one line; `fields`: file, where, value, problem, remedy."""
    file, where, value, problem, remedy = fields
    place = f"{file}, {place_words(where, lang)}" if where else file
    more = f" ({value_words(value, lang)})" if value else ""
    told = f"{reason_words(problem, lang)}{more}. {reason_words(remedy, lang)}"
    return named(place, told, lang)


def _shaped(told: str, lang: str) -> str:
    """The sentence with the values it has, "" where it is of no shape."""
    _ = translator(lang)
    for pattern, shape in _PATTERNS:
        if found := pattern.fullmatch(told):
            fields = found.groupdict()
            if "action" in fields:
                fields["action"] = _(fields["action"])
            return _(shape).format(**fields)
    return ""
