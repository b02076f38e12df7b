"""The evidence panel, the same on every page: what an event rests on.

The headline, its sentence with the words marked, who else reports it and who contradicts, outlet,
date and link; then how sure each part is, why (folded), and what persons changed or may change.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from events import wording
from events.certainty_words import least_sure
from events.model import PLACE_SURE
from events.ontology import QUAD_COLOURS
from pages.shared import (
    certainties,
    correction,
    decision,
    edit_history,
    facts,
    grades,
    noted,
    original,
    story,
)
from pages.shared.facts import Row
from pages.shared.marked import legend, marked
from pages.shell import escaping, link
from pages.shell.language import _, current, label, named, quoted
from pages.shell.store_access import one, query


def choose(event_id: int | None) -> None:
    """Show the evidence of an event; None closes the panel."""
    link.set_view("event", event_id)


def chosen() -> Row | None:
    """The event of the panel: the one in the link, if the store has it."""
    event_id = link.view_id("event")
    if event_id is None:
        return None
    row = one(query().event_or_rejected(event_id))
    if row is None:
        choose(None)
        st.toast(_("The event of this link is not in the store."))
    return row


def panel(row: Row, on_articles_page: bool = False) -> None:
    """Draw the evidence of one event."""
    with st.container(key="frise_evidence"):
        _head(row)
        decision.ask()
        st.html(_quote(row))
        noted.draw(row)
        story.section(row, choose)
        st.html(_origin(row))
        original.draw(int(row["article_id"]), int(row["start"]), str(row["part"]))
        _to_article(row, on_articles_page)
        grades.draw(row)
        certainties.draw(row)
        _why(row)
        edit_history.draw(row)
        correction.draw(row, is_rejected(row))
        story.corrections(row)


def _head(row: Row) -> None:
    line, close = st.columns([10, 1.6], vertical_alignment="top")
    status = str(row["status"])
    marks = [label(status), least_sure(row, current())]
    if is_rejected(row):
        marks = [_("no event")]
    mark = "".join(f' <span class="fr-status">{escaping.escaped(m)}</span>' for m in marks if m)
    fields = facts.made_of_fields(row)
    note = f'<p class="fr-small">{escaping.escaped(fields)}</p>' if fields else ""
    line.html(
        f'<p class="fr-line">{escaping.escaped(facts.headline(row))}</p>'
        f'<p class="fr-when">{escaping.escaped(facts.when(row))}{mark}</p>'
        f'<p class="fr-small" title="{escaping.escaped(facts.meaning(row))}">'
        f"{escaping.escaped(_parties_and_class(row))}</p>{note}"
    )
    close.button("×", key="evidence_close", help=_("Close"), on_click=choose, args=(None,))


def _parties_and_class(row: Row) -> str:
    """Who, to whom, of which class, where: the fields under the headline."""
    parts = (facts.who(row) or _("Actor not named"), facts.class_line(row))
    return " · ".join(parts)


def _quote(row: Row) -> str:
    colour = QUAD_COLOURS.get(int(row["quad"]), "#8A939B")
    spans = facts.quote_spans(row)
    words = marked(str(row["quote"]), spans)
    key = legend(spans, facts.kind_names())
    lang = escaping.escaped(str(row["lang"]))
    return (
        f'<blockquote class="fr-quote" lang="{lang}" style="--fr-quad: {colour}">{words}'
        f"</blockquote>{key}"
    )


def _to_article(row: Row, on_articles_page: bool) -> None:
    if on_articles_page and link.view_id("article") == int(row["article_id"]):
        return
    words = _("Read the whole row") if row["coder"] else _("Read it in the article")
    if st.button(words, key="evidence_article", width="stretch"):
        link.set_view("article", int(row["article_id"]))
        st.switch_page("pages/articles.py")


def is_rejected(row: Row) -> bool:
    """Whether a person said that it is no event."""
    return int(row["event_id"]) in set(query().rejected_events()["event_id"])


def _why(row: Row) -> None:
    """Folded: how date and place were found, what speaks for and against it, other answers."""
    with st.expander(_("Why?")):
        st.html(
            _section(_("How the date was found"), [facts.derivation(row)])
            + _placed(row)
            + _sureness(row)
            + _section(_("Other answers"), certainties.other_answers(row))
            + _tellings(row)
            + _facts(row)
        )


def _placed(row: Row) -> str:
    """Why the place; nothing where the event has none."""
    if not facts.place_share(row):
        return ""
    sure = float(row["place_confidence"]) >= PLACE_SURE
    head = _("How the place was found") if sure else _("Why the place is doubtful")
    return _section(head, facts.place_reasons(row))


def _tellings(row: Row) -> str:
    quotes = [quoted(quote) for quote, *_rest in facts.tellings(row)]
    return _section(_("Told again in the same article"), quotes)


def _facts(row: Row) -> str:
    return _section(
        _("Also told"),
        [
            named(_(name), value if value == words else f"{value} ({words})")
            for name, value, words in facts.attributes(row)
        ],
    )


def _sureness(row: Row) -> str:
    """What speaks for and against it, and how often such events were right in everything."""
    if row["coder"]:
        told = _("The row of the table is the evidence; its coder gives no share of certainty.")
        return _section(_("Coded by {coder}").format(coder=row["coder"]), [told])
    speaks_for, against = facts.reasons(row)
    share = wording.format_share(float(row["confidence"]), current())
    right = _("Of such events checked by hand, {share} were right in type, parties and day.")
    measured = [] if row["edited"] or _is_unmeasured(row) else [right.format(share=share)]
    told = _section(_("What speaks for it"), speaks_for)
    told += _section(_("What speaks against it"), against)
    return told + _section(_("Right in everything"), measured)


def _is_unmeasured(row: Row) -> bool:
    """Whether words alone told it: how often such events are right was not measured."""
    return bool(pd.isna(row["certainty_type"]))


def _origin(row: Row) -> str:
    """Outlet, date of publication, title, link, and when it was loaded."""
    lines = [escaping.escaped(facts.published_line(row)), escaping.escaped(str(row["title"]))]
    if row["url"]:
        lines.append(escaping.address_html(str(row["url"])))
    lines.append(escaping.escaped(facts.retrieved_line(row)))
    return f'<p class="fr-head">{escaping.escaped(_("Where it comes from"))}</p>' + "".join(
        f'<p class="fr-small">{line}</p>' for line in lines if line
    )


def _section(head: str, lines: Sequence[str]) -> str:
    """A small list with a heading; nothing if there are no lines."""
    if not lines:
        return ""
    shown = [escaping.escaped(line) for line in lines if line]
    items = "".join(f"<li>{line}</li>" for line in shown)
    body = f'<p class="fr-small">{shown[0]}</p>' if len(shown) == 1 else ""
    body = body or (f'<ul class="fr-list">{items}</ul>' if items else "")
    return f'<p class="fr-head">{escaping.escaped(head)}</p>{body}'
