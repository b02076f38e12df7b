"""The publication date of an article: what is known, and the reader's own choice.

If it is not given, the inferred date is shown with its evidence and alternatives. A date chosen by
the reader counts as given: the article is resolved again from its stored text.
"""

from __future__ import annotations

import datetime as dt
import json

import streamlit as st

from events import wording
from events.evidence_words import evidence_in_words
from pages.articles_parts import loading
from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import escaping
from pages.shell.language import _, current, day, label, listed


def alternatives(row: Row) -> list[tuple[dt.date, float]]:
    """Other possible days, the most certain first."""
    try:
        found = [
            (dt.date.fromisoformat(d), float(c))
            for d, c in json.loads(row["published_alternatives"])
        ]
    except (ValueError, TypeError):
        return []
    return sorted(found, key=lambda pair: -pair[1])


def words(row: Row) -> str:
    """The publication date and its basis in one line."""
    when = facts.date_of(row["published"])
    if when is None:
        return _("The publication date is unknown: weekdays and “yesterday” stay undated.")
    shown = day(when, str(row["published_precision"]) or "day")
    basis = label(str(row["published_basis"]))
    share = wording.format_share(float(row["published_confidence"]), current())
    if row["published_basis"] == "given":
        return _("Published {day}, {basis}.").format(day=shown, basis=basis)
    text = _("Published {day}, {basis}, confidence {share}.")
    return text.format(day=shown, basis=basis, share=share)


def draw(row: Row) -> None:
    """Draw the date and its basis, and a form to correct it."""
    st.html(
        f'<p class="fr-head">{escaping.escaped(_("Publication date"))}</p>'
        f'<p class="fr-small">{escaping.escaped(words(row))}</p>'
    )
    told = [evidence_in_words(str(line), current()) for line in row["published_evidence"]]
    lines = [escaping.escaped(line) for line in told]
    if lines and row["published_basis"] != "given":
        st.html("".join(f'<p class="fr-small">{line}</p>' for line in lines))
    if row["published_basis"] == "given":
        with st.expander(_("Correct it")):
            _choice(row)
    else:
        _choice(row)


def _choice(row: Row) -> None:
    """Alternatives as buttons, any other day by the calendar."""
    others = alternatives(row)[:4]
    # of an unknown date only years are known, which cannot be chosen as a day
    precision = "year" if row["published_basis"] == "unknown" else str(row["published_precision"])
    said = [
        (when, f"{day(when, precision, short=True)} · {wording.format_share(share, current())}")
        for when, share in others
    ]
    if said and precision in ("year", "quarter", "month"):
        told = _("Likeliest: {list}.").format(list=listed(text for _when, text in said))
        st.html(f'<p class="fr-small">{escaping.escaped(told)}</p>')
        said = []
    with st.container(horizontal=True, gap="xsmall"):
        for when, text in said:
            st.button(
                escaping.plain(text), key=f"published_{when}", on_click=_take, args=(row, when)
            )
    key = f"published_day_{row['article_id']}"
    chosen = st.date_input(
        _("It was published on"),
        value=facts.date_of(row["published"]),
        key=key,
        min_value=dt.date(1500, 1, 1),
        max_value=dt.date.today() + dt.timedelta(days=1),
        format="DD/MM/YYYY",
    )
    st.button(
        _("Use this date and read the article again"),
        key="published_use",
        disabled=not isinstance(chosen, dt.date),
        on_click=_take,
        args=(row, chosen),
    )


def _take(row: Row, when: dt.date) -> None:
    loading.resolve_again(row, when)
