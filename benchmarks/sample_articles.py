"""Articles of 400 words to measure speed with, cut from the samples in French and English."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from events.model import Article, Published
from loaders.readers import read_path
from loaders.readers.fields import make_article

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
WORDS = 400
ARTICLES = 24


def articles(first: int, dated: bool) -> list[Article]:
    """Articles of 400 words, French and English in turn; `first` selects different ones."""
    words = {lang: _words(lang) for lang in ("fr", "en")}
    made = []
    for number in range(first, first + ARTICLES):
        lang = ("fr", "en")[number % 2]
        start = (number // 2) * 97 % len(words[lang])
        pieces = (words[lang] * 3)[start : start + WORDS]
        published = Published.given(dt.date(2024, 12, 2)) if dated else Published.unknown()
        made.append(make_article("".join(pieces).strip(), lang=lang, published=published))
    return made


def _words(lang: str) -> list[str]:
    """The words of all samples of a language, each with the whitespace after it."""
    texts = [
        item.text + "\n\n"
        for item in read_path(SAMPLES)
        if isinstance(item, Article) and item.lang == lang
    ]
    return re.findall(r"\S+\s*", "".join(texts))
