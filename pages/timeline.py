"""The timeline with its controls, the evidence beside it and the table below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.chart import Caption, Chart
from charts.registry import CHARTS, figure_of
from charts.sheet.caption import footer
from charts.timeline import key_events
from charts.timeline.lanes import LANE_KINDS, LaneKind
from charts.timeline.scene_model import TimelineOptions
from events.filters import Filters
from pages.shared import detail, downloads, listing, pinned, plotted, side_panel, zoom
from pages.shared.detail import Detail
from pages.shell import counting, escaping, frame, link, look, screen_width
from pages.shell.language import _, current, number
from pages.shell.store_access import query
from pages.sources_parts import collection
from pages.timeline_parts import bin_events, comparison, gestures, key_control
from pages.timeline_parts.comparison import Compared

PAGE = "timeline"
SIDE_HEIGHT = 560


def draw(filters: Filters) -> None:
    """The page."""
    found = detail.for_timeline(filters, lanes(), link.view("view"))
    chart_side, panel = look.split(2.3)
    with chart_side:
        pair = comparison.find(filters, found)
        options = _options(found, filters, pair)
        _controls(filters, found, options, pair)
    with panel:  # sent before the chart, so that the browser draws it while the chart is made
        sampled = found.in_view > len(found.listed)
        title = _("Latest events in view") if sampled else _("Weightiest events in view")
        side_panel.draw(key_events.ranked(found.listed), PAGE, title, SIDE_HEIGHT)
    with chart_side, st.container(key=gestures.CHART):
        _show(_made(found, filters, options, pair), found, filters, pair)
        # two views have two sets of days: the wheel cannot tell which are meant
        gestures.listen(found.shown, found.whole, wheel=pair is None)
        collection.note(found.shown)
    with listing.unfolded(_(CHARTS["timeline"].twin), PAGE) as is_open:
        if is_open and pair is not None:
            for position, (name, rows) in enumerate(pair.parts):
                st.html(f'<p class="fr-head">{escaping.escaped(name)}</p>')
                listing.table_twin(rows, f"{PAGE}_{position}")
        elif is_open:
            _table(found)


def _table(found: Detail) -> None:
    if found.in_view > len(found.listed):
        told = _("The latest {n} of {all} events in view; zoom in to see each of them.")
        look.note(told.format(n=number(len(found.listed)), all=number(found.in_view)))
    listing.table_twin(found.listed, PAGE)


def lanes() -> str:
    """The kind of lanes: by actor, type, place, ..."""
    chosen = link.view("lanes", "actor")
    return "subject" if chosen == "story" else chosen  # in older links


def lane_words(lane_kind: str) -> str:
    """Name of a kind of lane for the reader."""
    return {
        "actor": _("Actor"),
        "type": _("Type"),
        "place": _("Place"),
        "dyad": _("Who on whom"),
        "subject": _("Subject"),
    }[lane_kind]


def caption(
    table: pd.DataFrame, filters: Filters, cutoff: dt.date | None, measure: str = ""
) -> Caption:
    """Title, subtitle and footer, for the page and its exports."""
    words = " · ".join(part for part in (measure, counting.in_words(filters)) if part)
    return Caption(_(CHARTS["timeline"].title(_kind())), words, footer(table, cutoff, current()))


def article_days() -> pd.DataFrame:
    """One row per day on which a loaded article was published: column `day`."""
    return query().article_days()


def _options(found: Detail, filters: Filters, pair: Compared | None) -> TimelineOptions:
    """Options for both the page and its picture."""
    cutoff = query().cut_off(filters)
    missed = collection.days_missed(None)  # compared views have other days
    return TimelineOptions(
        lanes=_kind(),
        view=found.shown,
        today=dt.date.today(),
        cutoff=cutoff,
        key_events=key_control.chosen(found),
        article_days=article_days(),
        missed_days=sorted({d for days in missed.values() for d in days}),
        bins=found.bins,
        density=found.density,
        lang=current(),
        theme=look.theme(),
        caption=caption(found.listed, filters, cutoff, key_control.measure(found)),
        pins=pinned.on(found.table, filters) if pair is None else (),  # each panel has its own
    )


def _made(
    found: Detail, filters: Filters, options: TimelineOptions, pair: Compared | None
) -> Chart[go.Figure]:
    """The chart, cached for all sessions with the same settings."""
    with_what = link.view("compare") if pair else ""
    pins = pair.pins if pair else options.pins
    looks = (current(), look.theme(), screen_width.screen())
    missed = tuple(options.missed_days)
    shared = (options.lanes, found.shown, options.today, options.key_events, missed, *looks)
    picked = link.view_id("event")
    key = (query().version(), filters, with_what, picked, tuple(pins), *shared)
    asked = replace(options, picked=picked, width=screen_width.chart_width())
    return _kept_chart(key, found, asked, pair)


@st.cache_resource(max_entries=24, show_spinner=False)
def _kept_chart(
    key: tuple[object, ...],
    _found: Detail,
    _options: TimelineOptions,
    _pair: Compared | None,
) -> Chart[go.Figure]:
    """The chart, cached by `key`; never modify the result."""
    if _pair is None:
        return figure_of("timeline")(_found.table, _options)
    return figure_of("compare")(_pair.parts, comparison.options_for(_options, _pair))


def _controls(
    filters: Filters, found: Detail, options: TimelineOptions, pair: Compared | None
) -> None:
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        st.session_state["lanes_choice"] = lanes()
        st.segmented_control(
            _("Lanes"),
            LANE_KINDS,
            key="lanes_choice",
            format_func=lane_words,
            label_visibility="collapsed",
            required=True,
            on_change=lambda: link.set_view("lanes", st.session_state["lanes_choice"]),
        )
        zoom.controls(found.shown, found.whole)
        comparison.control(filters)
        key_control.control(found)
        tables = {_("Events in view"): lambda: listing.readable(in_view(found, filters))}
        still = downloads.Still("timeline", found.table, options)
        if pair is not None:
            shared = comparison.options_for(options, pair)
            still = downloads.Still("compare", pair.parts, shared)
        downloads.draw(filters, PAGE, tables, [still])


def in_view(found: Detail, filters: Filters) -> pd.DataFrame:
    """Every event in view, however many."""
    if found.in_view == len(found.listed) or found.shown is None:
        return found.listed
    return query().events(detail.narrowed(filters, found.shown))


def _show(made: Chart[go.Figure], found: Detail, filters: Filters, pair: Compared | None) -> None:
    key = f"timeline_{st.session_state.get('timeline_nonce', 0)}"
    table = found.listed if pair is None else pd.concat([t for _n, t in pair.parts])

    def opened(custom: list[str]) -> None:
        open_mark(custom, table)
        if custom[0] == "bin" and pair is None:
            bin_events.open_bin(custom, _kind(), _lanes_with_bins(made), found, filters, PAGE)

    plotted.show(made, key, lambda: _selected(key, opened))


def _kind() -> LaneKind:
    return next((kind for kind in LANE_KINDS if kind == lanes()), "actor")


def _lanes_with_bins(made: Chart[go.Figure]) -> set[str]:
    """Keys of the lanes that have bins."""
    marks = [tuple(c) for trace in made.figure.data for c in trace.customdata or ()]
    return {str(custom[3]) for custom in marks if custom[0] == "bin"}


def _selected(key: str, opened: Callable[[list[str]], None]) -> None:
    """Open the events of the mark that was clicked."""
    selection: dict[str, Any] = st.session_state[key]["selection"]
    points = selection.get("points", [])
    if not points:
        return
    custom = [str(value) for value in points[0].get("customdata") or []]
    if len(custom) >= 6:
        opened(custom)
    # a new chart: the same mark can be clicked again, and no marks stay dimmed
    st.session_state["timeline_nonce"] = st.session_state.get("timeline_nonce", 0) + 1


def open_mark(custom: list[str], table: pd.DataFrame) -> None:
    """Open the events of a mark: [kind, id, ids, lane, first, last] (charts.timeline.figure)."""
    mark_kind, best, listed, _lane, first, last = custom[:6]
    if mark_kind == "event":
        ids = [int(i) for i in (listed or best).split(",") if i]
        # reports of one story: the panel lists the others
        one_story = table.loc[table["event_id"].isin(ids), "story_id"].nunique() == 1
        side_panel.pick(
            _("Events under this mark"), PAGE, [int(best)] if one_story and best else ids
        )
    else:
        zoom.choose_words(first, last)


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
