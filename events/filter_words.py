"""Filters said in words, in the reader's language: for subtitles, receipts and title pages."""

from __future__ import annotations

from events import geography, registry, wording
from events.filters import Filters


def in_words(filters: Filters, lang: str) -> str:
    """The filters as one line, ``Actors: Russia · Types: Assault``; a plain word where none."""
    parts = [wording.named(name, value, lang) for name, value in filter_rows(filters, lang)]
    return " · ".join(parts) if parts else wording.translator(lang)("All events, no filter")


def filter_rows(filters: Filters, lang: str) -> list[tuple[str, str]]:
    """(name of the filter, its value in words) of each filter that is on, in a fixed order."""
    _ = wording.translator(lang)
    rows = [
        (_("Period"), _period(filters, lang)),
        (_("Actors"), _listed([registry.name(code, lang) for code in filters.actors])),
        (_("Counted as"), _level(filters, lang)),
        (_("Types"), _listed([wording.label(code, lang) for code in filters.types])),
        (_("Places"), _listed([_place(value, lang) for value in filters.places])),
        (_("Status"), _listed([wording.label(code, lang) for code in filters.statuses])),
        (_("Language of the article"), _listed(list(filters.langs))),
        (_("Words"), wording.quoted(filters.text, lang) if filters.text else ""),
        (_("As of"), wording.format_day(filters.as_of, "day", lang) if filters.as_of else ""),
        (
            _("Confidence at least"),
            wording.format_share(filters.min_confidence, lang) if filters.min_confidence else "",
        ),
    ]
    return [(name, value) for name, value in rows if value]


def _listed(values: list[str]) -> str:
    return ", ".join(values)


def _period(filters: Filters, lang: str) -> str:
    if not (filters.date_from or filters.date_to):
        return ""
    return wording.format_interval(
        filters.date_from,
        filters.date_to,
        "span",
        lang,
        open_start=filters.date_from is None,
        open_end=filters.date_to is None,
    )


def _level(filters: Filters, lang: str) -> str:
    _ = wording.translator(lang)
    names = {"government": _("governments"), "state": _("states"), "bloc": _("blocs")}
    return names.get(filters.level, "") if filters.actors else ""


def _place(value: str, lang: str) -> str:
    """A place of a filter: a country code, a gazetteer id or a name as it stands."""
    if len(value) == 3 and value.isalpha() and value.isupper():
        return geography.country_name(value, lang) or value
    return geography.place_name(value, value, "", lang)
