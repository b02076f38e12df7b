"""Marks in a text: nothing lost, nothing doubled, nothing read as HTML or Markdown."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from charts.sheet.measure import SPACES
from pages.shared.marked import KINDS, MarkedSpan, legend, marked, paragraphs
from pages.shell.escaping import plain, shortened, web_address

TEXT = st.text(max_size=80)
SPANS = st.lists(
    st.builds(
        MarkedSpan,
        st.sampled_from(KINDS),
        st.integers(-5, 90),
        st.integers(-5, 90),
        st.text(max_size=8),
    ),
    max_size=6,
)


def _words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page.replace("<br>", "\n")))


@given(TEXT, SPANS)
def test_the_words_are_the_text(text: str, spans: list[MarkedSpan]) -> None:
    assert _words(marked(text, spans)) == text


@given(TEXT, SPANS, st.integers(0, 80), st.integers(0, 80))
def test_a_stretch_is_that_stretch(text: str, spans: list[MarkedSpan], a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert _words(marked(text, spans, start, end)) == text[start:end]


@given(TEXT, SPANS)
def test_only_our_own_tags_are_in_it(text: str, spans: list[MarkedSpan]) -> None:
    tags = re.findall(r"<(/?\w+)", paragraphs(text, spans))
    assert set(tags) <= {"p", "/p", "span", "/span", "br"}


def test_overlapping_spans_each_keep_their_class() -> None:
    page = marked("on Thursday Russia", [MarkedSpan("date", 3, 11), MarkedSpan("event", 0, 18)])
    assert page == (
        '<span class="fr-event">on </span><span class="fr-date fr-event">Thursday</span>'
        '<span class="fr-event"> Russia</span>'
    )


@given(st.text(max_size=60))
def test_markdown_is_shown_letter_by_letter(text: str) -> None:
    shown = plain(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown) == SPACES.sub(" ", text.strip())
    assert not re.search(r"(?<!\\)[*_`\[\]<>:$]", shown.replace("\\\\", ""))


def test_only_web_addresses_are_links() -> None:
    assert web_address("https://example.org/a?b=1") == "https://example.org/a?b=1"
    for bad in ("javascript:alert(1)", "data:text/html,x", "https://a@b.example", "ftp://x", "//x"):
        assert web_address(bad) == ""


@given(st.text(max_size=200), st.integers(10, 60))
def test_shortened_text_is_short(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length


def test_the_legend_names_the_kinds_that_are_there() -> None:
    words = {"date": "date", "place": "a <place>", "actor": "actor"}
    told = legend([MarkedSpan("place", 0, 3), MarkedSpan("asked", 0, 9)], words)
    assert "a &lt;place&gt;" in told
    assert "actor" not in told
    assert 'class="fr-date"' in legend([], words, ["date"])
