"""Atoms of one sentence to drafts: names, demonyms, capitals that act, office holders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from events.model import PlaceMention
from loaders.find.actors.compose import noun_entries
from loaders.find.actors.draft import Draft, Frame
from loaders.find.actors.holders import elect, term_of
from loaders.find.actors.lexicon import Atom, Lexicon, find_atoms, tokenise
from loaders.text.document import Sentence

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass", "obl:agent", "agent", "csubj")
_VERBS = ("VERB", "AUX")
_ACTING = ("government", "actor")
_NOT_ACTING = ("event", "dateline")


def scan(
    sentence: Sentence,
    lexicon: Lexicon,
    places: Collection[PlaceMention],
    day: dt.date | None,
    named: set[str],
) -> Frame:
    """The frame of a sentence with one draft per name found and the nouns left to compose.

    `named` holds the persons whom the article has named in full; it grows.
    """
    frame = Frame(sentence, tokenise(sentence.text, lexicon.endings), lexicon)
    if sentence.parse is not None:
        frame.parsed = {token.idx: token for token in sentence.parse}
    atoms = find_atoms(frame.tokens, lexicon)
    frame.nouns = [atom for atom in atoms if noun_entries(atom)]
    for atom in atoms:
        draft = _draft(frame, atom, places, day, named)
        if draft is not None:
            frame.drafts.append(draft)
    return frame


def _draft(
    frame: Frame,
    atom: Atom,
    places: Collection[PlaceMention],
    day: dt.date | None,
    named: set[str],
) -> Draft | None:
    entry = atom.entries[0]
    if entry.role in ("name", "people", "adjective") and _is_apart(frame, atom):
        return None
    if entry.role == "name":
        return None if _is_first_name(frame, atom) else _name(frame, atom)
    if entry.role == "capital":
        # kept for "the president's office in Paris" to fall, and "la réponse de Paris" to join
        acts = acts_as_government(frame, atom, places)
        return Draft(
            atom.first,
            atom.last,
            entry.code,
            "government",
            "name",
            0.85 if acts else 0.0,
            role="capital",
        )
    if entry.role == "person":
        return _person(frame, atom, day, named)
    if entry.role in ("people", "adjective"):
        return _demonym(frame, atom)
    return None


def _is_apart(frame: Frame, atom: Atom) -> bool:
    """ "pro-Russian", "anti-American": not of that state."""
    at = atom.first
    return frame.listed(at - 1, "prefixes_apart") and "-" in frame.tokens[at].gap


def _qualifies(frame: Frame, atom: Atom) -> bool:
    """ "Iran-backed", "US-brokered": the state qualifies what others do."""
    at = atom.last
    return frame.listed(at, "suffixes") and "-" in frame.tokens[at].gap


def _name(frame: Frame, atom: Atom) -> Draft:
    entry = atom.entries[0]
    if _qualifies(frame, atom):
        return Draft(atom.first, atom.last, entry.code, entry.kind, "adjective", 0.5, role="name")
    return Draft(atom.first, atom.last, entry.code, entry.kind, "name", 0.9, role="name")


def _is_first_name(frame: Frame, atom: Atom) -> bool:
    """ "Jordan Bardella", "Chad Smith": a state's name in front of a surname."""
    if atom.last - atom.first > 1 or not frame.listed(atom.first, "first_names"):
        return False
    at = atom.last
    if not frame.glued(at) or not frame.tokens[at].text[0].isupper():
        return False
    return not any(noun.first == at for noun in frame.nouns) and frame.tokens[at].gap == " "


def _demonym(frame: Frame, atom: Atom) -> Draft:
    people = atom.of_role("people")
    adjective = atom.of_role("adjective")
    entry = (people or adjective)[0]
    if people and (not adjective or _stands_alone(frame, atom)):
        return Draft(atom.first, atom.last, entry.code, "group", "agent", 0.8, role="people")
    return Draft(atom.first, atom.last, entry.code, "state", "adjective", 0.6, role="adjective")


def _stands_alone(frame: Frame, atom: Atom) -> bool:
    """A demonym that is both noun and adjective stands for people: "the Chinese said"."""
    if frame.lexicon.tables.get("capital_people"):
        return frame.tokens[atom.first].text[0].isupper()
    if frame.lexicon.tables.get("article_people"):
        return frame.listed(atom.first - 1, "articles") and frame.glued(atom.first)
    token = frame.parse_at(atom.last - 1)
    if token is not None:
        noun = token.pos_ in ("NOUN", "PROPN") or token.dep_ in _SUBJECTS
        return noun and token.dep_ not in ("amod", "compound", "nmod")
    return False


def _person(frame: Frame, atom: Atom, day: dt.date | None, named: set[str]) -> Draft | None:
    persons = [entry.code for entry in atom.of_role("person")]
    if atom.last - atom.first == 1 and _is_part_of_name(frame, atom):
        return None
    persons = [person for person in persons if person in named] or persons
    term, holds = term_of(persons, day)
    if atom.last - atom.first > 1:
        named.add(term.person)
    sure = 0.9 if holds else 0.75 if elect(term, day) else 0.6
    offices = (term.office,) if holds else ()
    return Draft(
        atom.first, atom.last, term.code, "person", "name", sure, term.person, offices, "person"
    )


def _is_part_of_name(frame: Frame, atom: Atom) -> bool:
    """ "Kate Bush", "Austin Powers": a surname that belongs to another name."""
    return _is_other_name(frame, atom.first - 1, atom.first) or _is_other_name(
        frame, atom.last, atom.last
    )


def _is_other_name(frame: Frame, at: int, seam: int) -> bool:
    if not frame.glued(seam) or at < 0 or "'" in frame.tokens[seam].gap.replace("’", "'"):
        return False
    word = frame.tokens[at].text
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    if any(noun.first <= at < noun.last for noun in frame.nouns):
        return False
    if any(draft.first <= at < draft.last for draft in frame.drafts):
        return False
    if at == 0:  # the first word of a sentence has a capital in any case
        token = frame.parse_at(at)
        return token is not None and token.pos_ == "PROPN"
    return not frame.listed(at, "titles")


def acts_as_government(frame: Frame, atom: Atom, places: Collection[PlaceMention]) -> bool:
    """True where a capital stands for its government: "Moscou a averti", "Washington fournit"."""
    role = _place_role(frame, atom, places)
    if role in _ACTING:
        return True
    if role in _NOT_ACTING or _is_dateline(frame, atom):
        return False
    if frame.listed(atom.first - 1, "agentive") and frame.glued(atom.first):
        return True
    return _is_paired(frame, atom) or _is_given(frame, atom) or _is_subject(frame, atom)


def _place_role(frame: Frame, atom: Atom, places: Collection[PlaceMention]) -> str:
    shift = frame.sentence.start
    start = frame.tokens[atom.first].start + shift
    end = frame.tokens[atom.last - 1].end + shift
    for place in places:
        if place.part == frame.sentence.part and place.start < end and start < place.end:
            return place.role
    return ""


def _is_dateline(frame: Frame, atom: Atom) -> bool:
    """ "KYIV, 9 juillet -" or "PARIS (AFP) -" at the head of a sentence."""
    if atom.first > 0:
        return False
    return frame.tokens[0].text.isupper() and len(frame.tokens[0].text) > 2


def _is_paired(frame: Frame, atom: Atom) -> bool:
    """ "entre Moscou et Kiev": two capitals as two sides."""
    before, after = frame.key(atom.first - 1), atom.last
    betweens = frame.lexicon.lists.get("between", frozenset())
    joined = frame.listed(after, "and") and frame.tokens[after].glued
    if before in betweens and (joined or frame.listed(atom.first - 1, "against")):
        return True
    return frame.listed(atom.first - 1, "and") and any(
        d.last == atom.first - 1 and d.role == "capital" and d.confidence > 0 for d in frame.drafts
    )


def _is_given(frame: Frame, atom: Atom) -> bool:
    """What is given to, told or accused: "fournit à Kyiv", "told Moscow", "a accusé Pékin"."""
    at = atom.first - 1
    if frame.listed(at, "to"):
        return _has_stem(frame, range(max(0, at - 3), at), "dative")
    if at < 0 or not frame.glued(atom.first) or frame.listed(at, "locative"):
        return False
    if frame.listed(at, "against"):
        return _has_stem(frame, range(max(0, at - 3), at), "measures")
    return _has_stem(frame, range(at, at + 1), "dative") or _has_stem(
        frame, range(at, at + 1), "accusative"
    )


def _has_stem(frame: Frame, window: range, name: str) -> bool:
    stems = tuple(frame.lexicon.tables.get(name, ()))
    return bool(stems) and any(frame.tokens[at].text.casefold().startswith(stems) for at in window)


def _is_subject(frame: Frame, atom: Atom) -> bool:
    """Subject of a verb: by the parse, else by no place word before and a verb-like word after."""
    if frame.listed(atom.first - 1, "locative") and frame.glued(atom.first):
        return False
    token = frame.parse_at(atom.last - 1)
    if token is not None:
        return token.dep_ in _SUBJECTS and token.head.pos_ in _VERBS
    if atom.last >= len(frame.tokens) or not frame.glued(atom.last):
        return False
    word = frame.tokens[atom.last]
    starts = atom.first == 0 or not frame.glued(atom.first)
    # compared with its accents: "a" is a verb where "à" is none
    other = frame.lexicon.tables.get("not_verbs", ())
    return starts and word.text.islower() and word.text not in other
