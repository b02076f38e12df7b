"""Log: who did what, newest first, and whether its chain holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from events import audit_log
from events.audit_log import Break, Entry
from events.settings import SettingsError
from events.store import Store, StoreDamaged, StoreError
from exports.log_file import log_lines, log_to_csv
from pages.articles_parts import first_load
from pages.log_parts import words
from pages.shared import facts, listing
from pages.shell import frame, look, states
from pages.shell.language import _, count, error_words, number
from pages.shell.store_access import reports

_WHO, _KIND = "log_who", "log_kind"


def draw() -> None:
    """Filters by person and kind, the acts as a table, and the log as a file."""
    try:
        location = reports().location
    except (StoreError, SettingsError):  # what is wrong with it stands above
        return
    states.out_of_reach()
    try:
        entries, broken = _read(str(location), *_written(location))
    except StoreDamaged as error:
        look.title(_("Log"))
        look.problem(error_words(error))
        return
    if not (entries or broken or _is_store(location)):
        first_load.nothing_loaded()
        return
    look.title(_("Log"), count("{n} act", "{n} acts", len(entries)))
    if entries or broken:
        _say_whether_it_holds(broken)
    if not entries:
        states.nothing_yet(
            _("Nothing was done yet that the log holds."),
            _("It begins with the next load, decision, note or export: each is a line, signed."),
            _("Review events"),
            "review",
        )
        return
    shown = _chosen(entries)
    if not shown:
        st.html(f'<p class="fr-line">{_("No act passes these filters.")}</p>')
        return
    _table(shown)
    _files(location, shown)


def _is_store(location: Path) -> bool:
    return Store(location).exists()


def _written(location: Path) -> tuple[int, int]:
    """Time and size of the log: another log is read anew."""
    path = location / audit_log.FILE
    if not path.exists():
        return 0, 0
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


@st.cache_data(max_entries=2, show_spinner=False)
def _read(location: str, written: int, size: int) -> tuple[list[Entry], list[Break]]:
    """The lines, newest first, and where the chain does not hold; of the log of that time and
    size."""
    path = Path(location)
    return audit_log.entries(path)[::-1], audit_log.breaks(path)


def _say_whether_it_holds(broken: Sequence[Break]) -> None:
    if not broken:
        look.note(
            _(
                "The chain holds: no line was changed, left out or put between. Who may write "
                "the whole store could make a new one: keep the file below elsewhere where that "
                "matters."
            )
        )
        return
    for each in broken[:5]:
        told = _("Line {line} of the log: {problem}")
        look.problem(told.format(line=number(each.line), problem=each.words.told(_)))
    look.note(_("'python -m loaders repair' notes that in the log, and changes nothing of it."))


def _chosen(entries: Sequence[Entry]) -> list[Entry]:
    """The acts of the persons and kinds that are chosen; all where none is."""
    people, kinds = (sorted({key(e) for e in entries}) for key in (_person, lambda e: e.kind))
    with st.container(horizontal=True, gap="small"):
        who = st.multiselect(_("Person"), people, key=_WHO, placeholder=_("all"), width=280)
        kind = st.multiselect(
            _("Kind"), kinds, key=_KIND, format_func=words.kind, placeholder=_("all"), width=280
        )
    return [e for e in entries if _person(e) in (who or people) and e.kind in (kind or kinds)]


def _person(entry: Entry) -> str:
    return entry.who or _("nobody named")


def _table(entries: Sequence[Entry]) -> None:
    rows = entries[: listing.MOST_ROWS]
    if len(entries) > listing.MOST_ROWS:
        look.note(_("The newest {n} are listed.").format(n=number(listing.MOST_ROWS)))
    table = pd.DataFrame(
        {
            _("Number"): [entry.n for entry in rows],
            _("When"): [facts.moment(dt.datetime.fromisoformat(entry.at)) for entry in rows],
            _("Who"): [_person(entry) for entry in rows],
            _("Act"): [words.act(entry) for entry in rows],
            _("What"): [words.subject(entry) for entry in rows],
            _("Chain"): [entry.chain[:12] for entry in rows],
        }
    )
    st.dataframe(
        table,
        key="log_table",
        hide_index=True,
        height="auto" if len(table) < 18 else 640,
        column_config={
            _("Number"): st.column_config.NumberColumn(width=70),
            _("Who"): st.column_config.TextColumn(width=150),
            _("What"): st.column_config.TextColumn(width="large"),
        },
    )


def _files(location: Path, shown: Sequence[Entry]) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("These acts (CSV)"),
            partial(log_to_csv, list(shown)),
            file_name="frise-log.csv",
            mime="text/csv",
            key="log_csv",
            on_click="ignore",
        )
        st.download_button(
            _("The whole log, as it stands (JSON Lines)"),
            partial(log_lines, location),
            file_name="frise-log.jsonl",
            mime="application/jsonl",
            key="log_lines",
            on_click="ignore",
        )


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.plain_page(draw)  # a store that cannot be read does not hide who did what
