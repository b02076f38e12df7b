"""Values of the declared filters in words, in the reader's language."""

from __future__ import annotations

import datetime as dt

from events import geography, registry, wording
from events.certainty import ENOUGH, reading
from events.coders import ANYBODY, PASSABLE, READ
from events.filter_days import SURELY
from events.filter_kind import AllFilters


def period(filters: AllFilters, lang: str) -> str:
    """The from and to days as one interval, with the words "surely within"."""
    if not filters.in_days:
        return ""
    told = wording.format_interval(
        filters.date_from,
        filters.date_to,
        "span",
        lang,
        open_start=filters.date_from is None,
        open_end=filters.date_to is None,
    )
    return f"{told} ({surely_within(filters.within, lang)})" if filters.within == SURELY else told


def surely_within(within: str, lang: str) -> str:
    return wording.translator(lang)("surely in these days")


def from_day(day: dt.date, lang: str) -> str:
    _ = wording.translator(lang)
    return _("from {day}").format(day=_short(day, lang))


def to_day(day: dt.date, lang: str) -> str:
    _ = wording.translator(lang)
    return _("to {day}").format(day=_short(day, lang))


def as_of_day(day: dt.date, lang: str) -> str:
    _ = wording.translator(lang)
    return _("as of {day}").format(day=_short(day, lang))


def _short(day: dt.date, lang: str) -> str:
    return wording.format_day(day, "day", lang, short=True)


def actor(code: str, lang: str) -> str:
    return registry.name(code, lang)


def level_of_actors(filters: AllFilters, lang: str) -> str:
    """The roll-up level of actors in words; "" where no actor is filtered."""
    _ = wording.translator(lang)
    names = {"government": _("governments"), "state": _("states"), "bloc": _("blocs")}
    return names.get(filters.level, "") if filters.actors else ""


def counted_by(level: str, lang: str) -> str:
    _ = wording.translator(lang)
    texts = {"government": _("counted by government"), "state": _("counted by state")}
    return texts.get(level, _("counted by bloc"))


def place(value: str, lang: str) -> str:
    """A country code, a gazetteer id or a name as it stands."""
    if len(value) == 3 and value.isalpha() and value.isupper():
        return geography.country_name(value, lang) or value
    return geography.place_name(value, value, "", lang)


def in_language(code: str, lang: str) -> str:
    _ = wording.translator(lang)
    return _("in {language}").format(language=wording.language_name(code, lang))


def certainty_of_type(filters: AllFilters, lang: str) -> str:
    """From which certainty of their type on events are shown; "" where all are."""
    _ = wording.translator(lang)
    least = wording.format_tenths(reading().threshold, lang)
    return _("at least {share}").format(share=least) if filters.sure == ENOUGH else ""


def less_sure_too(sure: str, lang: str) -> str:
    return wording.translator(lang)("less sure events too")


def coder(name: str, lang: str) -> str:
    """Who told the events: a coder by name, or articles."""
    _ = wording.translator(lang)
    words = {READ: _("read from articles"), ANYBODY: _("read or coded by anybody")}
    return words.get(name, name)


def tagged(name: str, lang: str) -> str:
    return wording.translator(lang)("tag: {name}").format(name=name)


def rights(filters: AllFilters, lang: str) -> str:
    """What is left out for its terms, where that may be something; "" elsewhere."""
    return may_be_passed_on(filters.rights, lang) if filters.rights == PASSABLE else ""


def may_be_passed_on(rights: str, lang: str) -> str:
    return wording.translator(lang)("what may be passed on")


def confidence_from(share: float, lang: str) -> str:
    _ = wording.translator(lang)
    percent = wording.format_number(100 * share, lang)
    return _("confidence from {share}").format(share=f"{percent} %")
