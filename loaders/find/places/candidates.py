"""Candidate place names of a sentence: gazetteer matches and spaCy entities, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.find.places.entry import GazetteerEntry
from loaders.find.places.gazetteer import by_id
from loaders.find.places.judge import Judge
from loaders.find.places.names import abbreviations, demonyms, look_up, lower_heads, lower_tails
from loaders.find.places.scene import PlaceScene
from loaders.find.places.words_near import (
    WordToken,
    any_cue_set,
    bare,
    cue_set,
    cues,
    ends_with_cue,
    has_case,
    is_joined,
    words_before,
)

_LETTERS = re.compile(r"[^\W\d_]")
_HYPHENS = "-‐‑–"
_APOSTROPHES = ("'", "’")
MAX_WORDS = 8  # hyphens are tokens too: Saint-Pierre-des-Corps


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A possible place name in a sentence, with its gazetteer entries and cues.

    `start`, `end` are offsets in the sentence, `at` and `width` token counts. `label` is the spaCy
    entity label ("" none); `located`: a locative word is directly before it. A span with `only_in`
    is accepted only if the article names one of these countries, a `nearby` one only if it lies
    near other places of the article.
    """

    scene: PlaceScene
    at: int
    width: int
    start: int
    end: int
    text: str
    entries: tuple[GazetteerEntry, ...]
    label: str
    located: bool
    only_in: frozenset[str] = frozenset()
    nearby: bool = False


def find_spans(scene: PlaceScene) -> list[PlaceSpan]:
    """All possible places of a sentence, in order, not overlapping."""
    row, heads = scene.row, lower_heads()
    spans: list[PlaceSpan] = []
    at = 0
    while at < len(row):
        token = row[at]
        if not token.is_word or (token.text.islower() and token.text not in heads):
            at += 1
            continue
        span, width = _longest_from(scene, at, spans[-1] if spans else None)
        if span is not None:
            spans.append(span)
        at += width
    return _with_unknown(spans, scene)


def _longest_from(
    scene: PlaceScene, at: int, last: PlaceSpan | None
) -> tuple[PlaceSpan | None, int]:
    """As `_longest`, unless a longer name begins one word later. `last`: the place before."""
    beside = last.at + last.width if last is not None and not last.nearby else -1
    span, width = _longest(scene, at, beside)
    if span is not None and width > 1:
        # "La Côte" must not hide "Côte d'Ivoire"
        later, more = _longest(scene, at + 1, beside)
        if later is not None and more > width:
            return later, more + 1
    return span, width


def _longest(scene: PlaceScene, at: int, beside: int) -> tuple[PlaceSpan | None, int]:
    """The longest acceptable name that begins at this token, and how many tokens to skip."""
    row = scene.row
    if not row[at].is_word:
        return None, 1
    if at > 1 and row[at - 1].text == ",":
        short = _short_region(scene, at)
        if short is not None:
            return short, 1
    for width in _widths(scene, at):
        entries = look_up(scene.text[row[at].start : row[at + width - 1].end], scene.lang)
        if not entries:
            continue
        judge = Judge(scene, at, width, beside)
        if judge.accepts(entries):
            return _span(judge, entries), width
        if judge.other_name:
            return None, judge.other_name
    return None, 1


def _span(judge: Judge, entries: tuple[GazetteerEntry, ...]) -> PlaceSpan:
    place = (judge.scene, judge.at, judge.width, judge.start, judge.end, judge.name)
    return PlaceSpan(*place, entries, judge.label, judge.located, judge.only_in, judge.nearby)


def _short_region(scene: PlaceScene, at: int) -> PlaceSpan | None:
    """The short form of a region after a comma: "Springfield, Ill."."""
    row = scene.row
    if not row[at - 2].is_capital:
        return None
    token = row[at]
    code = abbreviations().get(token.text) or abbreviations().get(token.text.rstrip("."))
    entry = by_id(".".join(code)) if code else None
    if entry is None:
        return None
    return PlaceSpan(scene, at, 1, token.start, token.end, token.text, (entry,), "GPE", False)


def _widths(scene: PlaceScene, at: int) -> Iterator[int]:
    """Numbers of tokens a name that begins here may have, longest first."""
    row = scene.row
    first = row[at].text
    cased = first[0].isupper() or not has_case(first)
    if not cased and first not in lower_heads():
        return
    for width in range(_most(scene, at, cased), 0, -1):
        if row[at + width - 1].is_word:
            yield width


def _most(scene: PlaceScene, at: int, cased: bool) -> int:
    """The most tokens a name that begins here may have."""
    row, last = scene.row, 1
    for width in range(2, min(MAX_WORDS, len(row) - at) + 1):
        before, token = row[at + width - 2], row[at + width - 1]
        if not is_joined(before, token, scene.text):
            break
        if not token.is_word:
            if token.text not in _HYPHENS and token.text not in any_cue_set("possessives"):
                break
            continue
        if cased and before.is_word and not _may_continue(token, scene.lang):
            break
        last = width
    return last


def _may_continue(token: WordToken, lang: str) -> bool:
    return (
        token.text[0].isupper()
        or bare(token) in cue_set(lang, "connectors")
        or not has_case(token.text)
        or token.text[1:2] in _APOSTROPHES  # Coeur d'Alene
        or token.text in lower_tails()
        or bool(cues(lang).get("endings"))
    )


def _with_unknown(spans: list[PlaceSpan], scene: PlaceScene) -> list[PlaceSpan]:
    """Add spaCy's places after a locative word that are not in the gazetteer, as unresolved."""
    out = list(spans)
    for entity in scene.entities:
        if entity.label not in ("GPE", "LOC"):
            continue
        if any(s.start < entity.end and s.end > entity.start for s in spans):
            continue
        out += _unknown(scene, entity.start, entity.end, entity.label)
    return sorted(out, key=lambda span: span.start)


def _unknown(scene: PlaceScene, start: int, end: int, label: str) -> Iterator[PlaceSpan]:
    inside = [i for i, t in enumerate(scene.row) if start <= t.start and t.end <= end]
    if not inside or scene.row[inside[0]].start != start:
        return
    text, at = scene.text[start:end], inside[0]
    located = ends_with_cue(words_before(scene.row, at), scene.lang, "locative")
    if located and _is_name(text, scene.lang):
        yield PlaceSpan(scene, at, len(inside), start, end, text, (), label, located)


def _is_name(text: str, lang: str) -> bool:
    """Capitalised words only, none of them on the stop list."""
    parts = _LETTERS.search(text) and text.split()
    if not parts or text.casefold() in cue_set(lang, "stop") or text.casefold() in demonyms(lang):
        return False
    return all(part[0].isupper() for part in parts) and not text.isupper()
