"""A long list, some at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

A_PAGE = 12
T = TypeVar("T")


def page(items: Sequence[T], key: str) -> Sequence[T]:
    """The items of the page that the reader chose."""
    pages = -(-len(items) // A_PAGE)
    number = 1
    if pages > 1:
        number = st.pagination(pages, key=f"page_{key}", max_visible_pages=5)
    return items[(number - 1) * A_PAGE : number * A_PAGE]
