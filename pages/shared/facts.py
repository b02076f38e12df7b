"""One event in words: line, date and how it was derived, differences between reports.

`row` is one row of EVENT_COLUMNS as a mapping. All text is plain; whoever shows it escapes it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from events import wording
from events.bounds_words import reason_in_words
from events.difference_words import day_words
from events.headline import capitalised, headline_of, is_of_its_sentence, mode_name
from events.ontology import MODES, definition
from events.publication import published_words
from pages.shared.marked import MarkedSpan
from pages.shell import names
from pages.shell.language import _, current, label, named, quoted

Row = Mapping[str, Any]


def date_of(value: object) -> dt.date | None:
    """A table's day as a date, None for NaT."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return pd.Timestamp(value).date()  # type: ignore[arg-type]


def when(row: Row, short: bool = False) -> str:
    """The date of the event, as precise as it is known, with the time if one is written; of an
    undated one what bounds it."""
    text = day_words(row, current(), short)
    time = _time_of_day(str(row["time"]))
    return f"{text}, {time} {row['zone']}".rstrip() if time else text


def _is_dated(row: Row) -> bool:
    return date_of(row["first"]) is not None or date_of(row["last"]) is not None


def _time_of_day(time: str) -> str:
    """A time as written; parts of the day (TIMEX3) in words."""
    words = {
        "MO": _("morning"),
        "MI": _("midday"),
        "AF": _("afternoon"),
        "EV": _("evening"),
        "NI": _("night"),
        "DT": _("daytime"),
    }
    return words.get(time, time)


def who(row: Row) -> str:
    """Acting and affected actors: "Russia → Ukraine"; "" where none is known."""
    sources, targets = side(row, "sources"), side(row, "targets")
    if sources and targets:
        return f"{sources} → {targets}"
    return sources or (f"→ {targets}" if targets else "")


def side(row: Row, name: str) -> str:
    """The actors of one side, "sources" or "targets"; "" where none is known."""
    return ", ".join(names.actor(code) for code in row[name])


def what(row: Row) -> str:
    """Mode of the event ("Ceasefire"), else its type, with its status, or that of its story, unless
    that is "reported"."""
    mode = mode_name(str(row["type"]), str(row["mode"]), current())
    type_name = capitalised(mode) or label(str(row["type"]))
    status = str(row.get("story_status", row["status"]))
    return type_name if status == "reported" else f"{type_name} ({label(status).lower()})"


def meaning(row: Row) -> str:
    """What the type of the event, and its mode where there is one, means (PLOVER)."""
    code, mode = str(row["type"]), str(row["mode"])
    if not code:  # a coder's type that Frise has not
        return str(row["source_type"])
    told = [named(label(code), definition(code, current()))]
    if mode in MODES.get(code, ()):
        told.append(named(mode, definition(code, current(), mode)))
    return " ".join(told)


def headline(row: Row) -> str:
    """The event in one line, in the reader's language."""
    return headline_of(row, current())


def made_of_fields(row: Row) -> str:
    """That the headline is not of the event's sentence, which is in another language; else ""."""
    if is_of_its_sentence(row, current()) or str(row["lang"]) == current():
        return ""
    told = _("Headline made of the event's fields; its sentence is in {language}.")
    return told.format(language=wording.language_in_text(str(row["lang"]), current()))


def class_line(row: Row) -> str:
    """Class, status and place: the small words under a headline."""
    return " · ".join(part for part in (what(row), names.place_of(row), coded_by(row)) if part)


def coded_by(row: Row) -> str:
    """Who coded the event and as what; "" where it was read from an article."""
    if not row["coder"]:
        return ""
    told = _("coded by {coder}: {type}")
    return told.format(coder=row["coder"], type=row["source_type"])


def beginning(row: Row, length: int = 110) -> str:
    """The start of the quote, for lists."""
    from pages.shell.escaping import shortened

    return shortened(" ".join(str(row["quote"]).split()), length)


def derivation(row: Row) -> str:
    """How the date was found, in one sentence."""
    words, basis = str(row["date_text"]), str(row["date_basis"])
    if not _is_dated(row):
        reasons = [reason_in_words(reason, current()) for reason in row["bounds_reasons"]]
        return " ".join(
            [_("The article gives no date for this event."), _sentence(reasons)]
        ).strip()
    published = published_words(row, current())
    told = quoted(words) if words else _("no words of its own")
    if basis == "relative" and published:
        text = _("{words}, counted from the publication on {published}, gives {when}.")
    elif basis == "anaphoric":
        text = _("{words}, counted from a date told before it, gives {when}.")
    elif basis == "story":
        text = _("The story's own day: told as news of {when}, with no word for the day.")
    elif basis == "corrected":
        return _("Given by hand.")
    elif basis == "inferred":
        text = _("Inferred: {words} gives {when}.")
    else:
        text = _("{words}, written in the article, gives {when}.")
    return text.format(words=told, published=published, when=when(row))


def _sentence(parts: Sequence[str]) -> str:
    """Parts as one sentence; "" of none."""
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def published_line(row: Row) -> str:
    """Outlet and publication date, with where the date comes from when it was not given."""
    source = str(row["source"]) or _("outlet unknown")
    published = published_words(row, current())
    if not published:
        return f"{source} · " + _("publication date unknown")
    text = f"{source} · {published}"
    if row["published_basis"] == "inferred":
        text += " " + _("(inferred)")
    return text


def retrieved_line(row: Row) -> str:
    """When the article was loaded."""
    if row["retrieved"] is None or pd.isna(row["retrieved"]):
        return _("loaded at an unknown time")
    return _("loaded {moment}").format(moment=moment(row["retrieved"]))


def moment(value: object) -> str:
    """A moment of a table in the reader's words."""
    return wording.format_moment(pd.Timestamp(value).to_pydatetime(), current())  # type: ignore[arg-type]


def kind_names() -> dict[str, str]:
    """Kind of mark in a text -> its name for the reader."""
    return {
        "date": _("date"),
        "place": _("place"),
        "actor": _("actor"),
        "trigger": _("words of the act"),
        "event": _("sentence of an event"),
        "unreal": _("denied, supposed or asked: no event"),
        "noise": _("part of the page, not of the article"),
    }


def quote_spans(row: Row) -> list[MarkedSpan]:
    """The marks inside the quote, offsets counted from its first character."""
    begin, part = int(row["start"]), row["part"]
    titles = kind_names()
    return [
        MarkedSpan(kind, start - begin, end - begin, titles.get(kind, kind))
        for kind, where, start, end in _json_list(row["spans"])
        if where == part
    ]


def reasons(row: Row) -> tuple[list[str], list[str]]:
    """What speaks for the event and what against it, translated, without the weights."""
    sides: tuple[list[str], list[str]] = ([], [])
    for reason in row["reasons"]:
        words, bracket, weight = str(reason).rpartition(" (")
        sides[weight.startswith("-")].append(_(words if bracket else str(reason)))
    return sides


def place_share(row: Row) -> str:
    """How sure the place of the event is, as a percentage; "" where there is none."""
    share = row["place_confidence"]
    return "" if pd.isna(share) else wording.format_share(float(share), current())


def place_reasons(row: Row) -> list[str]:
    """Why the place of the event is as sure as it is, translated."""
    return [_(str(reason)) for reason in row["place_reasons"]]


def tellings(row: Row) -> list[tuple[str, str, int, int]]:
    """Other mentions of the event in the same article: quote, part, start, end."""
    return [(str(q), str(p), int(s), int(e)) for q, p, s, e in _json_list(row["also"])]


def attributes(row: Row) -> list[tuple[str, str, str]]:
    """Further facts of the clause: name, value, words (casualties, weapons, amounts)."""
    return [(str(n), str(v), str(w)) for n, v, w in _json_list(row["attributes"])]


def _json_list(value: object) -> list[list[Any]]:
    try:
        found = json.loads(str(value or "[]"))
    except ValueError:
        return []
    return found if isinstance(found, list) else []
