"""One line for an event: its own headline in the reader's language, else one made of its fields.

A line of fields is a sentence where the language has the words for it ("Russia attacks Ukraine with
188 drones in Dnipro", events/headline_sentence.py), else the parties and the act as a noun. No such
line is a class alone: where nothing else is known, it gives words of the sentence in quotation
marks; where these are in another language than the reader's, the parties and the noun come first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from events import registry
from events.geography import country_name, place_name
from events.headline_fields import (
    MOST,
    Attributes,
    Fields,
    act_noun,
    capitalised,
    denies,
    is_doubted,
    killed,
    likely,
    mode_name,
    status_mark,
    words_of,
)
from events.headline_sentence import is_of_one, sentence
from events.sentence_names import has_sentences
from events.wording import quoted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST", "Fields", "capitalised", "from_fields", "headline_of", "mode_name", "under"]
FIELDS_OF_CERTAINTY = ("sources", "targets", "place")
_MARKS = re.compile(r"[,;:—–(] ?")
_SPACE = re.compile(r" ")
# "TEL-AVIV/KHAN YOUNÈS - ", "NEW YORK (AP) — " before a sentence, not "IRAN – Israel struck"
_SLUG = re.compile(
    r"^(?:[A-ZÀ-Ý][A-ZÀ-Ý'’. -]{2,40}/[A-ZÀ-Ý'’. -]{2,40}|"
    r"[A-ZÀ-Ý][A-ZÀ-Ý'’. -]{2,40}(?:, [^-–—]{2,40}| \([^)]{2,30}\))) ?[-–—] (?=[A-ZÀ-Ý«“\"\d])"
)
_QUOTES = '"“«‘ \u00a0'  # marks that would stand twice

Row: TypeAlias = "Mapping[Any, Any] | pd.Series"  # an event row, by the names of EVENT_COLUMNS


def headline_of(row: Row, lang: str) -> str:
    """The headline of an event row (EVENT_COLUMNS) in the reader's language: that of its sentence
    where that is in this language, else one made of its fields."""
    if is_of_its_sentence(row, lang):
        return str(row["headline"])
    return from_fields(_fields(row, lang), lang)


def _fields(row: Row, lang: str) -> Fields:
    place = place_name(
        str(row["place_id"]), str(row["place_name"]), str(row["place_country"]), lang
    )
    return Fields(
        str(row["type"]),
        str(row["mode"]),
        str(row["status"]),
        (row["sources"], row["targets"]),
        place if row["place_name"] else "",
        _listed(row["attributes"]),
        str(row["quote"]),
        str(row.get("place_kind", "")),
        str(row["place_country"]),
        str(row.get("attributed_to", "")),
        _trigger(row),
        str(row.get("lang", "")),
        certainty={name: row.get(f"certainty_{name}") for name in FIELDS_OF_CERTAINTY},
    )


def _trigger(row: Row) -> str:
    """The words of the act, from the marked spans of the row; "" where none are marked."""
    start = row.get("start", 0)
    quote, at = str(row["quote"]), int(start) if start == start else 0  # NaN: of another coder
    told = (s for s in _listed(row.get("spans")) if s[0] == "trigger" and s[1] == row["part"])
    return next((quote[int(s[2]) - at : int(s[3]) - at] for s in told), "")


def headline_without_status(row: Row, lang: str) -> str:
    """The headline of an event row for where its status is told beside it: one of the fields names
    the status itself, whether it was stored so or is made now. What is planned or denied is not
    told as done there either."""
    kept = row["status"] if row["status"] in ("planned", "denied") else "reported"
    line = headline_of({**row, "status": kept}, lang)
    return line.removesuffix(status_mark(str(row["status"]), lang))


def headline_of_plan(row: Row, lang: str) -> str:
    """The headline of an announced act under a heading that says so: a verb that tells a plan stays
    ("Israel plans to withdraw forces": "withdraws" would be done), a mark behind the line falls."""
    return headline_of(row, lang).removesuffix(status_mark("planned", lang))


def is_of_its_sentence(row: Row, lang: str) -> bool:
    """Whether the event has a headline of its own in that language."""
    return bool(row["headline"]) and row["headline_lang"] == lang


def from_fields(fields: Fields, lang: str) -> str:
    """A headline of the fields in a language."""
    known = _with_names(likely(fields), lang)
    if not fields.type or not has_sentences(lang) or _is_untold(known, lang):
        return _as_nouns(known, lang)
    is_foreign = fields.quote_lang not in ("", lang)
    nouns = _short_nouns(known, lang) if is_foreign else ""
    return sentence(known, lang) or nouns or _as_quote(known, lang) or _as_nouns(known, lang)


def _short_nouns(fields: Fields, lang: str) -> str:
    """The parties or the place and the act as a noun, for a reader of another language than the
    sentence's; "" where nothing but a class is known, or no such line fits a headline."""
    placeless = replace(fields, place="")
    known = [each for each in (fields, placeless) if any(each.parties) or each.place]
    lines = (_as_nouns(each, lang) for each in known)
    return next((line for line in lines if len(line) <= MOST), "")


def _with_names(fields: Fields, lang: str) -> Fields:
    """The fields without the parties that have no name."""
    sides = (tuple(c for c in side if registry.name(c, lang).strip()) for side in fields.parties)
    doers, targets = sides
    return replace(fields, parties=(doers, targets))


def _is_untold(fields: Fields, lang: str) -> bool:
    """Whether a sentence would say more than is told: that an act was done which is doubted or
    which nobody that is known denies, or done to many where it may be one."""
    is_denied = fields.status == "denied" and not fields.teller
    return is_denied or is_doubted(fields) or is_of_one(fields, lang)


def _as_nouns(fields: Fields, lang: str) -> str:
    """ "Russland, Ukraine: Angriff, Dnipro": of a language without sentences of fields, and of an
    act that its sentence does not tell as done."""
    if not fields.type:  # of a coder whose type Frise has not
        return around(fields.quote, fields.trigger)
    names = [_party(code, lang) for side in fields.parties for code in side]
    told = ", ".join(dict.fromkeys(names[:3]))
    act = act_noun(fields.type, fields.mode, lang, fields.trigger)
    place = fields.place if fields.place not in told else ""
    rest = ", ".join(part for part in (act, killed(fields, lang), place) if part)
    if told:
        rest = under(capitalised(told), rest, lang)
    elif rest == act:
        rest = _of_words(fields, act, lang)
    return capitalised(rest) + status_mark(fields.status, lang)


def _of_words(fields: Fields, act: str, lang: str) -> str:
    """Words of the sentence around the act, in quotation marks; under the noun of the act where
    they are in another language than the reader's."""
    room = MOST - len(status_mark(fields.status, lang)) - len(quoted("", lang))
    noun = capitalised(act) if fields.quote_lang not in ("", lang) else ""
    room -= len(under(noun, "", lang)) if noun else 0
    found = around(fields.quote, fields.trigger, room)
    front = fields.quote.partition(fields.trigger)[0] if found.startswith("…") else ""
    if denies(front, fields.quote_lang or lang):
        found = beginning(_sentence(fields.quote), room)
    words = quoted(found, lang)
    return under(noun, words, lang) if noun else words


def _as_quote(fields: Fields, lang: str) -> str:
    """The beginning of the sentence with the words of the act, in quotation marks, under a party's
    name; "" where they stand too far behind."""
    code = next((code for side in fields.parties for code in side), "")
    name = capitalised(_party(code, lang)) if code else ""
    mark = status_mark(fields.status, lang)
    room = MOST - len(under(name, "", lang) if name else "") - len(mark) - len(quoted("", lang))
    text = _sentence(fields.quote).lstrip(_QUOTES)
    if text.find(fields.trigger) + len(fields.trigger) >= room - 2:
        return ""
    words = quoted(beginning(text, room - 2), lang)
    return (under(name, words, lang) if name else words) + mark


def under(name: str, line: str, lang: str) -> str:
    """A line under the name of a party: "Haiti: the airport was closed"."""
    return words_of("joint", lang).format(parties=name, act=line)


def _sentence(quote: str) -> str:
    """The words of a sentence without the dateline before it."""
    return _SLUG.sub("", " ".join(quote.split()))


def beginning(quote: str, most: int = 60) -> str:
    """The first words of a sentence, as words that were cut off."""
    text = " ".join(quote.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def around(quote: str, act: str, most: int = 60) -> str:
    """The words of a sentence around those of the act, as words that were cut off: "… had accused
    the minister of a masquerade"; its beginning, where that has them."""
    text = _sentence(quote)
    at = max(text.find(act), 0) if act else 0
    if at + len(act) <= most - 2:
        return beginning(text, most)
    text = text.rstrip(".")
    marks = [m.end() for m in _MARKS.finditer(text, max(0, at + len(act) - most + 4), at)]
    last = len(text) - most + 1  # from here on all fits
    near = last if last <= at else at - most // 2
    starts = marks or [m.end() for m in _SPACE.finditer(text, max(0, near), at)] or [at]
    to_its_end = [start for start in starts if len(text) - start <= most - 2]
    start = min(to_its_end) if to_its_end else starts[-1 if marks else 0]
    rest = text[start:]
    return "… " + (rest if len(rest) <= most - 2 else beginning(rest, most - 4))


def _party(code: str, lang: str) -> str:
    told = " ".join(registry.name(code, lang).split()) or code
    return country_name(code, lang) if told == code else told


def _listed(told: object) -> Attributes:
    """A list that a column holds as JSON; [] of what is none."""
    try:
        found = json.loads(str(told or "[]"))
    except ValueError:
        return []
    return found if isinstance(found, list) else []
