"""The overview: the main stories, what is new, what is loaded, how sure, what was left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.chart import Caption, Chart
from charts.registry import CHARTS
from charts.sheet.caption import footer
from charts.timeline.tempo import tempo
from charts.timeline.tempo_counts import TempoOptions
from events import wording
from events.answers import Account
from events.certainty import LIKELY, SURE
from events.filters import Filters
from events.ontology import STATUSES
from pages.overview_parts import visits
from pages.shared import detail, downloads, evidence, listing, plotted, side_panel, zoom
from pages.shell import certainty, counting, frame, link, look, names, screen_width, store_access
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, day, label, number
from pages.shell.store_access import query

PAGE = "overview"
CHART = CHARTS["tempo"]
A_LIST = 5  # events per list, so that the chart stays visible


def draw(filters: Filters) -> None:
    """The page."""
    table = detail.recent(filters)
    whole = _("Stories, chart and “How sure” are of the newest {events}; the other numbers of all.")
    side_panel.say_newest(filters, table, whole)
    main, panel = look.split(2.3)
    with main:
        stories, new = st.columns(2, gap="medium")
        with stories:
            hint = escaped(_("click one for its evidence"))
            st.html(f'<p class="fr-head">{escaped(_("Main stories"))} <i>· {hint}</i></p>')
            listing.headlines(side_panel.weightiest(table), "stories", a_page=A_LIST)
        with new:
            _new(table)
        _tempo(table, filters)
    with panel:
        row = evidence.chosen()
        if row is not None:
            evidence.panel(row)
        else:
            _facts(table, query().account(filters), filters)
    still = downloads.Still(CHART.name, table, _options(table, filters))
    tables = {_("Events on the page"): lambda: listing.readable(table)}
    downloads.draw(filters, PAGE, tables, [still])


def _tempo(table: pd.DataFrame, filters: Filters) -> None:
    """Events over time; a bar leads to its days on the timeline."""
    options = replace(_options(table, filters), width=screen_width.chart_width())
    made: Chart[go.Figure] = tempo(table, options)
    key = f"overview_tempo_{st.session_state.get('overview_nonce', 0)}"
    plotted.show(made, key, lambda: _picked(key))
    if st.session_state.pop("overview_to_timeline", False):
        st.switch_page("pages/timeline.py")
    with listing.unfolded(_(CHART.twin), PAGE) as is_open:
        if is_open:
            st.dataframe(made.twin, hide_index=True)


def _options(table: pd.DataFrame, filters: Filters) -> TempoOptions:
    """Options for both the page and its picture."""
    words = counting.in_words(filters)
    return TempoOptions(
        view=zoom.densest(table),
        lang=current(),
        theme=look.theme(),
        caption=Caption(_(CHART.title()), words, footer(table, filters.as_of, current())),
    )


def _picked(key: str) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        custom = [str(value) for value in point.get("customdata") or []]
        if len(custom) >= 2:
            zoom.choose_words(custom[0], custom[1])
            st.session_state["overview_to_timeline"] = True
            st.session_state["overview_nonce"] = st.session_state.get("overview_nonce", 0) + 1


def _new(table: pd.DataFrame) -> None:
    """What was loaded since the last visit, or since a chosen day."""
    since = new_since()
    head = _("New since {day}").format(day=day(since, short=True))
    st.html(f'<p class="fr-head">{escaped(head)}</p>')
    fresh = table[table["retrieved"] >= pd.Timestamp(since, tz="UTC")]
    left, right = st.columns([1.6, 1], vertical_alignment="center")
    told = counting.counted(len(fresh))
    articles = count("{n} article", "{n} articles", fresh["article_id"].nunique())
    left.html(f'<p class="fr-small">{escaped(told)} · {escaped(articles)}</p>')
    st.session_state["overview_since"] = since
    right.date_input(
        _("Since"),
        key="overview_since",
        format="DD/MM/YYYY",
        label_visibility="collapsed",
        on_change=lambda: link.set_view("since", str(st.session_state["overview_since"] or "")),
    )
    if fresh.empty:
        look.note(_("Nothing was loaded since then."))
        return
    newest = fresh.sort_values(["published", "first"], ascending=False, na_position="last")
    listing.headlines(newest.drop_duplicates("story_id"), "new", a_page=A_LIST - 1)


def new_since() -> dt.date:
    """The chosen day, else that of the last visit, else a week ago."""
    try:
        return dt.date.fromisoformat(link.view("since"))
    except ValueError:
        before = visits.last_visit()
        return before.date() if before else dt.date.today() - dt.timedelta(days=7)


def _facts(table: pd.DataFrame, account: Account, filters: Filters) -> None:
    _loaded(table, account, filters)
    _sureness(table)
    _left_out(account)


def _loaded(table: pd.DataFrame, account: Account, filters: Filters) -> None:
    options = store_access.query().options(filters)
    outlets = options.sources[options.sources["value"] != ""]
    lines = [
        counting.told(account),
        count("{n} article", "{n} articles", account.articles)
        + " · "
        + count("{n} outlet", "{n} outlets", len(outlets)),
    ]
    if options.first is not None and options.last is not None:
        first, last = options.first.date(), options.last.date()
        lines.append(wording.format_interval(first, last, "span", current(), True))
    langs = [
        f"{names.language_name(str(row.value))} {number(int(row.events))}"  # type: ignore[arg-type]
        for row in options.langs.itertuples()
    ]
    lines.append(", ".join(langs))
    _section(_("What is loaded"), lines)


def _sureness(table: pd.DataFrame) -> None:
    """Events by confidence and by status."""
    share = table["confidence"]
    rows = [
        (
            _("Sure ({share} and more)").format(share=wording.format_share(SURE, current())),
            int((share >= SURE).sum()),
        ),
        (_("Likely"), int(((share >= LIKELY) & (share < SURE)).sum())),
        (
            _("Doubtful (under {share})").format(share=wording.format_share(LIKELY, current())),
            int((share < LIKELY).sum()),
        ),
    ]
    _bars(_("How sure"), rows, max(1, len(table)))
    statuses = table["status"].value_counts()
    told = [(label(status), int(statuses.get(status, 0))) for status in STATUSES]
    _bars(_("Status"), told, max(1, len(table)))


def _bars(head: str, rows: list[tuple[str, int]], whole: int) -> None:
    """Names with their numbers, and a thin bar for the share of the whole."""
    items = "".join(
        f"<tr><td>{escaped(name)}</td><td class='fr-number'>{number(value)}</td>"
        f"<td><div class='fr-bar' style='width:{max(1, round(90 * value / whole))}px'></div></td>"
        "</tr>"
        for name, value in rows
        if value
    )
    st.html(f'<p class="fr-head">{escaped(head)}</p><table class="fr-table">{items}</table>')


def _left_out(account: Account) -> None:
    rows = {
        "unsure": (certainty.less_sure_words(), account.less_sure * account.hides_less_sure),
        "hidden": (_("Hidden by filters"), account.hidden_otherwise),
        "undated": (_("Without a date"), account.undated),
        "unplaced": (_("Without a place"), account.unlocated),
        "text": (_("Pieces left out of articles"), sum(n for _reason, n in account.left_out)),
        "files": (_("Files set aside"), account.rejected),
    }
    st.html(f'<p class="fr-head">{escaped(_("What was left out"))}</p>')
    with st.container(key="frise_events_left"):
        for name, (words, value) in rows.items():
            if value and st.button(
                _("{name}: {value}").format(name=words, value=number(value)),
                key=f"overview_{name}",
                type="tertiary",
            ):
                link.set_view("list", name)
                st.switch_page("pages/left_out.py")


def _section(head: str, lines: list[str]) -> None:
    shown = "".join(f'<p class="fr-small">{escaped(line)}</p>' for line in lines if line)
    st.html(f'<p class="fr-head">{escaped(head)}</p>{shown}')


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
