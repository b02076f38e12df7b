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
    # why an address gave nothing
    "robots.txt of {host} asks not to read {url}",
    "robots.txt of {host} cannot be read ({status}): nothing is read there for now",
    "{url} leads from https to http, which is not followed",
    "{url} is redirected more than {n} times",
    "{url} leads to {place}, which is no address",
    "{url} is no address of the web (http or https)",
    "{url} is no address",
    "{url} is on another host than the source: name {host} in its hosts to read there",
    "the address on {host} holds a name or password, which is never sent",
    "{host} asked to be left alone for another {n} s",
    "stopped before {url} was read",
    "{url} answers {status} {reason}",
    "{url} gave no whole answer within {n} s",
    "the answer of {url} is broken: {problem}",
    "no connection to {host}: {problem}. It is tried again",
    "{url} is packed by {packing}, which is not read",
    "{url} is larger than {n} MB",
    "{host} is not known: no address is found for it. Check its spelling",
    "{host} leads to {address}, which is not asked: {why}. If it is a machine of your own network, "
    "name it in watching.private_hosts of frise.toml",
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


_VALUES = {"n": r"[\d.,]+", "limit": r"[\d.,]+", "id": r"[\d.,]+", "url": r"\S+", "host": r"\S+"}
_TOLD = ("action", "why")  # values that are words of ours where they are msgids
_WORDS = ("header", "front matter", "none")  # places and values without a number


def _pattern(shape: str) -> re.Pattern[str]:
    literal, *rest = re.split(r"\{(\w+)\}", shape)
    text = re.escape(literal)
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        text += f"(?P<{name}>{_VALUES.get(name, '.*?')}){re.escape(after)}"
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
            fields |= {name: _(fields[name]) for name in _TOLD if fields.get(name)}
            return _(shape).format(**fields)
    return ""
