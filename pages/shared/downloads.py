"""Files of what the filters show: tables, pictures of the charts, and every export format.

A file is made when it is requested, outside of the session: so all it needs is passed to it,
including the language.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import ChartOptions
from charts.registry import CHARTS
from events import audit_log
from events.certainty import ANY
from events.coders import ANYBODY, kept_back
from events.filter_words import in_words
from events.filters import Filters
from events.registry import fold
from exports import EXPORTERS, RECEIPT, Exporter
from exports.delimited import table_to_csv
from exports.logged import log_selection
from exports.pictures import PictureKind, picture, sourced
from exports.selection import select
from exports.workbook import table_to_xlsx
from pages.shell import account, counting, language, person, popovers
from pages.shell.language import _, current
from pages.shell.store_access import reports

Table = Callable[[], pd.DataFrame]
Size = tuple[float, int]  # centimetres (0: as on the page), dots an inch
_MEDIA: dict[PictureKind, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Still:
    """The picture of a chart: its name in charts/registry.py, its table and its options."""

    chart: str
    table: Any
    options: ChartOptions

    @property
    def label(self) -> str:
        """Its label in the list of files."""
        return _(CHARTS[self.chart].label)

    def write(self, file_format: PictureKind, size: Size, filters: Filters) -> bytes:
        """The picture, with the sources of what the filters show."""
        events = reports().events(filters, columns=("source", "article_id"))
        options = sourced(self.options, events, reports().cut_off(filters))
        return picture(self.chart, self.table, options, file_format, *size)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABLE_FILES: dict[str, tuple[str, Callable[[pd.DataFrame], bytes]]] = {
    "csv": ("text/csv", table_to_csv),
    "xlsx": (_XLSX, table_to_xlsx),
}


def draw(filters: Filters, page: str, tables: Mapping[str, Table], stills: Sequence[Still]) -> None:
    """A button that opens all files of the page: exactly what the filters show."""
    with account.slot():
        popovers.popover(
            _("Download"), f"downloads_{page}", lambda: _files(filters, page, tables, stills)
        )


def _files(
    filters: Filters, page: str, tables: Mapping[str, Table], stills: Sequence[Still]
) -> None:
    st.caption(_("Exactly what the filters show, with the quotes and a receipt."))
    may = _may_pass_on(filters, page)
    size = _size(page) if stills else (0.0, 150)
    for number, still in enumerate(stills):
        _pictures(still, f"{page}_still_{number}", size, filters)
    for number, (name, table) in enumerate(tables.items()):
        _table(name, functools.partial(_passable, table, may), f"{page}_table_{number}", filters)
    st.markdown(f"**{_('All reports of the filters, one row each')}**")
    with st.container(horizontal=True, gap="xsmall"):
        for exporter in (*EXPORTERS.values(), RECEIPT):
            _export(exporter, filters, page, may)


def _may_pass_on(filters: Filters, page: str) -> bool:
    """Whether the user may pass on rows whose terms do not let everybody; asked where some may be
    shown."""
    names = kept_back() & reports().coders() if filters.coders else frozenset()
    names = names if ANYBODY in filters.coders else names & {*filters.coders}
    if not names:
        return False
    told = _("I may pass on rows of {coders}").format(coders=", ".join(sorted(names)))
    help_text = _("Their terms do not let everybody: without this they stay out of the files.")
    return st.checkbox(told, key=f"{page}_may_pass_on", help=help_text)


def _passable(table: Table, may: bool) -> pd.DataFrame:
    """A table of events without rows that may not be passed on; tables of counts as they are."""
    found = table()
    kept = may or "coder" not in found
    return found if kept else found[~found["coder"].isin(sorted(kept_back()))]


def _size(page: str) -> Size:
    """Width and resolution of the pictures."""
    widths: dict[float, str] = {
        0.0: _("As on the page"),
        17.0: _("17 cm: a page of A4"),
        25.0: _("25 cm: A4, landscape"),
        30.0: _("30 cm: a slide"),
    }
    with st.container(horizontal=True, gap="xsmall"):
        width = st.selectbox(
            _("Width of pictures"),
            list(widths),
            format_func=lambda cm: widths[cm],
            key=f"{page}_width",
        )
        dpi = st.selectbox(_("Dots an inch (PNG)"), (150, 300), key=f"{page}_dpi")
    return float(width or 0.0), int(dpi or 150)


def _pictures(still: Still, key: str, size: Size, filters: Filters) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{still.label}**", width="content")
        for suffix, media in _MEDIA.items():
            st.download_button(
                suffix.upper(),
                functools.partial(
                    _still_bytes, still, suffix, current(), size, filters, person.name()
                ),
                file_name=file_name(still.label, filters, f".{suffix}"),
                mime=media,
                key=f"{key}_{suffix}",
                on_click="ignore",
            )


def _still_bytes(
    still: Still, suffix: PictureKind, lang: str, size: Size, filters: Filters, who: str
) -> bytes:
    with language.fixed(lang):
        audit_log.record_leaving(
            reports().location, who, file_name(still.label, filters, f".{suffix}")
        )
        return still.write(suffix, size, filters)


def file_name(name: str, filters: Filters, suffix: str) -> str:
    """``frise-timeline-actor-russia.png``: different filters give different file names."""
    changed = replace(filters, sure=ANY)  # its default needs no word in a name
    told = [name] if filters == Filters() else [name, in_words(changed, current())]
    words = fold(" ".join(told)).encode("ascii", "ignore").decode("ascii").split()
    return "-".join(["frise", *words])[:80].rstrip("-") + suffix


def _table(name: str, table: Table, key: str, filters: Filters) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{name}**", width="content")
        for suffix, (media, write) in _TABLE_FILES.items():
            told = file_name(name, filters, f".{suffix}")
            st.download_button(
                suffix.upper(),
                functools.partial(
                    _table_bytes, table, write, current(), counting.chosen(), told, person.name()
                ),
                file_name=told,
                mime=media,
                key=f"{key}_{suffix}",
                on_click="ignore",
            )


def _table_bytes(
    table: Table,
    write: Callable[[pd.DataFrame], bytes],
    lang: str,
    counted: str,
    name: str,
    who: str,
) -> bytes:
    with language.fixed(lang), counting.fixed(counted):
        audit_log.record_leaving(reports().location, who, name)
        return write(table())


def _export(exporter: Exporter, filters: Filters, page: str, may: bool) -> None:
    name = file_name(_("Events"), filters, exporter.suffix)
    st.download_button(
        _(exporter.title),
        functools.partial(_export_bytes, exporter, filters, current(), may, name, person.name()),
        file_name=name,
        mime=exporter.media_type,
        key=f"{page}_export_{exporter.name}",
        on_click="ignore",
    )


def _export_bytes(
    exporter: Exporter, filters: Filters, lang: str, may: bool, name: str, who: str
) -> bytes:
    selection = select(reports(), filters, lang=lang, may_pass_on=may)
    log_selection(reports().location, "export", who, name, selection)
    return exporter.write(selection)
