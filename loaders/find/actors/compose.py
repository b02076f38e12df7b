"""Agent and office nouns joined with the actor they belong to.

"les forces russes", "le ministère russe de la Défense", "Israeli troops", "Ukraine's president",
"the president of Ukraine", "porte-parole du Pentagone": the noun and its actor become one
mention under the actor's code. The word order and the joining words are language data.
"""

from __future__ import annotations

from events.model import ActorForm
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.lexicon import ActorEntry, Atom, fits

_REACH = 4  # words between a demonym and its noun: "Israeli special forces commanders"
_ADJECTIVES = ("adjective", "people")


def compose(frame: SentenceDrafts) -> None:
    """Join each noun of the frame with its actor, right to left; drafts change in place."""
    order = frame.lexicon.tables.get("order", ())
    for noun in sorted(frame.nouns, key=lambda atom: -atom.first):
        above = [d for d in frame.drafts if not d.dropped and d.first <= noun.first < d.last]
        if any((d.first, d.last) != (noun.first, noun.last) for d in above):
            continue  # "Assemblée nationale" is the French one unless "sénégalaise" follows
        joined = (
            ("after" in order and _after(frame, noun))
            or ("before" in order and _before(frame, noun))
            or (not _is_owned(frame, noun) and _of(frame, noun))
        )
        if joined:
            _coordinate(frame, joined)


def _is_owned(frame: SentenceDrafts, noun: Atom) -> bool:
    """Whether a possessive names the owner, so that "of" does not: "ses troupes du Kosovo"."""
    return frame.listed(noun.first - 1, "own") and frame.glued(noun.first)


def _join(
    frame: SentenceDrafts, noun: Atom, actor: ActorDraft, first: int, last: int
) -> ActorDraft:
    """Replace the actor's draft by one for noun and actor together, at tokens first:last."""
    offices = noun.of_role("office")
    agents = noun.of_role("agent")
    party_kind = agents[0].kind if agents and not offices else "person"
    actor.dropped = True
    for draft in frame.drafts:
        draft.dropped = draft.dropped or (first <= draft.first and draft.last <= last)
    labels = tuple(entry.label for entry in offices)
    form: ActorForm = "office" if offices else "agent"
    joined = ActorDraft(first, last, actor.code, party_kind, form, 0.95, "", labels, "agent")
    frame.drafts.append(joined)
    return joined


def _after(frame: SentenceDrafts, noun: Atom) -> ActorDraft | None:
    """Noun, then its demonym: "forces armées russes", "ministre russe de la Défense"."""
    at = noun.last
    for _ in range(_REACH):
        if not frame.glued(at):
            return None
        actor = frame.starting(at)
        if actor is not None:
            # "rebelles houthis": a name in small letters qualifies as an adjective does
            small = actor.role == "name" and frame.tokens[actor.first].text.islower()
            if not (actor.role in _ADJECTIVES or small):
                return None
            tail = _tail(frame, noun, actor.last)
            last = tail.last if tail else actor.last
            return _join(frame, tail or noun, actor, noun.first, last)
        if not frame.listed(at, "modifiers"):
            return None
        at += 1
    return None


def _tail(frame: SentenceDrafts, noun: Atom, at: int) -> Atom | None:
    """The rest of a longer noun after an inserted demonym: "... de la Défense"."""
    head = frame.tokens[noun.first]
    best: Atom | None = None
    for entry in frame.lexicon.index.get(head.key, ()):
        size = len(entry.keys) - 1
        words = [head, *frame.tokens[at : at + size]]
        if entry.role in ("office", "agent") and size and fits(words, entry):
            if best is None or at + size > best.last:
                best = Atom(noun.first, at + size, (entry,))
            elif at + size == best.last:
                best = Atom(noun.first, best.last, (*best.entries, entry))
    return best if noun.last == noun.first + 1 else None


def _before(frame: SentenceDrafts, noun: Atom) -> ActorDraft | None:
    """The actor, then its noun: "Israeli troops", "Ukraine's defence minister", "NATO chief"."""
    at = noun.first
    for _ in range(_REACH):
        if not frame.glued(at):
            return None
        if frame.key(at - 1) in frame.lexicon.lists.get("possessive", ()) and "'" in _gap(
            frame, at - 1
        ):
            at -= 1
        actor = frame.ending(at)
        if actor is not None:
            fine = actor.role not in ("person", "qualifier") and actor.form not in (
                "office",
                "agent",
            )
            return _join(frame, noun, actor, actor.first, noun.last) if fine else None
        other = frame.noun_ending(at)
        if other is not None:
            at = other.first
        elif frame.listed(at - 1, "modifiers"):
            at -= 1
        else:
            return None
    return None


def _gap(frame: SentenceDrafts, at: int) -> str:
    return frame.tokens[at].gap.replace("’", "'")


def _of(frame: SentenceDrafts, noun: Atom) -> ActorDraft | None:
    """Noun, "of", actor: "le président de la Russie", "spokesman for the Kremlin"."""
    phrases = list(frame.lexicon.tables.get("of", ()))
    if all(entry.kind == "group" for entry in noun.entries):
        phrases += frame.lexicon.tables.get("of_group", ())
    after = [noun.last]
    while frame.listed(after[-1], "modifiers") and len(after) < 3:
        after.append(after[-1] + 1)
    for at in after:
        for size in sorted({at + len(_split(p)) for p in phrases if _reads(frame, at, p)}):
            actor = frame.starting(size)
            if actor is not None and frame.glued(size) and actor.role not in _ADJECTIVES:
                if actor.role == "person":
                    return None
                return _join(frame, noun, actor, noun.first, actor.last)
    return _bare(frame, noun)


def _bare(frame: SentenceDrafts, noun: Atom) -> ActorDraft | None:
    """Noun, then actor, in languages that join them by case alone: "президент Украины"."""
    if "bare" not in frame.lexicon.tables.get("order", ()):
        return None
    actor = frame.starting(noun.last)
    if actor is None or not frame.glued(noun.last) or actor.role in (*_ADJECTIVES, "person"):
        return None
    return _join(frame, noun, actor, noun.first, actor.last)


def _split(phrase: str) -> list[str]:
    return phrase.replace("'", " ").split()


def _reads(frame: SentenceDrafts, at: int, phrase: str) -> bool:
    parts = _split(phrase)
    return all(
        frame.glued(at + i) and frame.tokens[at + i].text.casefold() == part
        for i, part in enumerate(parts)
    )


def _coordinate(frame: SentenceDrafts, joined: ActorDraft) -> None:
    """Give a coordinated demonym the same noun: "Russian and Ukrainian officials"."""
    for draft in frame.drafts:
        if draft.dropped or draft.role not in _ADJECTIVES:
            continue
        before = draft.last == joined.first - 1 and frame.listed(draft.last, "and")
        after = draft.first == joined.last + 1 and frame.listed(joined.last, "and")
        comma = draft.last == joined.first and "," in frame.tokens[joined.first].gap
        if before or after or comma:
            draft.form, draft.kind, draft.confidence = "agent", joined.kind, 0.85
            draft.role = "agent"


def noun_entries(atom: Atom) -> tuple[ActorEntry, ...]:
    """The agent and office nouns among the entries of an atom."""
    return atom.of_role("agent", "office")
