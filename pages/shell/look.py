"""Appearance: our style sheet, the current theme, headings of pages."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shell.escaping import escaped

_HERE = Path(__file__).parent


def theme() -> Literal["light", "dark"]:
    """The theme of the reader's browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style(more: str = "") -> None:
    """Put our style sheet on the page, followed by the rules `more`.

    Streamlit puts HTML that is only a style among its toasts, where a toast from a fragment would
    remove it: the element added after it keeps it in the page itself.
    """
    sheets = ("look.css", "look_dark.css") if theme() == "dark" else ("look.css",)
    style = "".join(_sheet(name) for name in sheets)
    with st.container(key="frise_look"):  # hidden by look.css
        st.html(f"<style>{style}{more}</style><i></i>")


@functools.cache
def _sheet(name: str) -> str:
    """A style sheet of this folder, read once per process."""
    return (_HERE / name).read_text(encoding="utf-8")


def title(text: str, subtitle: str = "") -> None:
    """Heading of a page, with the measure and the filters below."""
    below = f'<p class="fr-sub">{escaped(subtitle)}</p>' if subtitle else ""
    st.html(f'<h1 class="fr-title">{escaped(text)}</h1>{below}')


def split(share: float) -> tuple[DeltaGenerator, DeltaGenerator]:
    """A wide column and a panel beside it; on a narrow screen the panel is below."""
    with st.container(key="frise_split"):
        wide, panel = st.columns([share, 1], gap="medium")
    return wide, panel


def head(text: str) -> None:
    """Heading of a part of a page."""
    st.html(f'<p class="fr-head">{escaped(text)}</p>')


def note(text: str) -> None:
    """A note in grey beside a chart or list."""
    st.html(f'<p class="fr-note">{escaped(text)}</p>')


def problem(text: str) -> None:
    """An error message."""
    st.html(f'<p class="fr-problem" role="alert">{escaped(text)}</p>')
