"""The pairs of a long article are bounded, and no act or mention is lost or moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.acts.sections import ACTS, MENTIONS, sections
from tests.loaders.acts.made import made_input


def named(text: str, name: str) -> ReaderInput:
    """A text with each of its words of that name as a party."""
    given = made_input(text)
    at = [n for n in range(len(given.words)) if given.word(n) == name]
    return replace(given, parties=tuple(PartyMention(n, n, "RUS", "state", "name") for n in at))


@pytest.mark.parametrize("text", ["Russia struck Kyiv. " * 900, "Russia struck " * 900])
def test_sections_hold_each_act_and_party_once(text: str) -> None:
    given = named(text, "Russia")
    acts = [[n] for n in range(len(given.words)) if given.word(n) == "struck"]
    found = list(sections(given, acts))
    assert all(len(part.acts) <= ACTS and len(part.given.parties) <= MENTIONS for part in found)
    back = [[word + part.first for word in act] for part in found for act in part.acts]
    assert back == acts
    parties = [p.first + part.first for part in found for p in part.given.parties]
    assert parties == [p.first for p in given.parties]
    first = found[1].given
    assert {first.word(word) for act in found[1].acts for word in act} == {"struck"}
    assert {first.word(p.first) for p in first.parties} == {"Russia"}


def test_sections_grow_with_the_length() -> None:
    def pairs(times: int) -> int:
        given = named("Russia struck Kyiv. " * times, "Russia")
        acts = [[n] for n in range(len(given.words)) if given.word(n) == "struck"]
        return sum(len(part.acts) * len(part.given.parties) for part in sections(given, acts))

    assert pairs(4 * 3 * ACTS) == 4 * pairs(3 * ACTS)


def test_an_article_of_news_is_one_section() -> None:
    given = named("Russia struck Kyiv. " * 20, "Russia")
    (part,) = sections(given, [[1], [4]])
    assert part.given is given
