"""The look: our style sheet, the theme in use, headings of pages."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shell.escaping import escaped

_HERE = Path(__file__).parent


def theme() -> Literal["light", "dark"]:
    """The theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style(more: str = "") -> None:
    """Put our style sheet on the page, with more rules behind it.

    Streamlit keeps html of nothing but style among its toasts, and a toast from a fragment would
    sweep it away: the mark behind it holds it on the page itself.
    """
    sheets = ("look.css", "look_dark.css") if theme() == "dark" else ("look.css",)
    style = "".join(_sheet(name) for name in sheets)
    with st.container(key="frise_look"):  # takes no room: look.css
        st.html(f"<style>{style}{more}</style><i></i>")


@functools.cache
def _sheet(name: str) -> str:
    """A style sheet of this folder, read once a process."""
    return (_HERE / name).read_text(encoding="utf-8")


def title(text: str, subtitle: str = "") -> None:
    """What the page shows, and the measure and filters in words beneath."""
    below = f'<p class="fr-sub">{escaped(subtitle)}</p>' if subtitle else ""
    st.html(f'<h1 class="fr-title">{escaped(text)}</h1>{below}')


def split(share: float) -> tuple[DeltaGenerator, DeltaGenerator]:
    """A wide column and a panel beside it; on a narrow screen the panel comes beneath."""
    with st.container(key="frise_split"):
        wide, panel = st.columns([share, 1], gap="medium")
    return wide, panel


def note(text: str) -> None:
    """A quiet sentence beside a chart or list."""
    st.html(f'<p class="fr-note">{escaped(text)}</p>')


def problem(text: str) -> None:
    """Something that went wrong, said plainly."""
    st.html(f'<p class="fr-problem" role="alert">{escaped(text)}</p>')
