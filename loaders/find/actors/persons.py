"""Names of persons beside an office: "German Defence Minister Boris Pistorius".

A person in no table gets the code of the state or organisation of that office; later in the
article, the surname alone gets the same code.
"""

from __future__ import annotations

from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.holders import acts_for
from loaders.find.actors.lexicon import longest

_LONGEST = 5


def attach_persons(frame: SentenceDrafts, known: dict[str, ActorDraft]) -> None:
    """Give each office draft its person, named right after or, set off by commas, before or after.

    `known` maps surnames to drafts of this article; new persons are added to it.
    """
    for draft in [d for d in frame.drafts if not d.dropped and d.form == "office"]:
        if not _after(frame, draft, known):
            _before(frame, draft, known)
    _join_offices_without_actor(frame)


def _after(frame: SentenceDrafts, draft: ActorDraft, known: dict[str, ActorDraft]) -> bool:
    at = draft.last
    if at >= len(frame.tokens):
        return False
    while frame.listed(at, "titles") and frame.glued(at):
        at += 1
    person = frame.starting(at)
    if person is not None and person.role == "person":
        if frame.glued(at):
            _merge(draft, person)
        elif "," in frame.tokens[at].gap and person.code == draft.code:
            draft.person = person.person
        return True
    if person is not None:
        return False
    set_off = "," in frame.tokens[at].gap if at < len(frame.tokens) else False
    last = name_end(frame, at, 2 if set_off else 1)
    if last == at or not (frame.glued(at) or set_off):
        return False
    if set_off and last < len(frame.tokens) and "," not in frame.tokens[last].gap:
        return False
    _name_person(frame, draft, at, last, known, merge=not set_off)
    return True


def _before(frame: SentenceDrafts, draft: ActorDraft, known: dict[str, ActorDraft]) -> None:
    """ "Sabrina Singh, porte-parole du Pentagone"."""
    at = draft.first
    if frame.listed(at - 1, "articles") and frame.glued(at):
        at -= 1
    if at <= 1 or "," not in frame.tokens[at].gap:
        return
    first = name_start(frame, at)
    if at - first < 2 or frame.ending(at) is not None:
        return
    _name_person(frame, draft, first, at, known, merge=False)


def _merge(draft: ActorDraft, person: ActorDraft) -> None:
    draft.last, draft.person, person.dropped = person.last, person.person, True
    if draft.code != person.code and draft.role == "bare":
        draft.code = person.code


def _name_person(
    frame: SentenceDrafts,
    draft: ActorDraft,
    first: int,
    last: int,
    known: dict[str, ActorDraft],
    merge: bool,
) -> None:
    name = _canonical(frame, last, draft.code) or frame.text(first, last)
    if merge:
        draft.last, draft.person = last, name
        named = draft
    else:
        named = ActorDraft(
            first, last, draft.code, "person", "name", 0.8, name, draft.offices, "person"
        )
        frame.drafts.append(named)
    known[frame.tokens[last - 1].key] = named


def _canonical(frame: SentenceDrafts, end: int, code: str) -> str:
    """The office holder of `code` whose surname ends a name: "Биньямин Нетаньяху"."""
    atom = longest(frame.tokens, end - 1, frame.lexicon)
    persons = [entry.code for entry in atom.of_role("person")] if atom else []
    return next((person for person in persons if acts_for(person, code)), "")


def _join_offices_without_actor(frame: SentenceDrafts) -> None:
    """ "President Clinton", "le président Macron": an office noun without an actor, then a name."""
    for noun in frame.nouns:
        person = frame.starting(noun.last)
        if person is None or person.role != "person" or not frame.glued(noun.last):
            continue
        if noun.of_role("office") and not _covered(frame, noun.first):
            person.first, person.form = noun.first, "office"
            person.confidence = max(person.confidence, 0.7)


def _covered(frame: SentenceDrafts, at: int) -> bool:
    return any(not d.dropped and d.first <= at < d.last for d in frame.drafts)


def name_end(frame: SentenceDrafts, at: int, least: int) -> int:
    """The end of the capitalised name that begins at a token; `at` where it is too short."""
    last = at
    while last < len(frame.tokens) and last - at < _LONGEST:
        if last > at and not frame.glued(last):
            break
        word = frame.tokens[last].text
        if not (_is_name_word(word) or (last > at and frame.listed(last, "particles"))):
            break
        if last > at and "'" in frame.tokens[last].gap.replace("’", "'") and word.islower():
            break
        last += 1
    while last > at and not _is_name_word(frame.tokens[last - 1].text):
        last -= 1
    return last if last - at >= least else at


def name_start(frame: SentenceDrafts, end: int) -> int:
    """The start of the capitalised name that ends before a token."""
    first = end
    while first > 0 and end - first < _LONGEST and (first == end or frame.glued(first)):
        word = frame.tokens[first - 1].text
        if not (_is_name_word(word) or (first < end and frame.listed(first - 1, "particles"))):
            break
        first -= 1
    while first < end and not _is_name_word(frame.tokens[first].text):
        first += 1
    return first


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and not word[0].isdigit()
