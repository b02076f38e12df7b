"""Properties that hold for any text and any day."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from events.model import Article, Published
from loaders.find.dates import find_dates, find_expressions, intervals, resolve, unresolved
from loaders.find.dates.days import add, containing, edge_days, fraction
from loaders.text.read import read_document

LANGS = ("fr", "en", "de", "es", "uk", "ru", "it")
SAMPLE = (
    "lundi mardi 21 31 30 2 2023 1999 99 février novembre la veille le lendemain hier du au de à "
    "et entre depuis jusqu'au dans la nuit fin début mi- 18 h 24:00 semaine dernière il y a "
    "trois ans jours Monday March May 5th last next this week ago two months from to between until "
    "by the end of quarter first half 1990s 80s 8 p.m. a.m. noon Friday night Montag 15. März bis "
    "vor zwei Jahren gestern Abend вчора минулого тижня 24 лютого у 2022 році на прошлой неделе "
    "el próximo lunes hace dos días ieri scorso 0 9999 1000 , . ; ( ) - – / ’ ' \u00a0 \n"
)
WORDS = SAMPLE.split(" ")
days = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31))
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
)


@settings(max_examples=100, deadline=None)
@given(texts, texts, st.sampled_from(LANGS), days)
def test_no_text_makes_it_raise_and_every_interval_and_offset_holds(
    title: str, text: str, lang: str, day: dt.date
) -> None:
    document = read_document(Article(1, title, text, lang), named=False)
    published = Published.given(day)
    found = find_expressions(document)
    spans = resolve(found, document, published)
    for mention in [*spans, *found]:
        assert document.source_text(mention.part)[mention.start : mention.end] == mention.text
    for left in unresolved(found, document, published):
        assert document.source_text(left.part)[left.start : left.end] == left.text
    for span in spans:
        assert span.first is None or span.last is None or span.first <= span.last
        assert (span.first is None) == span.open_start
        assert (span.last is None) == span.open_end
        assert 0 < span.confidence <= 1
        assert span.value
    order = [(s.part != "title", s.start, s.end) for s in spans]
    assert order == sorted(order)
    for a, b in zip(order, order[1:], strict=False):
        assert a[0] != b[0] or a[2] <= b[1]


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from(LANGS), days)
def test_explicit_dates_do_not_depend_on_the_publication_day(
    text: str, lang: str, day: dt.date
) -> None:
    document = read_document(Article(1, "", text, lang), named=False)
    known = find_dates(document, Published.given(day))
    unknown = find_dates(document, Published.unknown())
    explicit = [(s.start, s.end) for s in unknown]
    assert explicit == [(s.start, s.end) for s in known if (s.start, s.end) in set(explicit)]
    assert len(intervals(find_expressions(document), None)) >= len(unknown)


@given(days, st.integers(-400, 400), st.sampled_from(["D", "W", "M", "Q", "H", "Y"]))
def test_adding_keeps_order_and_units_hold_their_day(day: dt.date, amount: int, unit: str) -> None:
    try:
        moved = add(day, amount, unit)
        first, last, _, _ = containing(moved, unit)
    except (ValueError, OverflowError):
        assert not 400 < day.year < 9500
        return
    assert first <= moved <= last
    assert (moved >= day) == (amount >= 0) or moved == day


@given(
    st.integers(1, 9000),
    st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", "SP", "SU", "FA", "WI"]),
    st.sampled_from(["START", "MID", "END"]),
)
def test_edges_lie_inside_their_interval(year: int, name: str, edge: str) -> None:
    first, last, _, value = fraction(year, name)
    low, high = edge_days(first, last, edge)
    assert first <= low <= high <= last
    assert value == f"{year:04d}-{name}"
