"""From article to document: noise removed, body split into sentences, with the names in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.model import Article, LeftOut, Part
from loaders.text.asides import RETRACTED, aside_reason
from loaders.text.budget import affordable, budget_note, past_limit
from loaders.text.document import Document, Sentence
from loaders.text.language import language_note
from loaders.text.models import model_note, names
from loaders.text.noise import find_noise
from loaders.text.sentences import paragraph_spans, sentence_spans


def read_document(article: Article, named: bool = True) -> Document:
    """The document of an article. `named=False` skips the language model (dates need none).

    What is past the budget of work is left out, and the notes say so.
    """
    noise = find_noise(article)
    body = list(_text_sentences(article, noise))
    read = affordable([text for _, _, _, text, _ in body])
    past = past_limit(article.text, [(start, end) for _, start, end, _, _ in body[read:]])
    raw, asides = _reports([*_title_sentences(article), *body[:read]], article)
    noise = sorted([*noise, *asides], key=lambda cut: cut.start)
    texts = [text for _, _, _, text, _ in raw]
    marked = names(article.lang, texts) if named else [None] * len(raw)
    sentences = tuple(
        Sentence(part, start, end, text, paragraph, index, found)
        for index, ((part, start, end, text, paragraph), found) in enumerate(
            zip(raw, marked, strict=True)
        )
    )
    model = model_note(article.lang) if named else ""
    notes = (*article.notes, language_note(article.lang), model, budget_note(past))
    return Document(
        article,
        article.lang,
        sentences,
        (*noise, *past),
        tuple(note for note in notes if note),
        past[0].start if past else None,
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


def _text_sentences(article: Article, noise: Sequence[LeftOut]) -> Iterator[_Raw]:
    """Sentences of the body, without the paragraphs that are noise."""
    text = article.text
    noisy = {region.start for region in noise if region.part == "text"}
    for number, (start, end) in enumerate(paragraph_spans(text)):
        if start not in noisy:
            for s, e in sentence_spans(text, start, end, article.lang):
                yield "text", s, e, text[s:e], number
