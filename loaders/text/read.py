"""From article to document: noise removed, body split into sentences, each parsed once."""

from __future__ import annotations

from events.model import Article, LeftOut, Part
from loaders.text.asides import RETRACTED, aside_reason
from loaders.text.document import Document, Sentence
from loaders.text.language import language_note
from loaders.text.models import model_note, parse
from loaders.text.noise import find_noise
from loaders.text.sentences import paragraph_spans, sentence_spans


def read_document(article: Article, parsed: bool = True) -> Document:
    """The document of an article. `parsed=False` skips the language model (dates need none)."""
    noise = find_noise(article)
    raw, asides = _reports([*_title_sentences(article), *_text_sentences(article, noise)], article)
    noise = sorted([*noise, *asides], key=lambda cut: cut.start)
    parses = (
        parse(article.lang, [text for _, _, _, text, _ in raw]) if parsed else [None] * len(raw)
    )
    sentences = tuple(
        Sentence(part, start, end, text, paragraph, index, doc)
        for index, ((part, start, end, text, paragraph), doc) in enumerate(
            zip(raw, parses, strict=True)
        )
    )
    notes = (language_note(article.lang), model_note(article.lang) if parsed else "")
    return Document(
        article, article.lang, sentences, tuple(noise), tuple(note for note in notes if note)
    )


_Raw = tuple[Part, int, int, str, int]


def _reports(rows: list[_Raw], article: Article) -> tuple[list[_Raw], list[LeftOut]]:
    """The sentences that report, and the others with their reasons; all where none reports."""
    kept: list[_Raw] = []
    asides: list[LeftOut] = []
    for row in rows:
        part, start, end, text, _ = row
        reason = aside_reason(text, article.lang) if part == "text" else ""
        if reason:
            asides.append(LeftOut(reason, text, part, start, end))
        else:
            kept.append(row)
    if not any(row[0] == "text" for row in kept):  # rather a teaser read than an article lost
        asides = [cut for cut in asides if cut.reason == RETRACTED]
        cuts = {(cut.start, cut.end) for cut in asides}
        kept = [row for row in rows if row[0] == "title" or (row[1], row[2]) not in cuts]
    return kept, asides


def _title_sentences(article: Article) -> list[_Raw]:
    spans = sentence_spans(article.title, 0, len(article.title), article.lang)
    return [("title", start, end, article.title[start:end], -1) for start, end in spans]


def _text_sentences(article: Article, noise: list[LeftOut]) -> list[_Raw]:
    """Sentences of the body, without the noise regions."""
    rows: list[_Raw] = []
    text = article.text
    for number, (start, end) in enumerate(paragraph_spans(text)):
        for begin, stop in _without(start, end, noise):
            for s, e in sentence_spans(text, begin, stop, article.lang):
                rows.append(("text", s, e, text[s:e], number))
    return rows


def _without(start: int, end: int, noise: list[LeftOut]) -> list[tuple[int, int]]:
    """The parts of start:end that no noise region covers."""
    kept, begin = [], start
    for region in sorted((n for n in noise if n.part == "text"), key=lambda n: n.start):
        if region.end <= begin or region.start >= end:
            continue
        if region.start > begin:
            kept.append((begin, region.start))
        begin = max(begin, region.end)
    if begin < end:
        kept.append((begin, end))
    return kept
