"""What the figures of a sentence count."""

from __future__ import annotations

import pytest

from loaders.acts.attributes import attributes_of
from loaders.acts.lexicon import lexicon
from loaders.grammar.tokens import words_of
from loaders.readers.json_lines import article_from_record
from loaders.text.read import read_document

KILLED = [
    ("en", "Drones killed 14 people in the town.", ["14"]),
    ("en", "Three people were killed by 85 drones.", ["3"]),
    ("en", "Russia launched 270 drones and killed 12 civilians.", ["12"]),
    ("fr", "Une frappe de 85 drones a tué 3 personnes.", ["3"]),
    ("fr", "La Russie a lancé 85 drones, selon Kiev, qui affirme en avoir abattu 61.", []),
    ("fr", "L'armée dit avoir abattu 61 missiles.", []),
    ("fr", "Les gardes ont abattu 12 manifestants.", ["12"]),
]


@pytest.mark.parametrize(("lang", "text", "figures"), KILLED)
def test_the_dead_are_people_not_weapons(lang: str, text: str, figures: list[str]) -> None:
    record = {"id": "1", "text": text, "lang": lang}
    document = read_document(article_from_record(record))
    words = words_of(document.sentences[0], document.lang)
    found = attributes_of(words, lexicon(document.lang))
    assert [value for name, value, _words in found if name == "killed"] == figures
