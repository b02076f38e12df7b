"""Names of states and capitals that are a person's surname: "Michael Jordan", "Jack London"."""

from __future__ import annotations

import functools

from events.reference import female_names, office_holders
from events.registry import fold
from loaders.find.actors.draft import SentenceDrafts
from loaders.find.actors.lexicon import Atom

_SHORTEST = 3  # letters of a given name: "Le" is one in Vietnam, and an article in French
_PERSON = frozenset({"PERSON", "PER"})


def is_surname(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether a name of one word ends a person's full name.

    Told by a title of persons, by the model, or where there is none by a given name right before.
    """
    before = atom.first - 1
    if before < 0 or atom.last - atom.first > 1:
        return False
    if _is_title(frame, before) and frame.tokens[atom.first].gap in (" ", ". "):
        return True
    if frame.tokens[atom.first].gap != " ":
        return False
    word = frame.tokens[before].text
    if not word[0].isupper() or _is_no_name(frame, before):
        return False
    if any(noun.first <= before < noun.last for noun in frame.nouns):
        return False
    if any(draft.first <= before < draft.last for draft in frame.drafts):
        return False
    if frame.sentence.names is None:
        return len(word) >= _SHORTEST and fold(word) in _given_names()
    start, end = frame.tokens[before].start, frame.tokens[atom.first].end
    return any(
        name.label in _PERSON and name.start <= start and name.end == end
        for name in frame.sentence.names
    )


def _is_title(frame: SentenceDrafts, at: int) -> bool:
    """ "Ms. India Walton", "Frau Holland"; no title are small letters ("in general Iran refuses")
    and part of an office ("the Attorney General Iran sued")."""
    titled = frame.listed(at, "titles") and frame.tokens[at].text[0].isupper()
    office = any(noun.first <= at < noun.last for noun in frame.nouns)
    return (titled and not office) or frame.listed(at, "titles_female")


def _is_no_name(frame: SentenceDrafts, at: int) -> bool:
    listed = frame.listed(at, "titles") or frame.listed(at, "articles")
    return listed or frame.listed(at, "locative") or frame.listed(at, "not_names")


@functools.cache
def _given_names() -> frozenset[str]:
    """First words of the full names of office holders, and the given names of women; folded."""
    full = [row.person for row in office_holders() if " " in row.person]
    full += [alias for row in office_holders() for alias in row.aliases if " " in alias]
    return frozenset(fold(text).split()[0] for text in full) | {
        fold(name) for name in female_names()
    }
