"""A sentence made of an event's fields: "Russia attacks Ukraine with 188 drones in Dnipro".

Who does it, the verb of the act in the present tense, on whom, with what and where; of who is acted
upon alone where no doer is known ("Ukraine comes under attack"). A claimed, planned or denied act
says so by its verb ("Ukraine says Russia attacked Dnipro", "La Russie aurait attaqué l'Ukraine").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from events import registry
from events.headline_fields import (
    MOST,
    Fields,
    act_noun,
    capitalised,
    finder,
    is_of_many,
    killed,
    status_mark,
    table,
    weapon,
    words_of,
)
from events.sentence_acts import Act, act_of, forms_of, verb
from events.sentence_names import (
    Name,
    contracted,
    filled,
    government,
    in_place,
    joined,
    members,
    named,
    nationals,
    persons,
)

_OF_THE_STATE = ("GOV", "MIL", "POL")  # sectors for which their state speaks


@dataclass(frozen=True)
class Said:
    """Who the sentence is about, and what is said of them with its verb in brackets; `suffered`: by
    who is acted upon."""

    subject: Name
    said: str
    suffered: bool = False


def sentence(fields: Fields, lang: str) -> str:
    """The sentence of the fields; "" where they do not make one that fits a headline."""
    told = _said(fields, lang) if any(fields.parties) else None
    lines = _with_verb(told, fields, lang) if told is not None else _with_noun(fields, lang)
    whole = (contracted(capitalised(line), lang) for line in lines)
    return next((line for line in whole if len(line) <= MOST), "")


def _said(fields: Fields, lang: str) -> Said | None:
    """Who did what to whom; None where the act cannot be said so."""
    act = act_of(fields, lang)
    if act is None:
        return None
    doers, targets = map(tuple, fields.parties)
    if not doers and act.mutual:
        doers, targets = targets, ()
    targets = tuple(code for code in targets if code not in doers)
    target = _target(targets, doers, act, lang)
    if doers:
        return _done(act, joined(doers, lang), target, fields, lang)
    return Said(target, act.suffered, True) if act.suffered and target is not None else None


def _done(act: Act, doer: Name, target: Name | None, fields: Fields, lang: str) -> Said | None:
    """What the doer does; None where persons would do it, and where the event's own sentence says
    more than that somebody did an act of its type."""
    said = filled(act.on, target, lang) if target is not None and act.on else act.alone
    is_between = act.mutual and len(doer.each) > 1
    says_more = act.tells or target or is_between or fields.place or weapon(fields, lang)
    is_own = fields.quote_lang == lang
    can_be_said = said and not (act.by_people and not doer.people)
    return Said(doer, said) if can_be_said and (says_more or not is_own) else None


def _target(codes: tuple[str, ...], doers: tuple[str, ...], act: Act, lang: str) -> Name | None:
    """Who is acted upon: of a state its people where the act is done to persons, its government
    where a part of it does the act."""
    if not codes:
        return None
    if not act.people and [f"{codes[0]}:"] == [code[: len(codes[0]) + 1] for code in doers[:1]]:
        return government(lang)
    name = joined(codes, lang)
    if not act.people or name.people:
        return name
    if all(_has_members(code) for code in codes):
        return members(codes, lang)
    return persons([_persons(code, lang) for code in codes], lang)


def _persons(code: str, lang: str) -> Name | None:
    """Whom an act is done to of a party: nationals of a state, members of a body; None for none."""
    if _is_state(code):
        return nationals(code, lang)
    if _has_members(code):
        return members([code], lang)
    name = named(code, lang)
    return name if name.people else None


def _is_state(code: str) -> bool:
    return registry.actor(code.removesuffix(".GOV")).kind == "state"


def _has_members(code: str) -> bool:
    """Whether a party is a body of armed men or of partisans, each of whom can be killed."""
    of_kind = registry.actor(code).kind in ("armed_group", "military", "party")
    return of_kind or code.partition(":")[2] in ("MIL", "POL")


def is_of_one(fields: Fields, lang: str) -> bool:
    """Whether the act is done to persons of a state of whom no word tells that they are many: it
    may be one man, of whom the fields know neither name nor sex."""
    act = act_of(fields, lang)
    if act is None or is_of_many(fields):
        return False
    targets = tuple(fields.parties[1])
    are_states = act.people and any(_is_state(code) for code in targets)
    is_upon_persons = act.people or fields.type in table()["upon_persons"]
    return are_states or (is_upon_persons and any(code.endswith(":CVL") for code in targets))


def _with_verb(told: Said, fields: Fields, lang: str) -> Iterator[str]:
    """The sentence with all that is known, then with less until it fits."""
    armed, dead = _armed(fields, lang), _dead(fields, lang)
    where, kicker = _where(fields, told, lang)
    by = fields.teller
    shorter = [(by, armed, where, dead), (by, armed, where, ""), (by, armed, "", "")]
    shorter += [(by, "", "", "")] if fields.status == "denied" else [(by, "", "", ""), ("",) * 4]
    for teller, what, place, rest in shorter:
        line = _status_said(told, replace(fields, teller=teller), lang) + what
        yield f"{kicker if place is where else ''}{line}{place}{rest}"


def _armed(fields: Fields, lang: str) -> str:
    """ " with 188 drones"; "" without a weapon."""
    told = weapon(fields, lang)
    return f" {words_of('armed', lang)} {told}" if told else ""


def _dead(fields: Fields, lang: str) -> str:
    """ ", 12 killed"; "" where none are told."""
    told = killed(fields, lang)
    return f", {told}" if told else ""


def _where(fields: Fields, told: Said, lang: str) -> tuple[str, str]:
    """The words for the place behind the sentence, and before it of a place without such words:
    "Crimea: Russia attacks ..."."""
    if not fields.place or finder(re.escape(fields.place)).search(
        f"{told.subject.text} {told.said}"
    ):
        return "", ""
    words = in_place(fields.place, fields.place_kind, fields.country, lang)
    kicker = "" if words else words_of("joint", lang).format(parties=fields.place, act="")
    return f" {words}" if words else "", kicker


def _status_said(told: Said, fields: Fields, lang: str) -> str:
    """Who did it and what they did, in the words of the event's status."""
    kind, teller = _kind_of_status(told, fields, lang)
    plural = told.subject.plural
    values: dict[str, str] = {f: verb(told.said, f, plural, lang) for f in forms_of(lang)}
    if lang == "en":
        values["pp"] = _participle(told.said, values["past"])
    tenses: Mapping[str, list[str]] = table()["tenses"][lang]
    for name in table()["helped"].get(lang, {}):  # "a attaqué", of the participle
        values[name] = table()["helped"][lang][name][plural].format(**values)
    agrees = plural if teller is None else teller.plural
    return tenses[kind][agrees].format(
        subject=told.subject.text, teller=teller.text if teller else "", **values
    )


def _participle(said: str, past: str) -> str:
    """The past of what is said with its verb's participle: "began" is "begun"."""
    participles: Mapping[str, str] = table()["participles"]
    first = past.split()[0] if said.startswith("[") and past else ""
    return participles.get(first, first) + past[len(first) :]


def _kind_of_status(told: Said, fields: Fields, lang: str) -> tuple[str, Name | None]:
    """Which row of [tenses] says the status, and who tells it where another does."""
    if fields.status == "planned":
        return ("expected" if told.suffered else "planned"), None
    if fields.status == "reported":
        return "reported", None
    doers = {_speaker(code) for code in fields.parties[0]}
    if not fields.teller:
        return ("reportedly" if fields.status == "claimed" else "reported"), None
    if _speaker(fields.teller) in doers and not told.suffered:
        return f"{fields.status}_self", None
    return fields.status, named(fields.teller, lang)


def _speaker(code: str) -> str:
    """The state for which a party speaks: its government, an office holder of it, its forces; the
    party itself for any other, its opposition or rebels."""
    state, _, sector = code.partition(":")
    if sector in _OF_THE_STATE:
        return state
    is_state_s = registry.actor(code).kind in ("state", "government") or registry.roll_up(
        code, "government"
    ).endswith(".GOV")
    return registry.roll_up(code, "state") if is_state_s else code


def _with_noun(fields: Fields, lang: str) -> Iterator[str]:
    """ "Attack in Dnipro with 188 drones": an act without parties whose noun tells it."""
    noun = act_noun(fields.type, fields.mode, lang, fields.trigger)
    place = (fields.place, fields.place_kind, fields.country)
    where = in_place(*place, lang) if fields.place else ""
    armed, dead = _armed(fields, lang), _dead(fields, lang)
    plain = fields.type in table()["nouns"] or (fields.mode and fields.type in table()["with_mode"])
    if plain and (where or armed or dead):
        mark = status_mark(fields.status, lang)
        at = f" {where}" if where else ""
        yield f"{noun}{at}{armed}{dead}{mark}"
        yield f"{noun}{at}{mark}"
