"""Damaged characters: what is repaired, what stays, and the way back to the article as given."""

from __future__ import annotations

import datetime as dt

import pytest

from events.model import Article, Published
from loaders.pipeline import extract
from loaders.text.repair import repaired

MENDED = [
    ("Les &eacute;lus l&#039;ont dit", "Les \u00e9lus l'ont dit"),
    ("une trÃªve Ã©phÃ©mÃ¨re â€” ou pas", "une tr\u00eave \u00e9ph\u00e9m\u00e8re \u2014 ou pas"),
    ("Харків".encode().decode("cp1251"), "Харків"),
    ("Leba\u00adnon\u200b", "Lebanon"),
    ("e\u0301lu", "\u00e9lu"),
    ("expuls\u221a\u00a9", "expulsé"),  # MacRoman
    ("franÃƒÂ§ais", "français"),  # twice
    ("Иран".encode().decode("koi8_r"), "Иран"),
    ("Израиль атаковал Иран".encode("cp1251").decode("latin-1"), "Израиль атаковал Иран"),
    ("Израиль атаковал Иран".encode("koi8_r").decode("latin-1"), "Израиль атаковал Иран"),
    (
        "Россия и Израиль осудили Иран".encode("koi8_r").decode("cp1251"),
        "Россия и Израиль осудили Иран",
    ),
    ("Росія обстріляла Київ".encode("cp1251").decode("latin-1"), "Росія обстріляла Київ"),
    ("fran&amp;ccedil;ais", "français"),
    ("expuls&eacute un", "expulsé un"),
    ("H\u200doms", "Homs"),
    ("\U0001d408\U0001d42c", "Is"),
]
SOUND = [
    "LIBERT\u00c9\u00bb et \u00c9GALIT\u00c9",
    "AT&T; R&D",
    "3 \u00b0C \u00ab A \u00bb",
    "РСФСР",
    "РОСІЯ АТАКУЄ КИЇВ",
    "УКРАИНА ПОЛУЧИЛА РАКЕТЫ. иРАН ПРОТИВ",
    "В iPhone новый чип",
    "√2 ≈ 1,41; √π ≈ 1,77; ≈±5 %",
    "Það er ísöld á Íslandi.",
    "ÀÉÎÕÜ ÑÑÑÑ abcd efgh ijkl mnop",
    "می‌خواهم کتاب‌ها",
    "👩\u200d👧",
    "x&y=1&grave=2",
    "",
]


@pytest.mark.parametrize(("text", "meant"), MENDED)
def test_damage_is_repaired_and_said(text: str, meant: str) -> None:
    found = repaired(text)
    assert found.text == meant
    assert len(found.notes) == 1
    assert found.back(0, len(meant)) == (0, len(text.rstrip("\u200b")))


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_stays(text: str) -> None:
    assert (repaired(text).text, repaired(text).notes) == (text, ())


def test_lost_characters_are_counted() -> None:
    assert repaired("L\ufffdarm\ufffde").notes[0].startswith("characters lost")


def test_offsets_and_words_are_those_of_the_article_as_given() -> None:
    text = "L&#039;arm&eacute;e turque a bombard&eacute; Alep jeu\u00addi."
    given = Published.given(dt.date(2024, 11, 26))
    read = extract(Article(1, "", text, "fr", published=given), dt.date(2024, 11, 26))
    mentions = [*read.dates, *read.places, *read.actors]
    assert {m.text for m in mentions} >= {"jeu\u00addi", "Alep", "arm&eacute;e turque"}
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert read.article.text == text
