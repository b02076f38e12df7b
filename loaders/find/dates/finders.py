"""Finders: from the sentences of a document to date expressions, with the words as data.

Method: the forms (regular expressions) of a language's grammar run over each sentence with their
cue words; the longest match wins, and context words refine it: a range, an open side, start or
end, a part of the day, a time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from loaders.find.dates.context import with_context
from loaders.find.dates.expression import DateExpression, Tense
from loaders.find.dates.figures import in_one_order
from loaders.find.dates.grammar import TOKEN, Form, Grammar, grammar
from loaders.find.dates.stamps import with_stamps
from loaders.find.dates.tense import tense_at
from loaders.text.document import Document, Sentence

_MAX_SENTENCE = 20_000  # a longer one is a table; it is read in pieces
_FIELD_OF = {"season": "fraction", "shift": "direction", "clock": "time"}
_REPEATED = re.compile(r"__\d+$")
_MEANINGS = (
    "unit",
    "amount",
    "anchor",
    "direction",
    "year_shift",
    "week_shift",
    "edge",
    "daypart",
    "order",
)
_INTEGERS = ("year", "month", "day", "weekday", "amount", "direction", "year_shift")


def find_expressions(document: Document) -> list[DateExpression]:
    """All date expressions of a document, in reading order; set-aside ones included.

    Offsets count in the part they name. [] for a language without date tables.
    """
    rules = grammar(document.lang)
    if rules is None:
        return []
    found: list[DateExpression] = []
    for sentence in document.sentences:
        found.extend(in_sentence(sentence, rules))
    return with_stamps(in_one_order(found), document)


def in_sentence(sentence: Sentence, rules: Grammar) -> list[DateExpression]:
    """The expressions of one sentence, sorted, non-overlapping."""
    text = sentence.text[:_MAX_SENTENCE]
    cues = _cues_in(text, rules)
    if not cues:
        return []
    raw = [_with_document_offsets(e, sentence) for e in _chosen(_matches(text, cues, rules))]
    read = with_context(raw, sentence, rules)
    return [_with_tense(e, sentence, rules) for e in read]


def _with_tense(e: DateExpression, sentence: Sentence, rules: Grammar) -> DateExpression:
    """Set the tense from the verb; "since last May" is past by itself, "until May" future."""
    if e.tense:
        return e
    if tense := _tense_beside_noun(e, sentence, rules):
        return replace(e, tense=tense)
    tense = tense_at(sentence, e, rules)
    if tense == "past" and e.open_start and e.month is not None:
        return e  # "has been closed until 15 March": the verb does not date the end
    if not tense:
        tense = "future" if e.open_start else "past" if e.open_end else tense
    if not tense and rules.settings.get("present_is_future"):
        tense = "future"
    return replace(e, tense=tense)


def _tense_beside_noun(e: DateExpression, sentence: Sentence, rules: Grammar) -> Tense:
    """The tense of a weekday that modifies a noun ("Sunday's vote"): past, unless words before
    it say that the event is expected; the verb of the sentence does not count.
    """
    owned, awaited = rules.context.get("after_owned"), rules.context.get("before_awaited")
    if e.weekday is None or e.day is not None or owned is None or e.direction is not None:
        return ""
    start, end = e.start - sentence.start, e.end - sentence.start
    if not owned.match(sentence.text, end):
        return ""
    return (
        "future"
        if awaited and awaited.search(sentence.text[max(0, start - 60) : start])
        else "past"
    )


def _cues_in(text: str, rules: Grammar) -> set[str]:
    """Names of the tables with a word in the text; "digit" if there is a digit."""
    cues: set[str] = set()
    for token in TOKEN.findall(text):
        word = token.lower()
        if word in rules.cues:
            cues |= rules.cues[word]
        if word[0].isdigit():
            cues.add("digit")
        elif rules.stems:
            for stem, names in rules.stems:
                if word.startswith(stem):
                    cues |= names
    return cues


_Match = tuple[int, int, Form, re.Match[str]]


def _matches(text: str, cues: set[str], rules: Grammar) -> Iterator[tuple[_Match, Grammar]]:
    for form in rules.forms:
        if form.needs <= cues:
            for found in form.regex.finditer(text):
                if found.end() > found.start():
                    yield (found.start(), found.end(), form, found), rules


def _chosen(matches: Iterable[tuple[_Match, Grammar]]) -> list[DateExpression]:
    """The longest matches that do not overlap; among equals that of the first form."""
    taken: list[tuple[int, int]] = []
    found: list[DateExpression] = []
    ordered = sorted(matches, key=lambda m: (m[0][0] - m[0][1], m[0][2].order, m[0][0]))
    for (start, end, form, match), rules in ordered:
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            found.extend(_read(form, match, rules))
    return sorted(found, key=lambda e: e.start)


def _read(form: Form, match: re.Match[str], rules: Grammar) -> list[DateExpression]:
    """The expressions of one match: one, or the two bounds of a range (groups a and b)."""
    groups = match.groupdict()
    if groups.get("a") is None or groups.get("b") is None:
        one = _expression(form, match, "", rules, match.span())
        if one and one.kind == "night" and groups.get("month_2"):
            into = _expression(form, match, "_2", rules, match.span())
            one = _completed(one, into) if into else None
        return [one] if one else []
    a = _expression(form, match, "", rules, match.span("a"))
    b = _expression(form, match, "_2", rules, match.span("b"))
    if a is None or b is None:
        return []
    b = replace(b, month=b.month or a.month)
    a = _completed(a, b)
    if form.meaning.get("is") != "list" or _adjacent(a, b):
        a, b = replace(a, bound="first", partner=1), replace(b, bound="last", partner=-1)
    return [a, b]


def _completed(a: DateExpression, b: DateExpression) -> DateExpression:
    """The first of two days with the month, year and direction told with the second; "du 30 au
    2 octobre" begins in the month before.
    """
    month, year = a.month or b.month, a.year or b.year
    if a.month is None and b.month and a.day and b.day and a.day > b.day:
        month = b.month - 1 or 12
    if a.year is None and year and month and b.month and month > b.month:
        year -= 1
    direction = b.direction if a.direction is None else a.direction
    return replace(a, year=year, month=month, direction=direction)


def _adjacent(a: DateExpression, b: DateExpression) -> bool:
    """Whether two days of a list follow each other ("les 18 et 19 juin")."""
    return a.day is not None and b.day is not None and a.month == b.month and b.day - a.day == 1


def _expression(
    form: Form, match: re.Match[str], suffix: str, rules: Grammar, span: tuple[int, int]
) -> DateExpression | None:
    """The expression of a match; groups that end in `suffix` give its parts."""
    meaning = form.meaning
    fields: dict[str, Any] = {
        "kind": meaning["is"] if meaning["is"] not in ("list", "range") else "calendar"
    }
    for key in _MEANINGS:
        if key in meaning:
            fields[key] = meaning[key]
    if "reason" in meaning:
        fields["not_event"] = meaning["reason"]
    for group, text in match.groupdict().items():
        name = _REPEATED.sub("", group)
        base = name.removesuffix("_2")
        if text is None or name in ("a", "b") or name.endswith("_2") != bool(suffix):
            continue  # "__2" of a repeated hole: of alternatives one alone has a text
        if not _set_fields(fields, base, text, rules):
            return None
    _sign(fields, meaning)
    if fields["kind"] in ("shift", "span") and not fields.get("unit"):
        return None
    if fields.get("unit") == "T" and fields.get("anchor") == "running":
        fields |= {"kind": "set_aside", "not_event": "duration"}  # "an hour later": the same day
    text = match.string[span[0] : span[1]]
    return DateExpression("text", span[0], span[1], text, sentence=0, paragraph=0, **fields)


def _set_fields(fields: dict[str, Any], name: str, text: str, rules: Grammar) -> bool:
    """Set the fields that a regex group gives; False for an impossible value."""
    if name in ("day", "mm", "year", "year__modern"):
        fields[{"mm": "month"}.get(name, name.split("__")[0])] = int(text)
    elif name == "yy":
        pivot = int(rules.settings.get("pivot", 50))
        fields["year"] = int(text) + (1900 if int(text) >= pivot else 2000)
    elif name == "n":
        value = text if text.isdigit() else rules.value("number", text)
        fields["amount"] = int(value) if value not in ("", "x") else None
        fields["vague"] = fields["amount"] is None
    elif name == "half_day":
        fields[name] = rules.value(name, text)
    elif name in ("hour", "minute"):
        fields[name] = text
    elif name == "word":
        fields |= _word_fields(rules.value("word", text))
    elif name == "century":
        fields["year"] = (int(rules.value("century", text)) - 1) * 100
    elif name == "holiday":
        fields |= _holiday(rules.value("holiday", text))
    elif name == "decade_words":
        fields["year"] = int(rules.value("decade_words", text))
    elif name in ("decade", "decade_yy"):
        number = int(text)
        fields["year"] = number if number > 99 else 1900 + number if number >= 20 else 2000 + number
    elif name == "named_day":
        fields |= _named_day(rules.value(name, text))
    elif name == "ordinal":
        fields["ordinal"] = int(rules.value("ordinal", text))
    else:
        return _set_value(fields, name, rules.value(name, text))
    return True


def _set_value(fields: dict[str, Any], name: str, value: str) -> bool:
    """Set the field that a group is named after to the value from its table."""
    if not value:
        return False
    field = name.split("__")[0]  # "daypart__bare" is another table of the field "daypart"
    key = _FIELD_OF.get(field, field)
    fields[key] = int(value) if key in _INTEGERS else value
    return True


def _holiday(value: str) -> dict[str, Any]:
    """A holiday on a fixed day ("12-25"), or one that moves with Easter ("E+1")."""
    if value[0] in "EO" or "." in value:
        return {"feast": value}
    month, day = value.split("-")
    return {"month": int(month), "day": int(day)}


def _named_day(value: str) -> dict[str, Any]:
    """A day known by its name, with its month and day for articles that are older."""
    day = dt.date.fromisoformat(value)
    return {"named_day": value, "month": day.month, "day": day.day}


def _word_fields(value: str) -> dict[str, Any]:
    """The value of a whole-word date: "D-1" is yesterday, "D+0:EV" tonight, "D-1@" the eve."""
    found = re.fullmatch(r"([A-Z]+)([+-]\d+)(?::([A-Z]{2}))?(@?)", value)
    if found is None:
        raise ValueError(
            f"data/languages: the word value {value!r} is not like D-1, D+0:EV or D-1@"
        )
    fields: dict[str, Any] = {"unit": found[1], "amount": int(found[2])}
    if found[3]:
        fields["daypart"] = found[3]
    if found[4]:
        fields["anchor"] = "running"
    return fields


def _sign(fields: dict[str, Any], meaning: Any) -> None:
    """Apply signs to amounts, and ordinals and times of day, in the fields of an expression."""
    vague = fields.pop("vague", False)
    sign = int(meaning.get("sign", 0))
    if fields.get("amount") is not None and sign:
        fields["amount"] *= sign
    elif vague:
        fields["amount"] = None
        fields["direction"] = sign or fields.get("direction")
    if fields["kind"] in ("shift", "span") and "direction" in fields and "amount" not in fields:
        fields["amount"] = fields["direction"] if fields["kind"] == "shift" else None
    ordinal = fields.pop("ordinal", None)
    if ordinal is not None:
        if fields["kind"] == "decade":
            fields["year"] = (ordinal - 1) * 100
        else:
            fields["fraction"] = f"{fields.pop('unit', 'Q')}{ordinal}"
    _clock(fields)


def _clock(fields: dict[str, Any]) -> None:
    """Hours and minutes as HH:MM; "half_day" (AM, PM) adds twelve hours where it must."""
    hour, minute = fields.pop("hour", None), fields.pop("minute", None)
    half = fields.pop("half_day", "")
    if hour is not None:
        number = int(hour) % 12 + 12 * (half == "pm") if half else int(hour)
        fields["time"] = f"{number:02d}:{int(minute or 0):02d}"


def _with_document_offsets(expression: DateExpression, sentence: Sentence) -> DateExpression:
    """The expression with its offsets moved from the sentence to the document."""
    return replace(
        expression,
        part=sentence.part,
        start=expression.start + sentence.start,
        end=expression.end + sentence.start,
        sentence=sentence.index,
        paragraph=sentence.paragraph,
    )
