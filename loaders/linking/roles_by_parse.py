"""Who acts and who is acted upon, from the clause of the trigger.

With a parse, a party takes its role from where its noun phrase hangs in the clause; by word
order only where the parse leaves a side empty. Method: clause-bound attachment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.attachment import Attachment, attach, hangs_under, heads_of, within
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, feature, link, objects, subjects
from loaders.grammar.tokens import Words
from loaders.linking.parties import Party, coordinated
from loaders.linking.roles_by_order import preposition_before, sides_by_order
from loaders.linking.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token


def sides_of(clause: Clause, words: Words, parties: list[Party], lexicon: Lexicon) -> Sides:
    """Sources and targets of the clause among the parties of its sentence."""
    usable = [p for p in parties if not _inside(p, clause)]
    if not clause.parsed:
        return _finish(sides_by_order(clause, words, usable, lexicon, Sides()), clause)
    sides = Sides()
    _between_que_and_verb(clause, words, usable, lexicon, sides)
    _by_parse(clause, words, usable, lexicon, sides)
    _spread(words, usable, lexicon, sides)
    _speaker(clause, usable, sides)
    _content_target(clause, usable, lexicon, sides)
    if clause.verb is not None and not (sides.sources and sides.targets):
        sides = sides_by_order(clause, words, usable, lexicon, sides)
    return _finish(sides, clause)


def _between_que_and_verb(
    clause: Clause, words: Words, parties: list[Party], lexicon: Lexicon, sides: Sides
) -> None:
    """ "the aid that Washington gives": who stands between the relative and its verb acts, even
    where the parse makes a noun modifier of it."""
    if clause.verb is None or children(clause.verb, "subject", "patient"):
        return
    at, that = words.of_token.get(clause.verb.i, 0), lexicon.word_groups.get("that", frozenset())
    for party in parties:
        opening = words[party.first.i - 1] if party.first.i else None
        if opening is not None and opening.low in lexicon.word_groups.get("definite", ()):
            opening = words[opening.i - 1] if opening.i else None
        close = 0 < at - party.last.i <= 3 and not party.is_place
        if close and opening is not None and opening.low in that:
            sides.put("source", party)


def _inside(party: Party, clause: Clause) -> bool:
    """A party all of whose words are the trigger's own ("Security Council meeting")."""
    used = {word.i for word in clause.match.found}
    return set(range(party.first.i, party.last.i + 1)) <= used


def _by_parse(
    clause: Clause, words: Words, parties: list[Party], lexicon: Lexicon, sides: Sides
) -> None:
    subject_tokens, inherited = subjects(clause.verb) if clause.verb is not None else ([], False)
    object_tokens = objects(clause.verb) if clause.verb is not None else []
    if clause.light and clause.noun is not None:
        subject_tokens = [t for t in subject_tokens if t != clause.noun]
        object_tokens = [t for t in object_tokens if t != clause.noun]
    own_passive = clause.passive
    heads = heads_of(clause)
    marks = {t.i: ("patient" if own_passive else "subject") for t in subject_tokens}
    for token in object_tokens:
        marks.setdefault(token.i, "object")
    late: list[tuple[int, str, Party]] = []
    for party in parties:
        if party.token is None:
            continue
        hang = _named_by_half(party, words, marks) or attach(party.token, heads, marks, lexicon)
        if hang is None:
            continue
        side = _side(hang, clause, party, lexicon)
        if side in ("source", "target"):
            sides.put(side, party)
        elif side:
            late.append((hang.hops, side, party))
    if not sides.targets and clause.verb is not None and not clause.passive:
        _bare_object(clause, parties, lexicon, words, sides)
    for _, side, party in sorted(late, key=lambda row: row[0]):
        wanted = side.removeprefix("late ")
        if not (sides.sources if wanted == "source" else sides.targets):
            sides.put(wanted, party)
    if sides.sources or sides.targets:
        sides.how.append("parse")
    if inherited:
        sides.how.append("controller")


def _named_by_half(party: Party, words: Words, marks: dict[int, str]) -> Attachment | None:
    """ "Kim Jong-un s'est rendu": a name that the parse tore apart, one half of it the subject."""
    own = range(party.first.i, party.last.i + 1)
    person = party.kind == "person" and len(own) > 1
    torn = [i for i in marks if person and words.of_token.get(i) in own]
    return Attachment("verb", marks[torn[0]], "", "", 0) if torn else None


def _bare_object(
    clause: Clause, parties: list[Party], lexicon: Lexicon, words: Words, sides: Sides
) -> None:
    """ "ont tué à Bagdad le général iranien": who follows the verb with an article and without a
    preposition is its object, whatever the parse hangs it on."""
    assert clause.verb is not None
    at = words.of_token.get(clause.verb.i, 0)
    for party in parties:
        if not at < party.first.i <= at + 8 or party.is_place or party.form == "adjective":
            continue
        article = words[party.first.i - 1]
        between = words[at + 1 : party.first.i]
        bare = article.low in lexicon.word_groups.get("definite", ()) and article.pos == "DET"
        bare = bare and not preposition_before(words, party, lexicon)
        if bare and not any(w.pos in ("VERB", "AUX", "CCONJ") or w.is_mark for w in between):
            sides.put("target", party)
            return


def _side(hang: Attachment, clause: Clause, party: Party, lexicon: Lexicon) -> str:
    """ "source", "target", a late choice of either ("late target"), or "" for none."""
    if clause.inverse and not (clause.light and hang.on == "noun"):
        side = _side_on(hang, clause, party, lexicon)
        return {"source": "target", "target": "late source"}.get(side, side)
    return _side_on(hang, clause, party, lexicon)


def _side_on(hang: Attachment, clause: Clause, party: Party, lexicon: Lexicon) -> str:
    groups, link_kind = lexicon.word_groups, hang.kind
    foreign = bool(hang.inner) and hang.inner not in groups.get("source", ())
    if hang.on == "noun":
        return _side_of_noun(hang, clause, party, lexicon)
    if link_kind == "subject":
        if foreign and within(hang.inner, groups.get("place", ())):
            return "late source"  # "rebels in the Ivory Coast"
        return "" if foreign else "source"  # a town that acts is a government
    if link_kind == "patient":
        if clause.light:
            return "late target"
        return "late target" if foreign else "target"
    if link_kind == "agent" or (
        clause.passive and within(hang.preposition, groups.get("passive", ()))
    ):
        elsewhere = foreign and within(hang.inner, groups.get("place", ()))
        return "" if party.is_place or elsewhere else "source"  # "by a bomb in Iraq"
    if link_kind == "object":
        ties = EVENT_TYPES[clause.match.trigger.type].ties
        if ties and within(hang.inner, groups.get("with", ())):
            return "target"  # "broke ties with Qatar"
        return "late target" if foreign else "target"
    return _side_of_oblique(hang, clause, party, lexicon)


def _side_of_oblique(hang: Attachment, clause: Clause, party: Party, lexicon: Lexicon) -> str:
    groups, preposition = lexicon.word_groups, hang.preposition
    trigger = clause.match.trigger
    known = EVENT_TYPES[trigger.type]
    if party.is_place and known.meeting and not trigger.known_mode.goes:
        return ""
    if clause.passive and known.fought_with and within(hang.inner, groups.get("with", ())):
        return "late source"  # "were killed in fighting with Chinese troops"
    if hang.kind == "dative":
        return "target"
    if within(preposition, groups.get("place", ())):
        named = party.is_place or party.form == "name"
        if named and not known.place_is_target and preposition not in groups.get("target", ()):
            return ""  # "sued in California" is not against the state
        return "late target"
    if within(preposition, groups.get("target", ())) or within(preposition, groups.get("with", ())):
        return "target" if not hang.inner else "late target"
    if within(preposition, groups.get("from", ())):
        return "late target"
    return "late target" if hang.kind in ("oblique", "same", "and") and not party.is_place else ""


def _side_of_noun(hang: Attachment, clause: Clause, party: Party, lexicon: Lexicon) -> str:
    groups, preposition = lexicon.word_groups, hang.preposition
    if clause.match.trigger.kind == "verb":  # the noun is part of a verb phrase: impose sanctions
        if within(preposition, groups.get("passive", ())) and preposition:
            return "late source"
        return "target" if preposition else "late target"
    named_target = "o" in clause.match.trigger.marks
    if hang.kind == "agent" or within(preposition, groups.get("passive", ())):
        return "source" if not party.is_place else ""
    if within(preposition, groups.get("of", ())):
        if clause.match.trigger.known_mode.of_names_doer and not party.is_place and not hang.inner:
            return "source"  # "the withdrawal of American soldiers"
        return "target" if named_target or party.is_place else "source"
    if hang.kind in ("modifier", "possessor") and not preposition:
        return "late target" if party.is_place else "source"
    if within(preposition, groups.get("with", ())):
        return "source" if preposition in groups.get("between", ()) else "target"
    if within(preposition, groups.get("target", ())):
        return "target"
    if within(preposition, groups.get("place", ())):
        return "late target"
    return "late source" if not party.is_place else "late target"


def _spread(words: Words, parties: list[Party], lexicon: Lexicon, sides: Sides) -> None:
    """What is said of one of "A, B and C" is said of all: parsers lose conjuncts."""
    for group in coordinated(words, parties, lexicon):
        _one_side(group, sides)
        for side in (sides.sources, sides.targets):
            if any(party in side for party in group):
                name = "source" if side is sides.sources else "target"
                for party in group:
                    if not (party.is_place and name == "source"):
                        sides.put(name, party)


def _one_side(group: list[Party], sides: Sides) -> None:
    """A run of three or more that the parse split goes whole to where most of it stands."""
    acting = [party for party in group if party in sides.sources]
    acted = [party for party in group if party in sides.targets]
    if len(group) < 3 or not acting or not acted:
        return
    loser, winner = (sides.targets, sides.sources)
    moved = acted
    if len(acted) > len(acting):
        loser, winner, moved = sides.sources, sides.targets, acting
    for party in moved:
        loser.remove(party)
        winner.append(party)


def _speaker(clause: Clause, parties: list[Party], sides: Sides) -> None:
    """ "Israel said it had struck": a pronoun subject of what is said is the one who says it."""
    if sides.sources or clause.verb is None or clause.passive:
        return
    own = children(clause.verb, "subject")
    step = link(clause.verb)
    if not (own and _points_to_speaker(own[0]) and step.kind in ("content", "infinitive")):
        return
    speakers = {token.i for token in subjects(step.head)[0]}
    for party in parties:
        if party.token is not None and not party.is_place and hangs_under(party.token, speakers):
            sides.put("source", party)


def _content_target(clause: Clause, parties: list[Party], lexicon: Lexicon, sides: Sides) -> None:
    """ "demanded that Israel withdraw", "threatened to ban the opposition": who the content is
    about is who the act is directed at."""
    has_content = EVENT_TYPES[clause.match.trigger.type].has_content
    if sides.targets or clause.verb is None or not has_content:
        return
    for verb in children(clause.verb, "content", "infinitive"):
        groups = [children(verb, "subject", "patient"), children(verb, "object"), []]
        for group in groups:
            marks = {token.i: "object" for token in group}
            heads = {} if group else {verb.i: "verb"}
            for party in parties:
                if party.token is None or party in sides.sources:
                    continue
                if attach(party.token, heads, marks, lexicon) is not None:
                    sides.put("target", party)
            if sides.targets:
                sides.how.append("content")
                return


def _points_to_speaker(subject: Token) -> bool:
    """ "it", or "their forces": a noun with a possessive pronoun."""
    owners = (c for c in subject.children if c.dep_ in ("poss", "nmod:poss", "det"))
    return subject.pos_ == "PRON" or any(
        c.tag_ == "PRP$" or "Yes" in feature(c, "Poss") for c in owners
    )


def _finish(sides: Sides, clause: Clause) -> Sides:
    """One side never repeats the other; parties of a meeting stand on both sides."""
    symmetric = EVENT_TYPES[clause.match.trigger.type].symmetric
    codes = {party.code for party in sides.sources}
    elsewhere = any(party.code not in codes for party in sides.targets)
    if symmetric and not elsewhere and len(codes) > 1:
        first = sides.sources[0].code
        sides.targets = [party for party in sides.sources if party.code != first]
        sides.sources = [party for party in sides.sources if party.code == first]
        return sides
    if not sides.targets and len(codes) > 1 and clause.match.trigger.kind == "noun":
        sides.targets = [party for party in sides.sources if party.code != sides.sources[0].code]
        sides.sources = [party for party in sides.sources if party not in sides.targets]
        return sides  # "a ceasefire between A and B"
    others = [party for party in sides.targets if party.code not in codes]
    domestic = [] if symmetric else [p for p in sides.targets if _is_somebody(p)]
    sides.targets = others or domestic
    return sides


def _is_somebody(party: Party) -> bool:
    """A party in its own words: of one state, and yet not the source named again."""
    return party.form in ("name", "agent", "office")
