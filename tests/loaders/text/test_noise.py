"""Page noise: what is cut with which reason, and above all what stays."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.model import Article
from loaders.text.noise import find_noise
from loaders.text.read import read_document

CASES = Path(__file__).parents[2] / "cases" / "noise.toml"
TABLES = tomllib.loads(CASES.read_text(encoding="utf-8"))
PAGES: list[dict[str, Any]] = TABLES["page"]
ASIDES: list[dict[str, Any]] = TABLES["aside"]


def article_of(page: dict[str, Any]) -> Article:
    text = "\n\n".join(words for _, words in page["lines"])
    return Article(1, page["title"], text, page["lang"])


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_page(page: dict[str, Any]) -> None:
    found = [[region.reason, region.text] for region in find_noise(article_of(page))]
    assert found == [[reason, text] for reason, text in page["lines"] if reason]


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_regions_slice_the_text_and_leave_the_rest(page: dict[str, Any]) -> None:
    article = article_of(page)
    document = read_document(article, named=False)
    assert all(article.text[n.start : n.end] == n.text for n in document.noise)
    kept = " ".join(s.text for s in document.sentences if s.part == "text")
    assert kept == " ".join(text for reason, text in page["lines"] if not reason)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aB0 .…[]\n📰©:", max_size=120), st.sampled_from(["fr", "en", "und"]))
def test_regions_are_in_order_and_never_the_whole_text(text: str, lang: str) -> None:
    regions = find_noise(Article(1, "a", text, lang))
    assert all(text[r.start : r.end] == r.text and r.text for r in regions)
    assert all(a.end <= b.start for a, b in zip(regions, regions[1:], strict=False))
    kept = len("".join(text.split())) - sum(len("".join(r.text.split())) for r in regions)
    assert kept > 0 or not regions


@pytest.mark.parametrize("case", ASIDES, ids=[case["text"][:30] for case in ASIDES])
def test_an_aside_is_cut_and_the_report_beside_it_stays(case: dict[str, Any]) -> None:
    document = read_document(Article(1, "", case["text"], case["lang"]), named=False)
    assert [cut.reason for cut in document.noise] == case["reasons"]
    assert len(document.sentences) == 1


def test_an_article_that_is_taken_back_whole_reports_nothing() -> None:
    text = "We incorrectly reported that Chad had closed its border."
    assert read_document(Article(1, "", text, "en"), named=False).sentences == ()
