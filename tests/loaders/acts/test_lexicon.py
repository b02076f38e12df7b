"""The event words of the languages: enough of each type, modes that the ontology has."""

from __future__ import annotations

import pytest

from events.ontology import EVENT_TYPES, MODES
from loaders.acts.lexicon import triggers


def count_triggers(lang: str) -> dict[str, int]:
    """Number of triggers per type; each choice of a phrase counts as the phrase it stands for."""
    counts = dict.fromkeys(EVENT_TYPES, 0)
    for row in triggers(lang):
        size = 1
        for segment in row.rest:
            size *= len(segment)
        counts[row.type] += size
    return counts


@pytest.mark.parametrize(("lang", "least"), [("fr", 1200), ("en", 1200)])
def test_enough_triggers(lang: str, least: int) -> None:
    counts = count_triggers(lang)
    assert sum(counts.values()) >= least
    assert min(counts.values()) >= 60


@pytest.mark.parametrize("lang", ["de", "es", "uk", "ru"])
def test_other_languages_have_triggers_of_every_type(lang: str) -> None:
    counts = count_triggers(lang)
    assert sum(counts.values()) >= 250
    assert all(counts.values())


@pytest.mark.parametrize("lang", ["fr", "en", "de", "es", "uk", "ru"])
def test_modes_of_triggers_are_in_the_ontology(lang: str) -> None:
    modes = {(row.type, row.mode) for row in triggers(lang) if row.mode}
    assert all(mode in MODES.get(code, ()) for code, mode in modes)
