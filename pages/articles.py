"""Articles: the list, and one article with its marks, scrolled to the chosen event."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from events.filters import Filters
from events.note_words import note_in_words
from events.omissions import NOISE, UNREAL
from events.records import records
from pages.articles_parts import adding, loading, published, rereading, versions, withdrawing
from pages.shared import evidence, facts, listing, original
from pages.shared.facts import Row
from pages.shared.marked import MarkedSpan, legend, marked, paragraphs
from pages.shell import (
    certainty,
    escaping,
    frame,
    link,
    look,
    names,
    screen_width,
    states,
)
from pages.shell.language import _, count, current, day, label, named, number, quoted
from pages.shell.store_access import one, query

TEXT_HEIGHT = 600
MOST_LISTED = 1000
MOST_PIECES = 60  # most left-out passages shown with an article; the page "left out" lists all
# constant script without article text: scrolls the marked sentence into view
_SCROLL = """<script>
setTimeout(() => {
  const asked = document.querySelector(".fr-asked");
  let box = asked && asked.parentElement;
  while (box && box.scrollHeight <= box.clientHeight + 4) box = box.parentElement;
  if (!box || !box.closest(".st-key-frise_article")) return;
  const off = asked.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += off - box.clientHeight / 3;
}, 150);
</script>"""


def draw(filters: Filters) -> None:
    """One article if the link names one, else the list and the forms to load more."""
    article_id = link.view_id("article")
    row = one(query().article(article_id)) if article_id is not None else None
    if article_id is not None and row is None:
        if not withdrawing.say_where(article_id):
            look.problem(_("The article of this link is not in the store. Here are all articles."))
        link.set_view("article", None)
    if row is None:
        _overview(filters)
    else:
        _article(row)


def _overview(filters: Filters) -> None:
    left, right = look.split(1.9)
    with left:
        _list(filters)
    with right:
        loading.draw()
    rereading.run(filters)


def _list(filters: Filters) -> None:
    table = query().articles(filters)
    all_articles = query().account(filters).articles
    told = _("{n} of {all} articles: those with at least one event that the filters show.")
    look.title(_("Articles"), told.format(n=number(len(table)), all=number(all_articles)))
    withdrawing.say_done()
    rereading.draw(filters)
    if table.empty:
        look.note(_("No article passes the filters."))
        states.nothing_matches(filters)
        return
    newest = table.head(MOST_LISTED)
    if len(newest) < len(table):
        look.note(_("The newest {n} are listed; narrow the filters.").format(n=number(len(newest))))
    rows = _readable(newest)
    widths = _widths(rows)
    listing.select_rows(rows, "articles_list", lambda i: _open(newest, i), 480, widths)
    st.caption(_("Select a row to read the article with its marks."))


def _widths(rows: pd.DataFrame) -> dict[str, int]:
    """Column widths in pixels: the title gets what the others leave."""
    inferred = rows[_("Published")].astype(str).str.contains("(", regex=False).any()
    widths = {_("Published"): 150 if inferred else 100, _("Outlet"): 158, _("Language"): 72}
    widths |= {_("Events"): 88}
    whole = screen_width.chart_width() - (50 if screen_width.screen() > screen_width.STACKED else 0)
    return {**widths, _("Title"): max(200, int(whole) - sum(widths.values()) - 36)}


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    """The list; events are those that are shown by how sure they are, whatever other filters."""
    rows = records(table)
    events = query().events_by_article(
        Filters(sure=link.filters().sure, coders=link.filters().coders)
    )
    return pd.DataFrame(
        {
            _("Published"): [_published_how(row) for row in rows],
            _("Title"): [str(row["title"]) or _("untitled") for row in rows],
            _("Outlet"): [str(row["source"]) for row in rows],
            _("Language"): [names.language_name(str(row["lang"])) for row in rows],
            _("Events"): [events.get(int(row["article_id"]), 0) for row in rows],
        }
    )


def _published_how(row: Row) -> str:
    """The publication day, and how it was found if the article does not state it."""
    basis = str(row["published_basis"])
    if facts.date_of(row["published"]) is None:
        return _("publication date unknown")
    return _published(row) + (f" ({label(basis)})" if basis == "inferred" else "")


def _published(row: Row) -> str:
    when = facts.date_of(row["published"])
    return day(when, str(row["published_precision"]) or "day", short=True) if when else _("unknown")


def _open(table: pd.DataFrame, position: int) -> None:
    link.set_view("article", int(table["article_id"].iloc[position]))
    link.set_view("event", None)


def close() -> None:
    """Back to the list."""
    link.set_view("article", None)
    link.set_view("event", None)


def _article(row: Row) -> None:
    asked = evidence.chosen()
    if asked is not None and asked["article_id"] != row["article_id"]:
        asked = None
    told = query().article_events(int(row["article_id"]))
    events = certainty.shown(told, asked)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button("← " + _("All articles"), key="article_back", type="tertiary", on_click=close)
        withdrawing.button(row)
    text_side, panel = look.split(1.9)
    with text_side:
        _text(row, records(events), asked)
    with panel:
        adding.draw(row)
        if asked is not None:
            evidence.panel(asked, on_articles_page=True)
        else:
            _about(row, events, len(told) - len(events))


def _text(row: Row, events: Sequence[Row], asked: Row | None) -> None:
    mentions = records(query().mentions(Filters(), int(row["article_id"])))
    left = left_spans(records(query().left_out(Filters(), int(row["article_id"]))))
    title, body = (
        [*_spans(part, events, mentions, asked), *left[part]] for part in ("title", "text")
    )
    lang = escaping.escaped(str(row["lang"]))
    usual = ("date", "place", "actor", "trigger", "event")
    st.html(legend([*title, *body], facts.kind_names(), usual))
    with st.container(height=TEXT_HEIGHT, border=False, key="frise_article"):
        st.html(
            f'<article class="fr-text" lang="{lang}"><p class="fr-small">{_byline(row)}</p>'
            f"<h2>{marked(str(row['title']), title)}</h2>"
            f"{paragraphs(str(row['text']), body)}</article>"
        )
        if asked is not None:
            # the number makes it a new element per event, so that the script runs again
            st.html(f"{_SCROLL}<!-- {int(asked['event_id'])} -->", unsafe_allow_javascript=True)


def _byline(row: Row) -> str:
    parts = [str(row["source"]) or _("outlet unknown"), _published(row)]
    url = escaping.address_html(str(row["url"])) if row["url"] else ""
    return " · ".join([*(escaping.escaped(p) for p in parts), *([url] if url else [])])


def left_spans(rows: Sequence[Row]) -> dict[str, list[MarkedSpan]]:
    """Spans left out while reading: page noise faded, unreal acts dashed; the title says why."""
    found: dict[str, list[MarkedSpan]] = {"title": [], "text": []}
    for row in rows:
        reason = str(row["reason"])
        kind = "noise" if reason in NOISE else "unreal" if reason in UNREAL else ""
        if kind and row["part"] in found:
            told = _("left out: {reason}").format(reason=_(reason))
            found[str(row["part"])].append(
                MarkedSpan(kind, int(row["start"]), int(row["end"]), told)
            )
    return found


def _spans(
    part: str, events: Sequence[Row], mentions: Sequence[Row], asked: Row | None
) -> list[MarkedSpan]:
    """All marked spans of one part of the article."""
    found = [_mention_span(m) for m in mentions if m["part"] == part]
    for event in events:
        if event["part"] == part:
            title = f"{facts.headline(event)} · {facts.when(event, short=True)}"
            kind = (
                "asked" if asked is not None and event["event_id"] == asked["event_id"] else "event"
            )
            found.append(MarkedSpan(kind, int(event["start"]), int(event["end"]), title))
            found += _trigger_spans(event)
    return found


def _mention_span(mention: Row) -> MarkedSpan:
    kind = str(mention["kind"])
    name = str(mention["name"]) or str(mention["code"])
    if kind == "actor":
        name = names.actor(str(mention["code"]))
    elif kind == "place" and mention["name"]:
        name = names.place(str(mention["code"]), name, str(mention["country"]))
    elif kind == "place":
        name = _("place not resolved")
    return MarkedSpan(kind, int(mention["start"]), int(mention["end"]), name)


def _trigger_spans(event: Row) -> list[MarkedSpan]:
    begin = int(event["start"])
    return [
        MarkedSpan(span.kind, span.start + begin, span.end + begin, span.title)
        for span in facts.quote_spans(event)
        if span.kind == "trigger"
    ]


def _about(row: Row, events: pd.DataFrame, less_sure: int) -> None:
    """What was found in the article, and how its publication date was found."""
    found = count("{n} event", "{n} events", len(events))
    if less_sure:
        found += " · " + certainty.left_out(less_sure)
    st.html(f'<p class="fr-line">{escaping.escaped(found)}</p>')
    listing.headlines(events, "article", None if len(events) < 8 else 380)
    published.draw(row)
    versions.draw(row)
    left = query().left_out(Filters(), int(row["article_id"]))
    if len(left):
        _left_out(left)
    _reading(row)


def _left_out(left: pd.DataFrame) -> None:
    words = count("{n} piece left out", "{n} pieces left out", len(left))
    with st.expander(words):
        for row in records(left.head(MOST_PIECES)):
            reason, text = _(str(row["reason"])), escaping.shortened(str(row["text"]), 160)
            line = named(reason, quoted(text))
            st.html(f'<p class="fr-small">{escaping.escaped(line)}</p>')
        if len(left) > MOST_PIECES:
            look.note(_("and {n} more").format(n=number(len(left) - MOST_PIECES)))


def _note(note: str) -> str:
    """A note of the loader in words; those that name a language are templates."""
    told = re.fullmatch(r"no language model for '([a-z]{2,3})': .*", note)
    if told is None:
        return note_in_words(note, current())
    words = _("No language model is installed for {languages}: read by rules, less surely.")
    return words.format(languages=names.language_in_text(told.group(1)))


def _reading(row: Row) -> None:
    lines: list[str] = [facts.retrieved_line(row), *(_note(str(note)) for note in row["notes"])]
    if int(row["revision"]) > 1:
        times = int(row["revision"]) - 1
        lines.append(count("Read again {n} time.", "Read again {n} times.", times))
    shown = "<br>".join(escaping.escaped(line) for line in lines)
    st.html(f'<p class="fr-head">{_("How it was read")}</p><p class="fr-small">{shown}</p>')
    original.draw(int(row["article_id"]))


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw, filtered=False, empty=loading.draw)
