"""Phrases that bound an act by another one: "two days before the strike", "since then".

They are data: [[dates.bounds]] of data/languages/<lang>.toml, in the notation of the date forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from loaders.bounds.lag import Side
from loaders.find.dates.grammar import Form, Grammar, grammar
from loaders.text.document import Sentence


@dataclass(frozen=True)
class Phrase:
    """A phrase in a sentence. `start`, `end`: offsets in the part. `anchor`: "named" where the act
    it counts from follows it, "told" where it was told before. unit, amount: of the count, "" and
    None where it has none."""

    start: int
    end: int
    side: Side
    anchor: Literal["named", "told"]
    unit: str
    amount: int | None


def phrases_in(sentence: Sentence, lang: str) -> list[Phrase]:
    """The phrases of a sentence in reading order; of two that overlap, the longer one."""
    rules = grammar(lang)
    if rules is None:
        return []
    found = [
        (match.start(), -match.end(), form.order, _phrase(match, form, sentence, rules))
        for form in rules.bounds
        for match in form.regex.finditer(sentence.text)
    ]
    kept: list[Phrase] = []
    for _start, _end, _order, phrase in sorted(found, key=lambda row: row[:3]):
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept


def _phrase(match: re.Match[str], form: Form, sentence: Sentence, rules: Grammar) -> Phrase:
    told = {**match.groupdict(), **form.meaning}
    unit = told.get("unit") or ""
    return Phrase(
        sentence.start + match.start(),
        sentence.start + match.end(),
        told["side"],
        told["anchor"],
        rules.value("unit", unit.lower()) or unit,
        _amount(told, rules),
    )


def _amount(told: dict[str, Any], rules: Grammar) -> int | None:
    """The number before the unit; None where it is "some" or none is told."""
    written = str(told.get("amount") or told.get("n") or "")
    number = written if written.isdigit() else rules.value("number", written.lower())
    return int(number) if number.isdigit() else None
