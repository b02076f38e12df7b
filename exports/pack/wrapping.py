"""Cutting texts and lists so that they fit a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from charts.sheet.measure import SPACES

T = TypeVar("T")


def cut(text: str, most: int) -> str:
    """One line of at most `most` characters, cut at a word, with an ellipsis where cut."""
    flat = SPACES.sub(" ", text.strip())
    if len(flat) <= most:
        return flat
    head = flat[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head) + "…"


def chunks(rows: Sequence[T], size: int) -> list[tuple[T, ...]]:
    """The rows in pieces of `size`."""
    return [tuple(rows[i : i + size]) for i in range(0, len(rows), size)]
