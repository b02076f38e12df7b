"""The event words of a language, read from ``data/languages/<lang>.events.toml``.

A trigger is a lemma ("bomb") or a phrase: "_" binds the next word, "~" a later word of the same
clause, "|" separates alternatives, a final "*" stands for any ending.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from events.ontology import EVENT_TYPES
from loaders.grammar.inflection import noun_forms, verb_forms
from loaders.text.words import entries, word_group, words

TriggerKind = Literal["verb", "noun"]
Phrase = tuple[str, ...]  # words that stand side by side


@dataclass(frozen=True)
class Trigger:
    """Words that express an event type: the phrase `first`, then each of `rest` in the clause."""

    type: str
    mode: str
    kind: TriggerKind
    first: Phrase
    rest: tuple[tuple[Phrase, ...], ...] = ()
    reflexive: bool = False

    @property
    def length(self) -> int:
        """Number of words required: of two triggers that share words, the longer wins."""
        if not self.type:
            return 4 * len(self.first)
        if self.kind == "noun":
            return 2 * len(self.first)
        return 3 * len(self.first) + 4 * len(self.rest) + self.reflexive


@dataclass(frozen=True)
class Lexicon:
    """All event words of a language. `verbs` and `nouns` map an inflected form to triggers."""

    lang: str
    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    prefixes: tuple[tuple[str, Trigger], ...]
    voice: dict[str, frozenset[str]]
    word_groups: dict[str, frozenset[str]]
    veto: dict[str, frozenset[str]]
    veto_strong: dict[str, frozenset[str]]  # one such word is enough
    topics: dict[str, frozenset[str]]
    attributes: dict[str, frozenset[str]]
    numbers: dict[str, int]
    scale: dict[str, int]

    def says(self, group: str, *forms: str) -> bool:
        """Whether one of the forms is in a voice group ("claim", "deny", "unreal" ...)."""
        return any(form in self.voice.get(group, ()) for form in forms)


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language; an empty one where there is no file for it."""
    table = words(lang, "events")
    verbs, nouns, prefixes = _index([*triggers(lang), *_negatives(lang)], lang)
    word_groups = {key: entries(value) for key, value in table.get("word_groups", {}).items()}
    attributes = dict(table.get("attributes", {}))
    return Lexicon(
        lang=lang,
        verbs=verbs,
        nouns=nouns,
        prefixes=prefixes,
        voice={key: _voice(value, lang) for key, value in table.get("voice", {}).items()},
        word_groups=word_groups,
        veto={key: entries(value["words"]) for key, value in table.get("veto", {}).items()},
        veto_strong={
            key: entries(value["strong"])
            for key, value in table.get("veto", {}).items()
            if "strong" in value
        },
        topics={key: entries(value) for key, value in table.get("topics", {}).items()},
        numbers=_numbers(attributes.pop("number_words", "")),
        scale=_numbers(attributes.pop("scale", "")),
        attributes={key: entries(value) for key, value in attributes.items()},
    )


def _voice(line: str, lang: str) -> frozenset[str]:
    """Voice words in all their verb forms, so that a wrong lemma of the parser does no harm."""
    listed = entries(line)
    forms = {form for word in listed if " " not in word for form in verb_forms(word, lang)}
    return frozenset(listed | forms)


def _numbers(line: str) -> dict[str, int]:
    rows = (entry.partition("=") for entry in line.split())
    return {word.replace("_", " "): int(number) for word, _, number in rows}


def triggers(lang: str) -> Iterator[Trigger]:
    """Every trigger of a language, in the order of its file."""
    for code, section in words(lang, "events").items():
        if code in EVENT_TYPES:
            yield from _section(code, "", section, lang)
            for mode, part in section.items():
                if isinstance(part, dict):
                    yield from _section(code, mode, part, lang)


def _negatives(lang: str) -> Iterator[Trigger]:
    """Phrases that are no events: triggers without a type that keep others off their words."""
    for entry in words(lang, "events").get("negative", {}).get("phrases", "").split():
        yield Trigger("", "", "noun", _phrase(entry))
        yield from _entry("", "", "verb", entry, lang)


def _section(code: str, mode: str, section: dict[str, Any], lang: str) -> Iterator[Trigger]:
    kinds: tuple[tuple[str, TriggerKind], ...] = (("verbs", "verb"), ("nouns", "noun"))
    for key, trigger_kind in kinds:
        for entry in section.get(key, "").split():
            yield from _entry(code, mode, trigger_kind, entry, lang)


def _entry(
    code: str, mode: str, trigger_kind: TriggerKind, entry: str, lang: str
) -> Iterator[Trigger]:
    opening, *rest = entry.split("~")
    segments = tuple(
        tuple(_phrase(choice) for choice in segment.split("|") if choice) for segment in rest
    )
    for choice in opening.split("|"):
        opener = next((o for o in _reflexive_openers(lang) if choice.startswith(o)), "")
        reflexive = bool(opener) and trigger_kind == "verb"
        plain = choice.removeprefix(opener) if reflexive else choice
        if plain:
            yield Trigger(code, mode, trigger_kind, _phrase(plain), segments, reflexive)


def _reflexive_openers(lang: str) -> Iterator[str]:
    """Reflexive prefixes of entries: "s'" of "s'emparer", "se_" of "se_rendre"."""
    pronouns = word_group(lang, "reflexive_infinitive")
    return (word if word.endswith("'") else f"{word}_" for word in pronouns)


def _phrase(choice: str) -> Phrase:
    """The words of one alternative; an elided article or pronoun is a word of its own."""
    return tuple(part for part in choice.replace("'", "'_").split("_") if part)


def _index(
    rows: list[Trigger], lang: str
) -> tuple[
    dict[str, tuple[Trigger, ...]],
    dict[str, tuple[Trigger, ...]],
    tuple[tuple[str, Trigger], ...],
]:
    tables: dict[str, dict[str, list[Trigger]]] = {"verb": {}, "noun": {}}
    prefixes = []
    for row in sorted(rows, key=lambda row: -row.length):
        head = row.first[0]
        if head.endswith("*"):
            prefixes.append((head[:-1], row))
            continue
        forms = verb_forms(head, lang) if row.kind == "verb" else noun_forms(head, lang)
        for form in forms:
            tables[row.kind].setdefault(form, []).append(row)
    verbs, nouns = ({k: tuple(v) for k, v in tables[kind].items()} for kind in ("verb", "noun"))
    return verbs, nouns, tuple(prefixes)
