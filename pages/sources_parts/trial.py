"""What would a source bring? It is asked now, and nothing is stored."""

from __future__ import annotations

from dataclasses import astuple

import pandas as pd
import streamlit as st

from events import settings
from events.aside_words import aside_line
from events.settings import SettingsError
from events.source_settings import Source
from pages.articles_parts import loading
from pages.shell import look, names
from pages.shell.language import _, count, current, day, error_words, number

MOST_SHOWN = 20  # articles
_TRIAL = "frise_source_trial"  # (source, what it would bring)


def may() -> bool:
    """Whether the settings let pages try sources."""
    return bool(settings.value("watching.from_page"))


def run(source: Source) -> None:
    """Ask the source, and keep the answer for the page."""
    from loaders.sources.collect import try_out
    from loaders.sources.watch import the_web

    with st.spinner(_("Asking the source …")):
        try:
            st.session_state[_TRIAL] = (source, try_out(source, the_web(), MOST_SHOWN))
        except SettingsError as error:
            look.problem(error_words(error))


def draw(source: Source) -> None:
    """The answer of the last trial, if it was this source's."""
    tried, trial = st.session_state.get(_TRIAL, (None, None))
    if tried != source:
        return
    if trial.problem is not None:
        look.problem(error_words(trial.problem))
    if trial.articles:
        more = len(trial.articles) >= MOST_SHOWN
        told = (
            _("The first {n} articles that it would bring; nothing was stored.").format(
                n=number(len(trial.articles))
            )
            if more
            else count(
                "It would bring {n} article; nothing was stored.",
                "It would bring {n} articles; nothing was stored.",
                len(trial.articles),
            )
        )
        look.note(told)
        st.dataframe(
            pd.DataFrame(
                {
                    _("Published"): [day(a.published.date, short=True) for a in trial.articles],
                    _("Title"): [a.title or a.text[:80] for a in trial.articles],
                    _("Outlet"): [a.source for a in trial.articles],
                    _("Language"): [names.language_name(a.lang) for a in trial.articles],
                    _("Characters"): [len(a.text) for a in trial.articles],
                }
            ),
            hide_index=True,
        )
    elif trial.problem is None:
        look.note(_("It would bring nothing."))
    aside = [aside_line(astuple(item), current()) for item in trial.aside]
    loading.list_under(_("Set aside"), aside)
