"""No sentence that holds an event word or an actor vanishes: it tells an event or is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.model import Article, Event, Extraction, LeftOut, Mention, Published
from loaders.acts.lexicon import lexicon
from loaders.acts.triggers import find_triggers
from loaders.grammar.tokens import words_of
from loaders.pipeline import extract
from loaders.readers import read_path
from loaders.readers.fields import make_article
from loaders.text.document import Document, Sentence
from loaders.text.read import read_document

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "data" / "samples").iterdir())
TODAY = dt.date(2024, 12, 2)
Kept = Event | Mention | LeftOut
CAME = Published.given(dt.date(2024, 11, 30))
PASTED = (
    "LIVE - Last updated 21:15. Zelensky, 46, once played a president on television. ",
    "Russia struck Kyiv on Monday. ",
    "The European Union has 27 members! ",
    "If Israel attacked, Hezbollah would answer. ",
    "Iran did not strike anyone. ",
    "L'OTAN compte trente-deux pays. ",
    "Paris n'a pas condamné l'attaque de jeudi ; Berlin non plus. ",
    "Macron (photo AFP)\n\n",
    "Lire aussi : La Russie menace la Pologne\n",
    "On se souvient du père de Bachar al-Assad. ",
    "\n\n| Hamas | 7 |\n",
    "Rusia y China no dijeron nada. ",
    'Putin? Putin! "Putin" ',
    "He said that he was tired. ",
    "Again, Russia struck Kyiv, and the strike on Kyiv by Russia killed two. ",
    "Президент України привітав НАТО. ",
)


def _vanished(article: Article, told: Extraction) -> Iterator[str]:
    document = read_document(article)
    kept: list[Kept] = [*told.events, *told.left_out]
    kept += (also for event in told.events for also in event.also)
    for sentence in document.sentences:
        if not _covers(sentence, kept) and (_acts(document, sentence) or _inside(sentence, told)):
            yield sentence.text


def _covers(sentence: Sentence, kept: Sequence[Kept]) -> bool:
    return any(
        k.part == sentence.part and k.start < sentence.end and k.end > sentence.start for k in kept
    )


def _acts(document: Document, sentence: Sentence) -> bool:
    return bool(find_triggers(words_of(sentence, document.lang), lexicon(document.lang)))


def _inside(sentence: Sentence, told: Extraction) -> bool:
    return any(
        a.part == sentence.part and sentence.start <= a.start < sentence.end for a in told.actors
    )


@pytest.mark.parametrize(
    ("sample", "threshold"),
    [
        pytest.param(sample, told, id=f"{sample.name}-{told}", marks=[pytest.mark.long] * later)
        for n, sample in enumerate(SAMPLES)
        for m, told in enumerate((None, 0.0, 1.0))
        for later in (n % 3 != m,)  # here each with one of them
    ],
)
def test_of_a_sample(sample: Path, threshold: float | None) -> None:
    for article in read_path(sample):
        assert isinstance(article, Article)
        assert not list(_vanished(article, extract(article, TODAY, threshold)))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.lists(st.sampled_from(PASTED), min_size=1, max_size=6).map("".join),
    title=st.sampled_from(["", *PASTED]),
    lang=st.sampled_from(["en", "fr", "es", "uk", ""]),
    threshold=st.sampled_from([None, 0.0, 1.0]),
)
def test_of_a_pasted_text(text: str, title: str, lang: str, threshold: float | None) -> None:
    article = make_article(text, title=title, lang=lang, published=CAME)
    told = extract(article, TODAY, threshold)
    assert not list(_vanished(told.article, told))


@pytest.mark.usefixtures("no_models")
@pytest.mark.parametrize("text", PASTED)
def test_by_words_alone(text: str) -> None:
    article = make_article(text, lang="en", published=CAME)
    told = extract(article, TODAY)
    assert not list(_vanished(told.article, told))


def test_an_actor_that_does_nothing_is_listed() -> None:
    article = make_article("Russia is large. The sea is blue.", lang="en", published=CAME)
    told = extract(article, TODAY)
    assert [(row.reason, row.text) for row in told.left_out] == [
        ("the words tell no act", "Russia is large.")
    ]
