"""A chat exported from Telegram Desktop (`result.json`): an article a message with text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.model import Article
from loaders.readers.fields import make_article, published_field
from loaders.readers.format import Head
from loaders.readers.json_stream import items
from loaders.readers.source_file import SetAside, UnreadableError

_KEYS = re.compile(r'"(?:text_entities|date_unixtime|from_id|actor_id)"\s*:')
# the export of one chat, or of an account with its chats
_CHATS = ("", "chats.list.item.", "left_chats.list.item.")
_NAMES = frozenset(f"{chat}name" for chat in _CHATS)
PLACES = _NAMES | {f"{chat}messages.item" for chat in _CHATS}


def detect(head: Head) -> bool:
    """Whether it is JSON with messages and at least two fields that Telegram gives them."""
    found = set(_KEYS.findall(head.text))
    return head.text.startswith("{") and '"messages"' in head.text and len(found) > 1


def read(path: Path) -> Iterator[Article | SetAside]:
    """The messages in order; those without text are counted at the end."""
    chat = ""
    without_text: Counter[str] = Counter()
    for place, found in items(path, PLACES):
        if place in _NAMES:
            chat = str(found or "")
        elif isinstance(found, dict) and (kind := _kind_without_text(found)):
            without_text[kind] += 1
        else:
            yield from _message(found, chat, path)
    if without_text:
        told = ", ".join(f"{kind} {number}" for kind, number in without_text.most_common(20))
        problem = f"{without_text.total()} messages without text were passed over"
        yield SetAside(str(path), "", told, problem, "Nothing needs to be done.")


def _message(found: Any, chat: str, path: Path) -> Iterator[Article | SetAside]:
    place = f"message {found.get('id', '')}" if isinstance(found, dict) else "a message"
    try:
        if not isinstance(found, dict):
            raise UnreadableError("", found, "this is no message", "Leave it out.")
        yield _article(found, chat, place)
    except UnreadableError as error:
        yield error.set_aside(path, place)


def _article(message: dict[str, Any], chat: str, place: str) -> Article:
    author = str(message.get("from") or "")
    origin = message.get("forwarded_from")
    notes = [f"forwarded from {origin}"] if origin else []
    notes += ["edited after it was sent"] if message.get("edited") else []
    return make_article(
        text_of(message.get("text")),
        source=chat or author,
        published=published_field(message.get("date"), "Telegram message date"),
        reader="telegram",
        author=author if author != chat else "",
        locator=place,
        notes=tuple(notes),
    )


def text_of(told: object) -> str:
    """The text of a message: one string, or a list of strings and of {type, text}."""
    if isinstance(told, list):
        return "".join(text_of(each) for each in told).strip()
    if isinstance(told, dict):
        return str(told.get("text") or "")
    return told if isinstance(told, str) else ""


def _kind_without_text(message: dict[str, Any]) -> str:
    """What a message without text is, "" for one with text."""
    if message.get("type") == "message" and text_of(message.get("text")).strip():
        return ""
    kinds = ("media_type", "photo", "file", "poll", "location_information", "action", "type")
    told = next((each for each in kinds if message.get(each)), "no type")
    value = message.get(told)
    return str(value) if told in ("media_type", "action", "type") else told
