"""Where parties stand by an act; cases are data in tests/cases/standing.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.acts.standing import (
    handed,
    is_where,
    parties_here,
    received,
    retaliates,
)
from tests.case_rows import case_rows
from tests.loaders.acts.made import found_input

pytestmark = pytest.mark.usefixtures("no_models")
CASES = Path(__file__).resolve().parents[2] / "cases" / "standing.tsv"


def _told(given: ReaderInput, act: list[int]) -> Iterator[str]:
    here = parties_here(given, act)
    if where := [_text(given, party) for party in here if is_where(given, party)]:
        yield " ".join(["where", *where])
    verb = received(given, act)
    if verb is not None:
        told = handed(given, verb, here)
        rest = " ".join(sorted(told.gets_not)) or "?"
        yield f"{told.by or '?'} gives {told.to or '?'}, not {rest}"
    if retaliates(given, act):
        yield "answers"


def _text(given: ReaderInput, party: PartyMention) -> str:
    return given.text[given.words[party.first][0] : given.words[party.last][1]]


@pytest.mark.parametrize(("lang", "text", "word", "wanted"), case_rows(CASES))
def test_who_stands_where(lang: str, text: str, word: str, wanted: str) -> None:
    given = found_input(text, lang)
    act = [next(n for n in range(len(given.words)) if given.word(n) == word)]
    assert (" ".join(_told(given, act)) or "-") == wanted
