"""Where an event happens: a locative of its own clause, a town before a region or a country.

A place that speaks or acts never places an event, nor does what an act is about: a demand about
talks in Geneva happens elsewhere. No place is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.model import Mention, PlaceMention
from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import VERBAL, link
from loaders.grammar.ties import Tie, Ways, manner_of, tie_of, token_of
from loaders.grammar.tokens import Words
from loaders.linking.aside import is_aside, is_misread
from loaders.linking.beside import (
    NOT_SPOTS,
    is_nearest,
    locative_words,
    opens,
    preposition_of,
    stands_beside,
)
from loaders.linking.landing import grounds, is_wide, landing

_RANK = {"city": 0, "site": 0, "water": 1, "region": 2, "area": 2, "country": 3}
BESIDE = "beside"


def place_of(
    clause: Clause,
    clauses: Sequence[Clause],
    words: Words,
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
    event_type: str,
    dates: Sequence[Mention] = (),
) -> tuple[PlaceMention, str] | None:
    """The best place of the clause for an act of that type and how it is tied to it (a key of
    `certainty.TIES`), or None. `dates`: those of the sentence."""
    sentence = words.sentence
    covered = [word for date in dates for word in words.at(date.start, date.end)]
    covered += [word for word in words if word.low in lexicon.word_groups.get("times", ())]
    tokens = frozenset(word.token.i for word in covered if word.token is not None)
    ways = _ways(tokens, lexicon)
    rows = []
    for place in places:
        inside = place.part == sentence.part and sentence.start <= place.start < sentence.end
        if not inside or place.place is None or place.role == "dateline":
            continue
        if is_aside(words, place, event_type, lexicon) or is_misread(words, place, places, lexicon):
            continue
        if _qualifies(words, place, lexicon):
            continue
        fit = _fit(clause, clauses, words, place, lexicon, event_type, ways)
        if fit:
            rows.append((fit == BESIDE, _RANK[place.place.kind], place.start, place, fit))
    if not rows:
        return None
    *_, best, how = min(rows, key=lambda row: row[:3])
    return _town_before(best, words, places), how


def _town_before(wide: PlaceMention, words: Words, places: Sequence[PlaceMention]) -> PlaceMention:
    """ "Kobané, en Syrie": the town that a country or region comes to explain; else itself."""
    assert wide.place is not None
    if wide.place.kind not in ("country", "region"):
        return wide
    text, offset = words.sentence.text, words.sentence.start
    for place in places:
        if place.part != wide.part or not offset <= place.start < place.end < wide.start:
            continue
        found = place.place
        if found is None or place.role in NOT_SPOTS or found.kind not in ("city", "site"):
            continue
        if found.country != wide.place.country:
            continue
        between = text[place.end - offset : wide.start - offset]
        if between.startswith(",") and len(between.split()) <= 2 and "," not in between[1:]:
            return place
    return wide


def _fit(
    clause: Clause,
    clauses: Sequence[Clause],
    words: Words,
    place: PlaceMention,
    lexicon: Lexicon,
    event_type: str,
    ways: Ways,
) -> str:
    """How a place is tied to the clause; "": not at all."""
    token = token_of(words, place)
    if clause.parsed and token is not None:
        tie = tie_of(clause, clauses, token, ways)
        if tie is not None:
            if not tie.preposition and not tie.inner and tie.kind in ("oblique", "noun"):
                tie = replace(tie, preposition=preposition_of(words, place, lexicon))
            if may_place(tie, clause, place, lexicon, event_type):
                return manner_of(tie, lexicon.word_groups)
            # a title tells the state, the body the town
            titled = words.sentence.part == "title"
            return "" if titled else landing(tie, clause, place, lexicon, event_type)
    if place.role in NOT_SPOTS or not is_nearest(clause, clauses, words, place):
        return ""
    if opens(clause, words, place, lexicon):
        return "opening"
    return BESIDE if stands_beside(clause, words, place, lexicon, event_type) else ""


def _ways(dates: frozenset[int], lexicon: Lexicon) -> Ways:
    groups = lexicon.word_groups
    of, locative = groups.get("of", frozenset()), locative_words(lexicon)
    at = locative | groups.get("during", frozenset()) | groups.get("passive", frozenset())
    return Ways(dates, of, at, locative | of | groups.get("target", frozenset()))


def _leaving(lexicon: Lexicon) -> frozenset[str]:
    """Words for "from"; where they also say "of", so do their contracted forms ("du", "des")."""
    groups = lexicon.word_groups
    of, leaving = groups.get("of", frozenset()), groups.get("from", frozenset())
    return leaving | of if leaving & of else leaving


def may_place(
    tie: Tie, clause: Clause, place: PlaceMention, lexicon: Lexicon, event_type: str
) -> bool:
    """Whether a place with this tie is where an act of this type happens."""
    assert place.place is not None
    groups, locative = lexicon.word_groups, locative_words(lexicon)
    known = EVENT_TYPES[event_type]
    if clause.match.trigger.known_mode.from_afar:
        locative |= groups.get("above", frozenset())  # shot down over a place, but clashed over it
    if is_wide(place):
        locative -= groups.get("narrow", frozenset())  # "look back at Turkey" is no place
    light = locative | groups.get("of", frozenset())
    if any(not _is(preposition, light) for preposition in tie.inner):
        return False
    if any(noun not in grounds(lexicon) for noun in tie.possessed):
        return False  # "Beirut's suburbs", but not "Beirut's envoy"
    topic = groups.get("topic", frozenset())
    if not known.on_ground and any(_is(p, topic) for p in (tie.preposition, *tie.inner)):
        return False  # "une résolution sur le Soudan"
    if tie.borrowed and not known.forceful:
        return False
    wide, held = is_wide(place), any(_is(p, locative) for p in tie.inner)
    bare = not tie.preposition and tie.kind in ("object", "oblique")
    acting = place.role in NOT_SPOTS and not held
    if known.leaves and not held:
        left = bare or _is(tie.preposition, _leaving(lexicon))
        if left or (tie.kind == "patient" and not wide):
            return True
    if acting:
        return bare and known.lands and not wide and place.role == "actor"
    if _is_given(tie, clause, event_type, lexicon) or _is_refuge(tie, clause, event_type):
        return False
    if _is(tie.preposition, locative | groups.get("during", frozenset())):
        return held or _leads_there(tie.owners, place, lexicon)
    if known.meeting and held and _is(tie.preposition, groups.get("with", frozenset())):
        return True  # "met with the president in Damascus"
    if clause.match.trigger.mode_as(event_type).goes:
        return bare or _is(tie.preposition, groups.get("target", frozenset()))
    if _is(tie.preposition, groups.get("from", frozenset())) and not bare and known.takes:
        return held  # "abducted girls from a school in Chibok"
    if _is(tie.preposition, groups.get("target", frozenset())):
        return known.aimed and (held or not wide)
    if tie.kind in ("subject", "agent") or _is(tie.preposition, groups.get("passive", frozenset())):
        return held and not known.sent  # "a maker in Vienna sent engineers"
    return _by_noun(tie, clause, place, held, lexicon, event_type)


def _leads_there(owners: Sequence[str], place: PlaceMention, lexicon: Lexicon) -> bool:
    """ "in the north of Syria", "in a market of Baghdad"; but not "in support of Ukraine"."""
    if place.place is not None and place.place.kind in ("city", "site"):
        return not any(owner in lexicon.word_groups.get("causes", ()) for owner in owners)
    return all(owner in lexicon.word_groups.get("parts", ()) for owner in owners)


def _by_noun(
    tie: Tie, clause: Clause, place: PlaceMention, held: bool, lexicon: Lexicon, event_type: str
) -> bool:
    """Where the object is, or the noun of the act: "met her in Rome", "the siege of Sarajevo"."""
    wide, known = is_wide(place), EVENT_TYPES[event_type]
    if not known.on_ground:
        met = known.meeting and not tie.preposition and not is_topical(clause, lexicon)
        met = met and tie.kind in ("object", "patient", "oblique")
        stopped = clause.match.trigger.known_mode.stops and tie.kind == "object"
        of_act = not tie.inner and not wide and tie.kind in ("modifier", "possessor")
        of_act = of_act and not tie.named
        return (held and (met or stopped)) or of_act
    if tie.kind in ("object", "patient"):
        return held or not wide
    if tie.kind == "modifier" and place.place is not None and not place.place.country:
        return False  # "the Europe Bridge"
    of = not tie.preposition or _is(tie.preposition, lexicon.word_groups.get("of", frozenset()))
    return of and (held or not wide)


def _is_given(tie: Tie, clause: Clause, event_type: str, lexicon: Lexicon) -> bool:
    """ "ont accordé un prêt à Kiev", "l'aide à l'Ukraine", "ses ambassadeurs aux États-Unis": to
    whom something is given, where somebody is posted."""
    groups = lexicon.word_groups
    to = tie.preposition in groups.get("target", ())
    verb = clause.match.found[0]
    giving = groups.get("dative", frozenset())
    if to and not tie.inner and (verb.lemma in giving or verb.low in giving):
        return True
    if any(noun in groups.get("given", ()) for noun in tie.passed):
        return True
    posted = [*tie.passed, *(word.low for word in clause.match.found)]
    envoys = any(noun in groups.get("envoys", ()) for noun in posted)
    return envoys and EVENT_TYPES[event_type].against_envoys


def _is_refuge(tie: Tie, clause: Clause, event_type: str) -> bool:
    """ "s'est enfui aux Maldives": it happened where he fled from."""
    flight = clause.match.trigger.mode_as(event_type).flight
    return flight and tie.kind == "oblique" and clause.match.trigger.kind == "verb"


def is_topical(clause: Clause, lexicon: Lexicon) -> bool:
    """ "discussed the war in Gaza": where the topic lies is not where they met."""
    word = clause.match.found[0]
    group = lexicon.word_groups.get("topical", frozenset())
    return word.lemma in group or word.low in group


def _is(preposition: str, group: frozenset[str]) -> bool:
    return bool(preposition) and (preposition in group or preposition.split()[0] in group)


def _qualifies(words: Words, place: PlaceMention, lexicon: Lexicon) -> bool:
    """ "US airstrikes", "the Rialto Towers", "4 a.m. Beirut time": a state that only qualifies a
    thing, a town that is half of another name."""
    token = token_of(words, place)
    if token is None or place.place is None or link(token).kind != "modifier":
        return False
    head = link(token).head
    if head.i < token.i or head.pos_ in VERBAL or head.lower_ in grounds(lexicon):
        return False
    sites = lexicon.word_groups.get("sites", frozenset())
    named = head.pos_ == "PROPN" and head.lower_ not in sites
    return (
        named
        or place.place.kind == "country"
        or head.lower_ in lexicon.word_groups.get("local_time", ())
    )
