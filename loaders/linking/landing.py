"""Whether force aimed at a state happens in that state: if the words say that ground is hit.

"Fired missiles at Ukraine", "invaded Ukraine", "bombed Ukraine's power grid" happen there; "hit
Iran's embassy" and "attacked Ukraine" may not.
"""

from __future__ import annotations

from collections.abc import Iterable

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.find.places.gazetteer import by_id
from loaders.grammar.clauses import Clause
from loaders.grammar.ties import Tie
from loaders.linking.parties import Party

_CITY_STATES = frozenset({"GIB", "HKG", "MAC", "MCO", "SGP", "VAT"})
STRUCK = "struck"
GROUND = "ground"


def is_wide(place: PlaceMention) -> bool:
    """A state that is more than a town."""
    found = place.place
    return found is not None and found.kind == "country" and found.country not in _CITY_STATES


def grounds(lexicon: Lexicon) -> frozenset[str]:
    """Nouns for what lies in the place that owns it: "Beirut's suburbs", "Russian airfields"; not
    its edges: missiles that fell "off Japan's coast" did not fall in Japan."""
    within = lexicon.word_groups.get("fixtures", frozenset()) | lexicon.word_groups.get(
        "parts", frozenset()
    )
    return within - lexicon.word_groups.get("edges", frozenset())


def landing(
    tie: Tie, clause: Clause, place: PlaceMention, lexicon: Lexicon, event_type: str
) -> str:
    """A key of `certainty.TIES` where the act lands in that state, else ""."""
    of = lexicon.word_groups.get("of", frozenset())
    if not is_wide(place) or place.role == "government" or tie.borrowed or tie.passed:
        return ""
    if any(preposition not in of for preposition in tie.inner):
        return ""
    owned = (*tie.possessed, *tie.modified, *tie.owners)
    if owned:
        hit = EVENT_TYPES[event_type].lands and all(noun in grounds(lexicon) for noun in owned)
        return GROUND if hit and _is_hit(tie, lexicon) else ""
    if clause.match.trigger.mode_as(event_type).sent:
        return STRUCK if tie.preposition in lexicon.word_groups.get("whither", ()) else ""
    return STRUCK if EVENT_TYPES[event_type].lands and _strikes(tie, clause, lexicon) else ""


def _strikes(tie: Tie, clause: Clause, lexicon: Lexicon) -> bool:
    """Missiles fired at a state; a state invaded or bombed."""
    word = clause.match.found[0]
    invading = lexicon.word_groups.get("invading", frozenset())
    if word.low in invading or word.lemma in invading:
        return _is_hit(tie, lexicon) or tie.preposition in lexicon.word_groups.get("of", ())
    fired = clause.match.trigger.known_mode.from_afar
    return fired and tie.preposition in lexicon.word_groups.get("fired_at", ())


def _is_hit(tie: Tie, lexicon: Lexicon) -> bool:
    if tie.kind in ("object", "patient"):
        return not tie.preposition
    return tie.preposition in lexicon.word_groups.get("fired_at", ())


def owned_grounds(parties: Iterable[Party], lexicon: Lexicon) -> list[PlaceMention]:
    """States that an adjective names as owner of ground: "the Ukrainian grid"."""
    found = []
    for party in parties:
        token = party.token
        if party.form != "adjective" or token is None or token.head == token:
            continue
        tied_on = token.i + 1 < len(token.doc) and token.nbor(1).text in ("-", "–")
        if tied_on or token.head.lower_ not in lexicon.word_groups.get("fixtures", ()):
            continue  # "Russian-held towns" lie elsewhere
        state = state_of(party)
        if state is not None:
            found.append(state)
    return found


def state_of(party: Party) -> PlaceMention | None:
    """The state of a party as a place, named by the party's own words; None: no state."""
    entry = by_id(party.code)
    if entry is None or entry.place.kind != "country":
        return None
    words = party.mention
    return PlaceMention(words.part, words.start, words.end, words.text, entry.place)
