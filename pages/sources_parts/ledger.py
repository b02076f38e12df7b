"""The ledger: what each source has brought, when it is looked at next, what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from events.error_words import Words
from events.settings import SettingsError
from events.source_settings import Source
from events.store import Store, StoreError
from loaders.sources.state import Entry, State
from pages.shared import facts, listing
from pages.shell import link, look
from pages.shell.escaping import escaped
from pages.shell.language import _, count, error_words, named, number
from pages.sources_parts import adding, child, removing, trial
from pages.sources_parts.kinds import kind_names

_CHOSEN = "sources_chosen"
RUNS = 20
EVERY_SECONDS = 10


@st.fragment(run_every=EVERY_SECONDS)
def draw(sources: Sequence[Source]) -> None:
    """The table, drawn anew by itself; below it the chosen source."""
    try:
        state = State(Store())
        entries = [state.entry(source.name) for source in sources]
        _watched()
    except (StoreError, SettingsError) as error:
        look.problem(error_words(error))
        return
    rows = pd.DataFrame([_row(s, e) for s, e in zip(sources, entries, strict=True)])
    listing.select_rows(rows, "sources_list", lambda i: _choose(sources[i].name), "auto")
    chosen = [each for each in sources if each.name == st.session_state.get(_CHOSEN)]
    if chosen:
        _one(chosen[0], state)
    else:
        st.caption(_("Select a row to see the source, to pause, try, change or remove it."))


def _watched() -> None:
    if child.watched():
        look.note(_("The sources are watched now; what they bring appears by itself."))
        return
    look.problem(_("Nobody watches the sources now: nothing comes by itself."))
    st.button(_("Start watching"), key="sources_start", on_click=child.start)


def _choose(name: str) -> None:
    st.session_state[_CHOSEN] = name


def _row(source: Source, entry: Entry) -> dict[str, object]:
    return {
        _("Source"): source.name,
        _("State"): _state(entry),
        _("Last success"): _moment(entry.last_success) or _("never"),
        _("Articles"): number(entry.articles),
        _("Set aside"): number(entry.aside),
        _("Next look"): "" if entry.paused else (_moment(entry.next_at) or _("at once")),
    }


def _state(entry: Entry) -> str:
    if entry.paused:
        return _("paused")
    if entry.last is None:
        return _("not looked at yet")
    if entry.failures:
        return count("failed {n} time", "failed {n} times in a row", entry.failures)
    return _("in order")


def _moment(seconds: float) -> str:
    """A moment in the reader's words, "" for none."""
    if not seconds:
        return ""
    return facts.moment(dt.datetime.fromtimestamp(seconds).astimezone())


def _one(source: Source, state: State) -> None:
    """One source: where it is, what is wrong, what can be done, its newest runs."""
    entry = state.entry(source.name)
    st.html(f'<p class="fr-line">{escaped(source.name)}</p>')
    st.html(f'<p class="fr-small">{escaped(named(kind_names()[source.kind], source.place))}</p>')
    if entry.last is not None and entry.last.problem is not None:
        look.problem(_told(entry.last.problem))
    with st.container(horizontal=True):
        paused = entry.paused
        words = _("Go on") if paused else _("Pause")
        st.button(
            words, key="sources_pause", on_click=_pause, args=(state, source.name, not paused)
        )
        if not paused:
            words = _("Look now")
            st.button(words, key="sources_now", on_click=_pause, args=(state, source.name, False))
        tried = trial.may() and st.button(_("Try it"), key="sources_try")
        changed = trial.may() and _change_button(source.name)
        st.button(_("Close"), key="sources_close", type="tertiary", on_click=_choose, args=("",))
    if changed or removing.confirm(source.name):
        st.rerun()  # the form stands outside of this fragment, and so does the list of sources
    if tried:
        trial.run(source)
    trial.draw(source)
    if entry.aside and st.button(_("See what was set aside"), key="sources_aside", type="tertiary"):
        link.set_view("list", "files")
        st.switch_page("pages/left_out.py")
    _runs(source, state)


def _change_button(name: str) -> bool:
    """The buttons to change and to remove the source; whether the first was used."""
    used = st.button(_("Change it"), key="sources_change", on_click=adding.change, args=(name,))
    removing.button(name)
    return used


def _pause(state: State, name: str, paused: bool) -> None:
    try:
        state.pause(name, paused)
    except (StoreError, SettingsError) as error:
        st.toast(error_words(error))


def _runs(source: Source, state: State) -> None:
    runs = state.runs(source.name, RUNS) if state.path.exists() else []
    if not runs:
        look.note(_("It has not been looked at yet."))
        return
    table = pd.DataFrame(
        {
            _("Looked at"): [_moment(run.at) for run in runs],
            _("New articles"): [run.kept for run in runs],
            _("Known before"): [run.known for run in runs],
            _("Set aside"): [run.aside for run in runs],
            _("Seconds"): [number(run.seconds, 1) for run in runs],
            _("What is wrong"): [_told(run.problem) if run.problem else "" for run in runs],
        }
    )
    st.dataframe(table, hide_index=True)


def _told(problem: Words) -> str:
    return problem.told(_)
