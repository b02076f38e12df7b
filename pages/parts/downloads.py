"""Files of what the filters show: every format that exports offer, at the foot of each page."""

from __future__ import annotations

from events.filters import Filters


def draw(filters: Filters, page: str) -> None:
    """Nothing yet."""
