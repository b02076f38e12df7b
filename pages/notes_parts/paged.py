"""A long list, some at a time, in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import streamlit as st

A_PAGE = 16
T = TypeVar("T")


def page(items: Sequence[T], key: str) -> Iterator[T]:
    """The items of the page that the reader chose, each drawn in its column: down the left one,
    then the right one."""
    pages = -(-len(items) // A_PAGE)
    number = 1
    if pages > 1:
        number = st.pagination(pages, key=f"page_{key}", max_visible_pages=5)
    shown = items[(number - 1) * A_PAGE : number * A_PAGE]
    half = -(-len(shown) // 2)
    for column, part in zip(st.columns(2, gap="medium"), (shown[:half], shown[half:]), strict=True):
        with column:
            yield from part
