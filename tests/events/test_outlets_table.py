"""The table of outlets: no name in it is an ordinary beginning of a sentence about a state."""

from __future__ import annotations

from collections.abc import Iterator

from events.languages import language_codes
from events.reference import demonyms, outlets, states
from loaders.text.words import words

# a state's name and one word more that are no other thing: the word is rare or foreign there
SURE = {
    "Afghanistan International", "Algérie Patriotique", "Cambodge Soir", "Deutsche Welle",
    "Egypt Independent", "Egypt Today", "Fiji Sun", "France 2", "France 24", "France 3",
    "France Inter", "France Televisions", "France Télévisions", "Georgia Today", "Guinée Matin",
    "Haiti Libre", "Haïti Libre", "Iran International", "Iran Wire", "Israel Hayom",
    "Jamaica Gleaner", "Mali Actu", "Maroc Diplomatique", "Maroc Hebdo", "Pakistan Today",
    "Palestine Chronicle", "Romania Insider", "Romania Libera", "România Liberă", "Tchad Infos",
    "Thai PBS", "Tunisie Numérique", "USA Today", "Грузия Online", "Грузия Онлайн", "Україна 24",
}  # fmt: skip
ARTICLES = {"the", "le", "la", "el", "l'"}


def _beginnings() -> set[str]:
    """Names of states and demonyms of every language, in small letters."""
    return {
        name.casefold()
        for lang in language_codes()
        for name in (
            *(row[f"name_{lang}"] for row in states()),
            *(form for row in demonyms(lang) for form in (*row.adjectives, *row.nouns)),
        )
    }


def _names() -> Iterator[str]:
    for outlet in outlets():
        yield from (outlet.name, *outlet.aliases)


def test_no_outlet_is_a_state_and_an_ordinary_word() -> None:
    media = {
        word for lang in language_codes() for word in words(lang, "places").get("outlet_last", ())
    }
    states_and_peoples = _beginnings()
    ordinary = []
    for name in _names():
        first, *rest = [part for part in name.split() if part.casefold() not in ARTICLES]
        if first.casefold() in states_and_peoples and len(rest) < 2 and not media & set(rest):
            ordinary.append(name)
    assert not set(ordinary) - SURE
