"""Where in a sentence a place may be named: gazetteer matches ∪ model entities, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.find.places.gazetteer import Entry, by_id
from loaders.find.places.judge import Entity, Judge, Scene, entities_of, is_title_case
from loaders.find.places.names import abbreviations, demonyms, look_up, lower_heads, lower_tails
from loaders.find.places.words_near import (
    Token,
    cue_set,
    cues,
    ends_with_cue,
    has_case,
    is_joined,
    tokens,
    words_before,
)
from loaders.text.document import Sentence

_LETTERS = re.compile(r"[^\W\d_]")


MAX_WORDS = 6


@dataclass(frozen=True)
class Span:
    """A possible place in a sentence: what the gazetteer has for it, what speaks for it.

    `label` is the model's label over the span ("" none); `located` says that a locative word
    stands directly before it. A span with `only_in` counts where the article speaks of one of
    these countries, a `nearby` one where it lies near other places of the article.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    label: str
    located: bool
    only_in: frozenset[str] = frozenset()
    nearby: bool = False


def find_spans(sentence: Sentence, lang: str, people: frozenset[str]) -> list[Span]:
    """All possible places of a sentence, in order, not overlapping.

    `people` are words of persons' full names in the article.
    """
    row = tokens(sentence.text, lang)
    entities = entities_of(sentence)
    shouted = is_title_case(row)
    spans: list[Span] = []
    scene = Scene(sentence.text, row, lang, entities, shouted, people)
    at = 0
    heads = lower_heads()
    while at < len(row):
        first = row[at].text
        if first.islower() and first not in heads:
            at += 1
            continue
        span, width = _longest(scene, at)
        if span is not None and width > 1:
            # "La Côte" must not hide "Côte d'Ivoire"
            later, more = _longest(scene, at + 1)
            if later is not None and more > width:
                span, width = later, more + 1
        if span is not None:
            spans.append(span)
        at += width
    return _with_unknown(spans, sentence, row, lang, entities)


def _longest(scene: Scene, at: int) -> tuple[Span | None, int]:
    """The longest acceptable name that begins at this token, and how many tokens to go on."""
    row, text, lang = scene.row, scene.text, scene.lang
    if not row[at].is_word:
        return None, 1
    short = _short_region(scene, at)
    if short is not None:
        return short, 1
    for width in _widths(row, at, text, lang):
        start, end = row[at].start, row[at + width - 1].end
        entries = look_up(text[start:end], lang)
        if not entries:
            continue
        judge = Judge(scene, at, width)
        if judge.accepts(entries):
            found = (start, end, text[start:end], entries, judge.label, judge.located)
            return Span(*found, judge.only_in, judge.nearby), width
        if judge.is_other_name:
            return None, width
    return None, 1


def _short_region(scene: Scene, at: int) -> Span | None:
    """The short form of a region after a comma: "Springfield, Ill."."""
    token = scene.row[at]
    if at < 2 or scene.row[at - 1].text != "," or not scene.row[at - 2].text[0].isupper():
        return None
    code = abbreviations().get(token.text) or abbreviations().get(token.text.rstrip("."))
    entry = by_id(".".join(code)) if code else None
    if entry is None:
        return None
    return Span(token.start, token.end, token.text, (entry,), "GPE", False)


def _widths(row: tuple[Token, ...], at: int, text: str, lang: str) -> Iterator[int]:
    """Numbers of tokens a name that begins here may have, longest first."""
    first = row[at].text
    cased = first[0].isupper() or not has_case(first)
    if not cased and first not in lower_heads():
        return
    connectors = cue_set(lang, "connectors")
    last = 0
    for width in range(1, MAX_WORDS + 1):
        if at + width > len(row):
            break
        token = row[at + width - 1]
        if width > 1 and not is_joined(row[at + width - 2], token, text):
            break
        if not token.is_word:
            if token.text not in "-‐‑–" and token.text not in ("'s", "’s"):
                break
            continue
        hyphened = width > 1 and not row[at + width - 2].is_word
        if cased and width > 1 and not hyphened and not _may_continue(token, connectors, lang):
            break
        last = width
    for width in range(last, 0, -1):
        if row[at + width - 1].is_word:
            yield width


def _may_continue(token: Token, connectors: frozenset[str], lang: str) -> bool:
    bare = token.text.casefold().rstrip("’'ʼ")
    return (
        token.text[0].isupper()
        or bare in connectors
        or not has_case(token.text)
        or token.text in lower_tails()
        or bool(cues(lang).get("endings"))
    )


def _with_unknown(
    spans: list[Span], sentence: Sentence, row: tuple[Token, ...], lang: str, entities: list[Entity]
) -> list[Span]:
    """Add the model's places that no gazetteer knows, after a locative word: unresolved."""
    out = list(spans)
    starts = {token.start: i for i, token in enumerate(row)}
    for entity in entities:
        clash = any(s.start < entity.end and s.end > entity.start for s in spans)
        if clash or entity.label not in ("GPE", "LOC") or entity.start not in starts:
            continue
        text = sentence.text[entity.start : entity.end]
        located = ends_with_cue(words_before(row, starts[entity.start]), lang, "locative")
        if located and _is_name(text, lang):
            out.append(Span(entity.start, entity.end, text, (), entity.label, located))
    return sorted(out, key=lambda span: span.start)


def _is_name(text: str, lang: str) -> bool:
    """Capitalised words only, none of them on the stop list."""
    parts = _LETTERS.search(text) and text.split()
    if not parts or text.casefold() in cue_set(lang, "stop") | demonyms(lang).keys():
        return False
    return all(part[0].isupper() for part in parts) and not text.isupper()
