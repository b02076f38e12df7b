"""The language of the interface: from the link, else from the browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from events import wording
from events.error_words import WordedError

STATE = "interface_language"
# a fixed language: for files made outside of a session, and for one run of a page
_FIXED: ContextVar[str] = ContextVar("fixed_language", default="")


@contextmanager
def fixed(lang: str) -> Iterator[None]:
    """Use `lang` inside the block, with or without a session."""
    token = _FIXED.set(lang)
    try:
        yield
    finally:
        _FIXED.reset(token)


def current() -> str:
    """Code of the interface language of this session."""
    if _FIXED.get():
        return _FIXED.get()
    if STATE not in st.session_state:
        st.session_state[STATE] = wording.best_language(st.context.locale)
    return str(st.session_state[STATE])


def choose(lang: str) -> None:
    """Switch the pages to `lang`; a language without a catalogue is ignored."""
    if lang in wording.languages():
        st.session_state[STATE] = lang


def _(text: str) -> str:
    """The text in the reader's language."""
    return wording.translator(current())(text)


def count(singular: str, plural: str, number: int, **more: str) -> str:
    """A number with its noun; both texts contain ``{n}``, and other values by name."""
    text = wording.plural_translator(current())(singular, plural, number)
    return text.format(n=wording.format_number(number, current()), **more)


def error_words(error: Exception) -> str:
    """What an error says, in the reader's language where it is one of ours."""
    return error.words.told(_) if isinstance(error, WordedError) else str(error)


def label(code: str) -> str:
    """Name of a code of the event table (type, status, precision, ...)."""
    return wording.label(code, current())


def day(value: dt.date | None, precision: str = "day", short: bool = False) -> str:
    """A day in the reader's language."""
    return wording.format_day(value, precision, current(), short)


def named(name: str, value: object) -> str:
    """A name and its value, with the colon of the reader's language."""
    return wording.named(name, value, current())


def listed(parts: Iterable[str]) -> str:
    """Parts joined into one sentence in the reader's language."""
    return wording.listed(parts, current())


def quoted(text: str) -> str:
    """A quotation in the reader's quotation marks."""
    return wording.quoted(text, current())


def number(value: float, digits: int = 0) -> str:
    """A number with the reader's separators."""
    return wording.format_number(value, current(), digits)
