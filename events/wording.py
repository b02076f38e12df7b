"""Interface text in the reader's language: messages, labels of codes, days, numbers.

English text is in the code; every other language is a gettext catalogue under
``data/locale/<lang>/LC_MESSAGES/frise.po``, read by Babel at start (there is no compiled file).
A missing translation shows the English text; `tests/events/test_wording.py` lists the missing.
"""

from __future__ import annotations

import datetime as dt
import functools
import gettext
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from events.ontology import EVENT_TYPES, QUAD_NAMES

LOCALE_DIR = Path(__file__).resolve().parents[1] / "data" / "locale"
DOMAIN = "frise"
# the locale used for days and numbers of a language: 21 November 2024, not November 21, 2024
_LOCALES = {"en": "en_GB"}

# codes of the event table -> English label (a msgid of the catalogue)
LABELS: dict[str, str] = {
    **{code: known.label for code, known in EVENT_TYPES.items()},
    **{f"quad {quad}": name.capitalize() for quad, name in QUAD_NAMES.items()},
    "reported": "Reported",
    "planned": "Planned",
    "planned, happened": "Planned, happened",
    "claimed, denied": "Claimed, denied",
    "claimed": "Claimed",
    "denied": "Denied",
    "day": "Day",
    "week": "Week",
    "month": "Month",
    "quarter": "Quarter",
    "year": "Year",
    "span": "Span of days",
    "explicit": "written in full",
    "relative": "counted from the publication date",
    "corrected": "given by hand",
    "anaphoric": "counted from a date told before",
    "inferred": "inferred",
    "story": "the story's own day",
    "given": "given with the article",
    "unknown": "unknown",
}


@functools.cache
def languages() -> tuple[str, ...]:
    """Codes of the interface languages: English and every one that has a catalogue."""
    found = sorted(path.parents[1].name for path in LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return ("en", *found)


def best_language(locale: str | None) -> str:
    """The interface language for a browser locale such as ``fr-CA``; English where none fits."""
    code = (locale or "").replace("_", "-").split("-")[0].lower()
    return code if code in languages() else "en"


@functools.cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    path = LOCALE_DIR / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translator(lang: str) -> Callable[[str], str]:
    """``_`` for a language: English text in, the reader's text out."""
    return _catalogue(lang).gettext


def plural_translator(lang: str) -> Callable[[str, str, int], str]:
    """``ngettext`` for a language: (singular, plural, number) -> the form, not yet formatted."""
    return _catalogue(lang).ngettext


def label(code: str, lang: str) -> str:
    """A code of the event table (type, status, precision, basis, "quad 4") as readers see it."""
    english = LABELS.get(code)
    return translator(lang)(english) if english else code


def locale_of(lang: str) -> str:
    """The Babel locale for days and numbers in a language; English where Babel knows none."""
    name = _LOCALES.get(lang, lang)
    return name if _known(name) else "en_GB"


@functools.cache
def _known(name: str) -> bool:
    try:
        Locale.parse(name)
    except (ValueError, LookupError):
        return False
    return True


def format_day(day: dt.date | None, precision: str, lang: str, short: bool = False) -> str:
    """One day as its precision allows: ``21 November 2024``, ``November 2024``, ``2024``.

    `day` is the first day of the interval that `precision` names; "" or "span" read as a day.
    None (or NaT) gives "undated". `short` writes ``21 Nov 2024`` (for axes and narrow columns).
    """
    _ = translator(lang)
    if day is None or day != day:
        return _("undated")
    locale = locale_of(lang)
    month = "MMM" if short else "MMMM"
    if precision == "year":
        return f"{day.year:04d}"
    if precision == "quarter":
        return str(format_skeleton("yQQQ", day, locale=locale))
    if precision == "month":
        return str(format_date(day, f"{month} y", locale=locale))
    text = _ordinal(day, f"{month} y", lang)
    return _("week of {day}").format(day=text) if precision == "week" else text


@functools.lru_cache(8192)  # charts write the same days thousands of times
def _ordinal(day: dt.date, pattern: str, lang: str) -> str:
    """Day number and the rest; in French the first of a month is written as an ordinal (1er)."""
    rest = format_date(day, pattern, locale=locale_of(lang))
    return translator(lang)("1 {month}").format(month=rest) if day.day == 1 else f"{day.day} {rest}"


def format_interval(
    first: dt.date | None,
    last: dt.date | None,
    precision: str,
    lang: str,
    short: bool = False,
    open_start: bool = False,
    open_end: bool = False,
) -> str:
    """An event date in words: ``18-21 November 2024``, ``since 3 March 2022``, ``2023``."""
    _ = translator(lang)
    missing_first = first is None or first != first
    missing_last = last is None or last != last
    if missing_first and missing_last:
        return _("undated")
    if precision in ("year", "quarter", "month", "week") and not (missing_first or open_end):
        return format_day(first, precision, lang, short)
    if missing_last or open_end:
        return _open(_("since {day}"), _("since {period}"), first, precision, lang, short)
    if missing_first or open_start:
        return _open(_("until {day}"), _("until {period}"), last, precision, lang, short)
    if first == last:
        return format_day(first, "day", lang, short)
    assert first is not None
    assert last is not None
    return _range(first, last, lang, short)


def _open(
    of_day: str, of_period: str, day: dt.date | None, precision: str, lang: str, short: bool
) -> str:
    """An interval with one end; a month or a year stays a month or a year."""
    if precision in ("year", "quarter", "month"):
        return of_period.format(period=format_day(day, precision, lang, short))
    return of_day.format(day=format_day(day, "day", lang, short))


def _range(first: dt.date, last: dt.date, lang: str, short: bool) -> str:
    """Two days with the parts they share (month, year) written once."""
    month = "MMM" if short else "MMMM"
    if (first.year, first.month) == (last.year, last.month):
        start = (
            translator(lang)("1 {month}").format(month="").strip() if first.day == 1 else first.day
        )
        return f"{start}–{format_day(last, 'day', lang, short)}"
    if first.year == last.year:
        start = _ordinal(first, month, lang)
        return f"{start} – {format_day(last, 'day', lang, short)}"
    return f"{format_day(first, 'day', lang, short)} – {format_day(last, 'day', lang, short)}"


def format_moment(moment: dt.datetime | None, lang: str) -> str:
    """A moment with its zone, ``21 Nov 2024, 14:05 UTC``; "unknown" where there is none."""
    if moment is None or moment != moment:
        return label("unknown", lang)
    zone = moment.strftime("%Z")
    text = format_datetime(moment, "d MMM y, HH:mm", tzinfo=moment.tzinfo, locale=locale_of(lang))
    return f"{text} {zone}".strip()


@functools.lru_cache(maxsize=16_384)  # Babel takes 60 µs; a chart asks for the same few again
def format_number(number: float, lang: str, digits: int = 0) -> str:
    """A number with the reader's separators, rounded to `digits` decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(number, format=pattern, locale=locale_of(lang)))


def format_short(number: int, lang: str) -> str:
    """A large number in few characters: ``27K``, ``2.6K``; French ``27 k``."""
    digits = 1 if number < 10_000 else 0
    locale = locale_of(lang)
    return str(format_compact_decimal(number, locale=locale, fraction_digits=digits))


def named(name: str, value: object, lang: str) -> str:
    """A name and its value; French has a no-break space before the colon."""
    return translator(lang)("{name}: {value}").format(name=name, value=value)


def listed(parts: Iterable[str], lang: str) -> str:
    """Parts of one sentence; French has a no-break space before the semicolon."""
    return translator(lang)("; ").join(parts)


def quoted(text: str, lang: str) -> str:
    """Quoted text between the quotation marks of the reader's language."""
    return translator(lang)("“{words}”").format(words=text)


def format_share(share: float, lang: str) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return str(format_percent(share, locale=locale_of(lang)))


def format_tenths(share: float, lang: str) -> str:
    """A share from 0 to 1 in words, in whole tenths: ``8 in 10``."""
    return translator(lang)("{n} in 10").format(n=format_number(10 * share, lang))


def language_name(code: str, lang: str) -> str:
    """Name of a language: "fr" is "French" to an English reader; the code where unknown."""
    return language_in_text(code, lang).capitalize()


def language_in_text(code: str, lang: str) -> str:
    """The same as it is written within a sentence: "anglais", "English"."""
    return str(Locale.parse(locale_of(lang)).languages.get(code, code))
