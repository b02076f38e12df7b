"""Cases and views as one JSON file, to carry them to another store; `checked` is the one door.

    {"frise": "cases", "version": 1,
     "views": [{"name": "…", "params": {"actor": ["RUS"]}}],
     "cases": [{"name": "…", "params": {…}, "notes": [{"on", "to", "about", "article", "text",
                "pinned", "who"}]}]}

Ids of events are the same in every store, so notes stand where the same articles are.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from events import annotating, cases
from events.annotating import AnnotationRefused, NewNote
from events.annotations import Annotations, Note, subject_of
from events.cases import Case, CaseRefused, Cases, Kind
from events.error_words import WordedError
from events.filters import Filters
from events.journal import Row
from events.link_version import Params
from events.plain_text import as_json, one_line
from events.store import Store

VERSION = 1
MOST_BYTES = 4_000_000
_MOST_PARAMS, _MOST_VALUES, _MOST_LENGTH = 60, 200, 200
_PARAM = re.compile(r"[a-z_]{1,24}")


@dataclass
class Brought:
    """What a file holds that a store has not: rows of cases, notes; how many it has; and what was
    left out, in words."""

    rows: list[Row] = field(default_factory=list)
    notes: list[NewNote] = field(default_factory=list)
    known: int = 0
    problems: list[str] = field(default_factory=list)


def written(chosen: Sequence[Case], told: Annotations) -> bytes:
    """The cases and views with their notes as a file."""
    document = {
        "frise": "cases",
        "version": VERSION,
        "views": [_case(case) for case in chosen if case.kind == "view"],
        "cases": [
            _case(case) | {"notes": [_note(n) for n in told.written() if n.case == case.id]}
            for case in chosen
            if case.kind == "case"
        ],
    }
    return as_json(document, indent=1).encode()


def checked(data: bytes, known: Cases) -> Brought:
    """What can be taken from a file; each entry that cannot is a problem, in words.

    One of the same name and parameters as in the store is known; one of the same name with others
    gets a number. Raises CaseRefused for a file that is none.
    """
    document, brought = _opened(data), Brought()
    kinds: tuple[tuple[str, Kind], ...] = (("views", "view"), ("cases", "case"))
    for key, kind in kinds:
        entries = document.get(key, [])
        if not isinstance(entries, list) or len(entries) > cases.MOST_CASES:
            raise CaseRefused(
                "{key} of the file is no list of at most {most}", key=key, most=cases.MOST_CASES
            )
        for number, entry in enumerate(entries, start=1):
            try:
                _take(entry, kind, known, brought)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                words = str(error) if isinstance(error, WordedError) else f"odd: {error!r}"
                brought.problems.append(f"{key} {number}: {words}")
    return brought


def store_all(store: Store, brought: Brought, who: str) -> None:
    """Store what `checked` found: the notes first, so that no case lacks them."""
    if brought.notes:
        annotating.write_all(store, brought.notes, who)
    if brought.rows:
        cases.add(store, brought.rows, who)


def _opened(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise CaseRefused("the file is too large: at most {n} bytes", n=MOST_BYTES)
    try:
        told = json.loads(data)
        if told["frise"] != "cases" or told["version"] != VERSION:
            raise ValueError(told)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CaseRefused(
            "this is no file of cases: take one that this page or 'python -m loaders cases' wrote"
        ) from None
    found: dict[str, Any] = told
    return found


def _take(entry: dict[str, Any], kind: Kind, known: Cases, brought: Brought) -> None:
    name, params = cases.case_name(str(entry["name"])), _params(entry["params"])
    if any(case.name == name and case.params == params for case in known.of(kind)):
        brought.known += 1
        return
    taken = {case.name for case in known.of(kind)}
    taken |= {row["name"] for row in brought.rows if row["kind"] == kind}
    case_id = secrets.token_hex(8)
    notes = [_brought_note(note, case_id) for note in entry.get("notes", [])]
    row = {"id": case_id, "kind": kind, "name": cases.free_name(name, taken), "params": params}
    brought.rows.append(row)
    brought.notes += notes


def _brought_note(told: dict[str, Any], case_id: str) -> NewNote:
    subject = subject_of(told)
    by = one_line(str(told.get("who", "")))[:80]
    note = NewNote(subject, str(told["text"]), told.get("pinned") is True, case_id, by)
    annotating.note_row(note)  # raises AnnotationRefused
    return note


def _params(told: dict[str, Any]) -> Params:
    """The parameters. Raises CaseRefused for one that no link can have."""
    if not isinstance(told, dict) or len(told) > _MOST_PARAMS:
        raise CaseRefused("its params are no parameters of a link")
    found: Params = {}
    for name, values in told.items():
        if not _PARAM.fullmatch(name) or not isinstance(values, list) or not _all_short(values):
            raise CaseRefused("{name} is no parameter of a link", name=repr(name[:40]))
        found[name] = values
    _filters, problems = Filters.from_params(found)
    if problems:
        raise CaseRefused("{problem}", problem=str(problems[0]))
    return found


def _all_short(values: list[Any]) -> bool:
    return len(values) <= _MOST_VALUES and all(
        isinstance(v, str) and len(v) <= _MOST_LENGTH and v.isprintable() for v in values
    )


def _case(case: Case) -> dict[str, Any]:
    return {"name": case.name, "params": case.params}


def _note(note: Note) -> dict[str, Any]:
    subject = note.subject
    about = {"on": subject.on, "to": subject.key, "about": subject.about}
    told = {"article": subject.article, "text": note.text, "pinned": note.pinned}
    return {**about, **told, "who": note.brought or note.who}


__all__ = ["AnnotationRefused", "Brought", "checked", "store_all", "written"]
