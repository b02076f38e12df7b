"""The filters of all pages: a row of controls, chips of active filters, problems of the link."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from events import geography, registry, wording
from events.answers import FilterChoices
from events.coders import READ
from events.filter_days import MAY, SURELY
from events.filter_kind import FilterKind
from events.filters import LEVELS, Filters
from events.records import records
from pages.shell import (
    certainty,
    chips,
    counting,
    language,
    link,
    names,
    popovers,
    saved_views,
    store_access,
)
from pages.shell.escaping import escaped
from pages.shell.language import _, current, label, listed, number, quoted

MOST_OPTIONS = 200
Change = Callable[[Filters, Any], Filters]


def draw() -> Filters:
    """Draw the filters and return the active ones."""
    filters = link.filters()
    options = store_access.query().options(filters)
    with st.container(key="frise_bar"):
        columns = st.columns([2.1, 1.7, 1.5, 1.6, 1.15, 1.0, 0.8], vertical_alignment="center")
        with columns[0]:
            _search(filters)
        with columns[1]:
            _adder("actors", _("Actor …"), _actor_labels(options, filters), free=True)
        with columns[2]:
            _adder("types", _("Type of event …"), _type_labels(options, filters))
        with columns[3]:
            _adder("places", _("Place …"), _place_labels(options, filters))
        with columns[4]:
            popovers.popover(_("Period"), "period", lambda: _period(filters, options), "stretch")
        with columns[5]:
            popovers.popover(_("More"), "more", lambda: _more(filters, options), "stretch")
        with columns[6]:
            language_switch()
    _problems()
    chips.draw(filters)
    return filters


def language_switch() -> None:
    """English or French, kept in the link."""
    st.session_state["ui_language"] = current()
    st.segmented_control(
        _("Language of the pages"),
        wording.languages(),
        key="ui_language",
        format_func=str.upper,
        label_visibility="collapsed",
        on_change=lambda: language.choose(st.session_state["ui_language"] or current()),
        required=True,
    )


def _search(filters: Filters) -> None:
    st.session_state["filter_text"] = filters.text
    st.text_input(
        _("Search"),
        key="filter_text",
        type="search",
        placeholder=_("Search headlines, quotes, actors, places"),
        label_visibility="collapsed",
        max_chars=200,
        on_change=_change("filter_text", lambda f, v: replace(f, text=_printable(v))),
    )


def _printable(text: object) -> str:
    return "".join(c for c in str(text or "") if c.isprintable())


def _adder(field: str, words: str, labels: dict[str, str], free: bool = False) -> None:
    """A list from which to add one value of a filter, without the active values."""
    key = f"add_{field}"
    st.selectbox(
        words,
        list(labels),
        index=None,
        key=key,
        format_func=lambda value: labels.get(value, value),
        placeholder=words,
        label_visibility="collapsed",
        accept_new_options=free,
        on_change=_add,
        args=(field, free),
    )


def _add(field: str, free: bool) -> None:
    value = st.session_state[f"add_{field}"]
    st.session_state[f"add_{field}"] = None
    if not value:
        return
    filters = link.filters()
    code = _actor_code(str(value), filters) if free else str(value)
    if code is None:
        st.toast(_("No actor is called “{name}”.").format(name=value))
        return
    present: tuple[str, ...] = getattr(filters, field)
    changed: dict[str, Any] = {field: (*present, code)}
    link.set_filters(replace(filters, **changed))


def _actor_code(text: str, filters: Filters) -> str | None:
    """The code of a chosen or typed value: a code of the list, else a name or alias."""
    known = set(store_access.query().options(filters).actors["value"])
    if text in known:
        return text
    found = [record.code for record in registry.search(text, current())]
    # an actor in the store is preferred to a better match outside it
    return next((code for code in found if code in known), found[0] if found else None)


def _with_counts(
    frame: pd.DataFrame, name: Callable[[Any], str], without: Collection[str]
) -> dict[str, str]:
    """The most frequent values with their labels, except those in `without`."""
    rows = records(frame.head(MOST_OPTIONS + len(without)))
    rows = [row for row in rows if row["value"] not in without]
    return {
        str(row["value"]): f"{name(row)}  ({number(int(row['events']))})"
        for row in rows[:MOST_OPTIONS]
    }


def _actor_labels(options: FilterChoices, filters: Filters) -> dict[str, str]:
    return _with_counts(options.actors, lambda row: names.actor(row["value"]), filters.actors)


def _type_labels(options: FilterChoices, filters: Filters) -> dict[str, str]:
    return _with_counts(options.types, lambda row: label(row["value"]), filters.types)


def _place_labels(options: FilterChoices, filters: Filters) -> dict[str, str]:
    """Countries with their number of events first, then the places."""
    frame = options.places
    by_country: Counter[str] = Counter()
    for country, events in zip(frame["country"].tolist(), frame["events"].tolist(), strict=True):
        by_country[country] += events
    del by_country[""]
    countries = {
        code: _("{country}, anywhere  ({n})").format(
            country=geography.country_name(code, current()), n=number(events)
        )
        for code, events in by_country.most_common()
        if code not in filters.places
    }
    places = _with_counts(
        frame,
        lambda row: names.place(row["value"], row["name"], row["country"]),
        {*by_country, *filters.places},
    )
    return {**countries, **places}


def _period(filters: Filters, options: FilterChoices) -> None:
    first = options.first.date() if options.first is not None else None
    last = options.last.date() if options.last is not None else None
    if first and last:
        told = _("Loaded events span {interval}.")
        st.caption(told.format(interval=wording.format_interval(first, last, "span", current())))
    _day(_("From"), "date_from", filters.date_from)
    _day(_("To"), "date_to", filters.date_to)
    _within(filters)
    newest = _newest(filters)
    with st.container(horizontal=True, gap="xsmall"):
        for words, days in (
            (_("Last 7 days"), 7),
            (_("Last 30 days"), 30),
            (_("Last year"), 365),
        ):
            up_to = wording.format_day(newest, "day", current())
            told = _("Up to {day}, the day of the newest article.").format(day=up_to)
            st.button(
                words, key=f"period_{days}", help=told, on_click=_last_days, args=(newest, days)
            )
    st.button(_("All days"), key="period_all", on_click=_all_days)


def _within(filters: Filters) -> None:
    """The switch for what surely lies in the period, beside what may."""
    key = "filter_within"
    st.session_state[key] = filters.within == SURELY
    st.toggle(
        _("Only what surely happened in these days"),
        key=key,
        disabled=not filters.in_days,
        help=_(
            "Otherwise every event that may have happened in these days: one whose date touches "
            "them, and one without a date that the text bounds to days near them."
        ),
        on_change=_change(key, lambda f, on: replace(f, within=SURELY if on else MAY)),
    )


def _day(words: str, field: str, value: dt.date | None) -> None:
    key = f"filter_{field}"
    st.session_state[key] = value
    st.date_input(
        words,
        key=key,
        value=None,
        min_value=dt.date(1, 1, 1),
        max_value=dt.date(9999, 12, 31),
        format="DD/MM/YYYY",
        on_change=_change(key, lambda f, v: _with_day(f, field, v)),
    )


def _with_day(filters: Filters, field: str, value: dt.date | None) -> Filters:
    """The filters with one end of the period changed; the other follows if they would cross."""
    days: dict[str, Any] = {field: value}
    changed = replace(filters, **days)
    if changed.date_from and changed.date_to and changed.date_from > changed.date_to:
        return replace(changed, date_from=value, date_to=value)
    return changed


def _newest(filters: Filters) -> dt.date:
    """Day of the newest article, at most the as-of day: planned events are much later."""
    today = filters.as_of or dt.date.today()
    return min(today, store_access.query().cut_off(Filters()) or today)


def _last_days(end: dt.date, days: int) -> None:
    """Set the period to the last `days` days up to `end`."""
    first = end - dt.timedelta(days=days - 1)
    link.set_filters(replace(link.filters(), date_from=first, date_to=end))


def _all_days() -> None:
    link.set_filters(replace(link.filters(), date_from=None, date_to=None))


def _more(filters: Filters, options: FilterChoices) -> None:
    for field, kind in filters.kinds().items():
        values = _coders() if field == "coders" else list(kind.choices)
        if values:
            _several(_(kind.label), field, values, _said(kind), filters)
    if tags := sorted({*store_access.reports().annotations().colours, *filters.tags}):
        _several(_("Tags"), "tags", tags, str, filters)
    langs = sorted({*options.langs["value"], *filters.langs})
    _several(_("Language of the article"), "langs", langs, names.language_name, filters)
    _level(filters)
    counting.switch()
    certainty.switch(filters)
    _least(filters)
    _day(_("As of: only what was published and loaded by"), "as_of", filters.as_of)
    saved_views.draw()


def _said(kind: FilterKind) -> Callable[[str], str]:
    return lambda value: kind.say(value, current())


def _coders() -> list[str]:
    """Who coded events of the store, after "read from articles"; nobody where all were read."""
    present = sorted(store_access.reports().coders())
    return [READ, *present] if present else []


def _several(
    words: str, field: str, values: list[str], name: Callable[[str], str], filters: Filters
) -> None:
    key = f"filter_{field}"
    st.session_state[key] = [v for v in getattr(filters, field) if v in values]

    def changed(f: Filters, chosen: list[str]) -> Filters:
        new: dict[str, Any] = {field: tuple(chosen or ())}
        return replace(f, **new)

    st.pills(
        words,
        values,
        key=key,
        selection_mode="multi",
        format_func=name,
        on_change=_change(key, changed),
    )


def _level(filters: Filters) -> None:
    texts = {
        "person": _("as told"),
        "government": _("by government"),
        "state": _("by state"),
        "bloc": _("by bloc"),
    }
    st.session_state["filter_level"] = filters.level
    st.segmented_control(
        _("Count actors"),
        LEVELS,
        key="filter_level",
        format_func=lambda level: texts.get(level, level),
        on_change=_change("filter_level", lambda f, v: replace(f, level=v or "person")),
    )


def _least(filters: Filters) -> None:
    st.session_state["filter_confidence"] = round(100 * filters.min_confidence)
    st.slider(
        _("Confidence at least, in percent"),
        0,
        100,
        step=5,
        key="filter_confidence",
        on_change=_change("filter_confidence", lambda f, v: replace(f, min_confidence=v / 100)),
    )


def _change(key: str, changed: Change) -> Callable[[], None]:
    """A callback that puts the widget's value into the filters."""

    def callback() -> None:
        link.set_filters(changed(link.filters(), st.session_state[key]))

    return callback


def _problems() -> None:
    """Show which parts of the link were not understood; the rest of it is applied."""
    found = link.state().problems
    if not found:
        return
    told = listed(f"{p.param} = {quoted(p.value)} ({_(p.reason)})" for p in found[:4])
    words = _("Part of this link was not understood and does not count: {what}.").format(what=told)
    st.html(f'<p class="fr-problem" role="alert">{escaped(words)}</p>')
