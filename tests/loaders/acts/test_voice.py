"""Who acts and who is acted upon in the passive; cases are data in tests/cases/passive.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.acts.voice import is_agent, passive_subject
from tests.case_rows import case_rows
from tests.loaders.acts.made import found_input

pytestmark = pytest.mark.usefixtures("no_models")
CASES = Path(__file__).resolve().parents[2] / "cases" / "passive.tsv"


def _text(given: ReaderInput, party: PartyMention) -> str:
    return given.text[given.words[party.first][0] : given.words[party.last][1]]


@pytest.mark.parametrize(("lang", "text", "word", "subject", "doer"), case_rows(CASES))
def test_the_passive_turns_the_sides(
    lang: str, text: str, word: str, subject: str, doer: str
) -> None:
    given = found_input(text, lang)
    act = [next(n for n in range(len(given.words)) if given.word(n) == word)]
    suffering = {_text(given, p) for p in given.parties if p == passive_subject(given, act)}
    agents = {_text(given, p) for p in given.parties if is_agent(given, act, [p])}
    assert suffering == ({subject} - {"-"})
    assert agents == ({doer} - {"-"})
