"""How far a story is confirmed, by the origins of its reports: credibility 1 to 6.

The Admiralty code of STANAG 2511 (AJP-2.1) asks where each report has it from, not how many there
are: docs/grading.md has the rule and its source. An origin is the speaker who is told to say it,
else the outlet that the sentence cites, else the agency whose text it is, else the outlet. Nothing
here knows the store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from events import registry
from events.contradiction import contradict, denies
from events.credits import NOTHING_SAID, Credits, credits_of, house, is_agency, outlet

Row = Mapping[Any, Any]  # EVENT_COLUMNS
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
CANNOT_BE_JUDGED = "F"
CREDIBILITY = "credibility"  # the field of an edit, and a column of events
_AGREED_ON = ("date", "place")  # that a story tells one act, its grouping says
SPEAKER = "@"  # before the code of a speaker, among names of outlets
NONE, LIKELY, CERTAIN = 0, 1, 2  # independence of two reports


@dataclass(frozen=True)
class Telling:
    """A report by its origin. `origins` are names; `keys` what two reports share where they are
    not independent; `cites` keys of outlets that the article has something from; `declared`: the
    article says where it has it from; `speaker`: code of the state or group that is told to say
    it."""

    row: Row
    origins: frozenset[str]
    keys: frozenset[str]
    cites: frozenset[str]
    declared: bool
    speaker: str


@dataclass(frozen=True)
class Grade:
    """Credibility and why: `basis` is one of BASES, `origins` the names that it rests on, `against`
    those that deny. `who` and `why` of a person's grade."""

    credibility: str
    basis: str
    origins: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    who: str = ""
    why: str = ""


# basis -> the words of it, with {origins} and {against}; see `events.grading_words`
BASES: dict[str, str] = {
    "confirmed": "Origins that are independent agree: {origins}.",
    "likely": "Origins that are likely independent agree: {origins}. Not all of the articles say "
    "where they have it from.",
    "disputed": "Independent origins say it: {origins}. It is denied by {against}.",
    "differing": "Independent origins differ on its day or place: {origins}.",
    "denied": "One origin says it: {origins}. It is denied by {against}.",
    "refuted": "One origin says it: {origins}. Independent ones deny it: {against}.",
    "single": "It has one origin: {origins}.",
    "dependent": "The reports are not independent of each other: {origins}.",
    "unknown": "No second origin can be told: an outlet has no name.",
    "person": "Graded by hand.",
}
UNGRADED = Grade("6", "unknown")
SINGLE = Grade("6", "single")


def telling(row: Row, article: Credits, copied: Credits = NOTHING_SAID) -> Telling:
    """A report with the credits of its article, and of the article that it copies."""
    agencies = article.agencies | copied.agencies
    speaker, cited = _teller(str(row["attributed_to"])), credits_of(str(row["quote"])).cites
    name = outlet(str(row["source"]))
    if speaker.startswith("outlet "):
        cited, speaker = frozenset({speaker.removeprefix("outlet ")}), ""
    first = outlet(str(row["origin"]))
    origins = frozenset({SPEAKER + speaker}) if speaker else cited or agencies or frozenset({first})
    keys = {house(each) for each in (*origins, name, first) if each}
    cites = frozenset(house(each) for each in (article.cites | agencies))
    declared = bool(agencies or article.own or copied.own or is_agency(name)) and not cited
    return Telling(row, origins - {""}, frozenset(keys), cites, declared, speaker)


def _teller(code: str) -> str:
    """The state or group that an actor speaks for; "outlet NAME" of one of the media."""
    if not code:
        return ""
    if registry.actor(code).kind == "media":
        return f"outlet {outlet(registry.name(code))}"
    return registry.roll_up(code, "state").partition(":")[0] or code


def grade(tellings: Sequence[Telling]) -> Grade:
    """The credibility of what the reports of one story tell."""
    against = [each for each in tellings if denies(each.row)]
    told = [each for each in tellings if not denies(each.row)]
    if not told:  # the denial is what is told
        told, against = against, []
    happened = [each for each in told if each.row["status"] != "planned"]
    told = happened or told
    best, agreeing = _best_pair(told)
    others = [each for each in against if _is_another(each, told)]
    if others:
        return _denied(told, others, best)
    if best and not agreeing:
        return Grade("3", "differing", _origins(told))
    if best:
        return Grade("1" if best == CERTAIN else "2", _BASIS[best], _origins(told))
    unknown = any(not each.origins for each in told)
    origins = _origins(told)
    return UNGRADED if unknown else Grade("6", _ALONE[len(origins) > 1], origins)


_ALONE = {False: "single", True: "dependent"}
_BASIS = {LIKELY: "likely", CERTAIN: "confirmed"}


def _denied(told: Sequence[Telling], against: Sequence[Telling], best: int) -> Grade:
    named = _origins(told), _origins(against)
    if best:
        return Grade("3", "disputed", *named)
    several = _best_pair(against)[0]
    return Grade("5", "refuted", *named) if several else Grade("4", "denied", *named)


def _best_pair(tellings: Sequence[Telling]) -> tuple[int, bool]:
    """How independent two of the reports are at best, of those that agree if any do; whether
    they do."""
    pairs = [(independence(a, b), _agree(a, b)) for a, b in combinations(tellings, 2)]
    agreeing = max((level for level, agreed in pairs if agreed), default=NONE)
    return (agreeing, True) if agreeing else (max((p[0] for p in pairs), default=NONE), False)


def independence(one: Telling, other: Telling) -> int:
    """NONE, LIKELY or CERTAIN."""
    if not (one.origins and other.origins) or _share(one, other):
        return NONE
    if one.speaker and other.speaker:
        return CERTAIN
    certain = one.declared and other.declared and not (one.speaker or other.speaker)
    return CERTAIN if certain else LIKELY


def _share(one: Telling, other: Telling) -> bool:
    """Whether they have it from one another or from the same."""
    if one.speaker and other.speaker:
        return one.speaker == other.speaker
    return bool(one.keys & other.keys or one.cites & other.keys or other.cites & one.keys)


def _is_another(denial: Telling, told: Collection[Telling]) -> bool:
    """Whether a denial is of somebody else than who says it; a speaker may be so in one outlet."""
    if denial.speaker:
        return all(denial.speaker != each.speaker for each in told)
    return not any(denial.keys & each.keys for each in told)


def _agree(one: Telling, other: Telling) -> bool:
    return not any(contradict(subject, one.row, other.row) for subject in _AGREED_ON)


def _origins(tellings: Sequence[Telling]) -> tuple[str, ...]:
    return tuple(sorted({name for each in tellings for name in each.origins}))
