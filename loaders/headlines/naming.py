"""A subject that points back to an earlier sentence gives way to one that stands alone.

A pronoun to the name of the party it stands for, where the event knows that party and nothing else
in the clause agrees with the pronoun; "this decision" to "a decision", "these four men" to "four
men".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from events import registry
from events.headline import capitalised
from events.model import ActorMention, Event
from events.sectors import SECTORS
from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import leads_to, low
from loaders.headlines.parties import whole
from loaders.headlines.persons import PERSON
from loaders.headlines.word_lists import holds, listed, plain
from loaders.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGREEING = ("aux:pass", "auxpass", "cop")
_FIRST = 3  # words of a sentence among which its subject is surely the one told of before


def named(
    clause: Clause, event: Event, start: int, actors: Sequence[ActorMention], lang: str
) -> Clause | None:
    """The clause with a name for a pronoun as its subject; None where no name is sure. `start`:
    where the parsed words begin in the part."""
    subject = clause.subject
    if subject.pos_ != "PRON" or low(subject) not in listed(lang, "pronouns"):
        return clause
    meant = _meant(subject, event, start, actors)
    if clause.teller is not None or subject.i >= _FIRST:
        return None  # the pronoun may take up a name of the same sentence
    if any(child.dep_ in _AGREEING for child in clause.verb.children):
        return None
    name = _as_named_before(meant, actors) or with_article(meant, lang) if meant else ""
    if not name or _is_plural(subject) != _is_plural_name(name, lang):
        name = _of_its_role(clause, event, start, lang)
    return replace(clause, instead={**clause.instead, subject.i: name}) if name else None


def _of_its_role(clause: Clause, event: Event, start: int, lang: str) -> str:
    """The name of the only party that acts, for "they" before the verb of the act; "" where none
    fits. A single "he" or "it" may be a person or a thing."""
    told = event.trigger or event
    is_act = told.start <= start + clause.verb.idx < told.end
    if not is_act or len(event.sources) != 1 or not _is_plural(clause.subject):
        return ""
    return _of_many(event.sources[0], lang)


def _of_many(code: str, lang: str) -> str:
    """The name of a part of a society that is told in the plural, with its article: "Les rebelles
    libyens", "Libyan rebels"; "" for others."""
    sector = SECTORS.get(code.partition(":")[2])
    if sector is None or code.startswith("?"):
        return ""
    name, articles = registry.name(code, lang), words(lang, "headlines").get("articles", "").split()
    if not articles:
        return name if sector.names[lang if lang in sector.names else "en"].endswith("s") else ""
    is_many = sector.agreement.get(lang, "").endswith("p")
    return capitalised(f"{articles[3]} {name[:1].lower()}{name[1:]}") if is_many else ""


def with_objects(clause: Clause, lang: str) -> Clause:
    """The clause with the only person whom its sentence names before, and who is not in it, for
    "him": "a warrant accusing Rodrigo Duterte"."""
    doc = clause.doc
    asked = [doc[i] for i in clause.kept if low(doc[i]) in listed(lang, "replaced")]
    persons = [span for span in doc.ents if span.label_ in PERSON]
    if len(asked) != 1 or len(persons) != 1 or asked[0].dep_ not in ("dobj", "pobj"):
        return clause
    person, pronoun = persons[0], asked[0].i
    if doc[person.end].dep_ == "case" and doc[person.end].lower_ in ("'s", "’s"):
        return clause  # whose something it is, not who
    if person.end > pronoun or any(i in clause.kept for i in range(person.start, person.end)):
        return clause
    return replace(clause, instead={**clause.instead, pronoun: person.text})


def by_name(clause: Clause, lang: str) -> Clause | None:
    """The clause under the name of the person that stands right behind its subject, between two
    commas: "Marine Le Pen" of "the party's leader, Marine Le Pen,"; None where none does. Behind
    "the killer of the prime minister, ..." the name is the minister's."""
    doc, edge = clause.doc, clause.subject.left_edge.i
    if "Plur" in clause.subject.morph.get("Number", []):
        return None
    spans = (span for span in doc.ents if span.label_ in PERSON and edge < span.start)
    for span in spans:
        start = span.start
        while start > edge and doc[start - 1].pos_ == "PROPN":  # "Vice President"
            start -= 1
        marks = (doc[start - 1].text, doc[span.end : span.end + 1].text)
        between = doc[clause.subject.i + 1 : start - 1]
        points_back = any(holds(plain(between.text), w) for w in listed(lang, "backward"))
        is_beside = start > clause.subject.i and (
            points_back or all(_is_no_person(t) for t in between)
        )
        if is_beside and marks == (",", ",") and leads_to(clause.verb, span.end + 1):
            name = frozenset(range(start, span.end))
            kept = name | {i for i in clause.kept if i > span.end}
            must = name | {i for i in clause.must if i > span.end}
            return replace(clause, subject=span.root, kept=kept, must=must)
    return None


def _is_no_person(token: Token) -> bool:
    """Whether a word behind an office is none of a person: "du Rassemblement national"."""
    return token.pos_ in ("ADJ", "ADP", "DET") or token.ent_type_ in ("ORG", "GPE", "LOC", "NORP")


def without_pointing(clause: Clause, lang: str) -> Clause:
    """The clause with an article for the word that opens it and points back."""
    first = clause.doc[min(clause.kept)]
    articles = _articles(lang).get(low(first))
    if articles is None or first.head.pos_ != "NOUN":
        return clause
    follows = clause.doc[first.i + 1]
    before_a_vowel = low(follows)[:1] in "aeiou"
    article = "" if follows.pos_ == "NUM" else articles[-1 if before_a_vowel else 0]
    return replace(clause, instead={**clause.instead, first.i: article})


def _articles(lang: str) -> dict[str, list[str]]:
    """word that points back -> the article in its place, and the one before a vowel"""
    pairs = (entry.split(":") for entry in listed(lang, "pointing"))
    return {word: articles for word, *articles in pairs}


def _meant(
    token: Token, event: Event, start: int, actors: Sequence[ActorMention]
) -> ActorMention | None:
    """The actor that was found in the pronoun, where it is one of the event's parties."""
    begin = start + token.idx
    parties = {*event.sources, *event.targets}
    return next(
        (
            actor
            for actor in actors
            if (actor.part, actor.start) == (event.part, begin)
            and {actor.code, whole(actor.code)} & parties
        ),
        None,
    )


def _as_named_before(meant: ActorMention, actors: Sequence[ActorMention]) -> str:
    """The person's name as the article writes it."""
    if not meant.person:
        return ""
    last = plain(meant.person).split()[-1]
    before = [a for a in actors if a.part == meant.part and a.start < meant.start]
    texts = [a.text for a in before if a.form == "name" and last in plain(a.text)]
    return max(texts, key=len, default=meant.person)


def with_article(actor: ActorMention, lang: str) -> str:
    """The name of an actor as the subject of a sentence: "La Russie", "Israël", "Les Pays-Bas"."""
    if actor.kind == "state":
        return _of_state(actor.code, lang)
    return "" if "articles" in words(lang, "headlines") else registry.name(actor.code, lang)


def _of_state(code: str, lang: str) -> str:
    name = registry.name(code, lang)
    low_name, groups = plain(name), words(lang, "headlines")
    if "articles" not in groups:
        return name
    bare, plural, masculine = (listed(lang, g) for g in ("bare_names", "plural_names", "masculine"))
    articles = groups["articles"].split()
    if low_name in bare:
        return name
    if low_name in plural:
        return f"{articles[3]} {name}"
    if registry.fold(name)[0] in "aeiouy":
        return f"{articles[2]}{name}"
    feminine = low_name.endswith("e") and low_name not in masculine
    return f"{articles[1] if feminine else articles[0]} {name}"


def _is_plural(token: Token) -> bool:
    return "Plur" in token.morph.get("Number", [])


def _is_plural_name(name: str, lang: str) -> bool:
    low_name = plain(name)
    return any(low_name.endswith(plural) for plural in listed(lang, "plural_names"))
