"""Cutting texts so that they fit a page."""

from __future__ import annotations

from charts.sheet.measure import SPACES


def cut(text: str, most: int) -> str:
    """One line of at most `most` characters, cut at a word, with an ellipsis where cut."""
    flat = SPACES.sub(" ", text.strip())
    if len(flat) <= most:
        return flat
    head = flat[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head) + "…"
