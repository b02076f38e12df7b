"""Cases and views as one JSON file, to carry them to another store; `checked` is the one door.

    {"frise": "cases", "version": 1,
     "views": [{"id": "…", "name": "…", "params": {"actor": ["RUS"]}}],
     "cases": [{"id": "…", "name": "…", "params": {…}, "notes": [{"id", "on", "to", "about",
                "article", "text", "pinned", "who"}]}]}

The same id is the same case, view or note in every store, whatever it is called there by now; files
of earlier versions have none: theirs are made of what the entry says. Ids of events are the same in
every store, so notes stand where the same articles are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from events import annotating, cases
from events.annotating import AnnotationRefused, NewNote
from events.annotations import Annotations, Note, subject_of
from events.cases import Case, CaseRefused, Cases, Kind
from events.error_words import WordedError, Words
from events.filters import Filters
from events.identity import stable_id
from events.journal import Row
from events.link_version import Params, upgraded
from events.plain_text import as_json, one_line
from events.store import Store

VERSION = 1
MOST_BYTES = 4_000_000
_MOST_PARAMS, _MOST_VALUES, _MOST_LENGTH = 60, 200, 200
_PARAM = re.compile(r"[a-z_]{1,24}")
_ID = re.compile(r"[0-9a-z]{1,32}")


@dataclass
class Brought:
    """What a file holds that a store has not: rows of cases, notes; how many cases and views it
    has; how many notes it has with other words; and what else was left out, in words."""

    rows: list[Row] = field(default_factory=list)
    notes: list[NewNote] = field(default_factory=list)
    known: int = 0
    other_words: int = 0
    problems: list[Words] = field(default_factory=list)


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


def checked(data: bytes, known: Cases, told: Annotations) -> Brought:
    """What can be taken from a file; each entry that cannot is a problem, in words.

    One of the same id as in the store, or of the same name and parameters, is known: what stands in
    the store holds, and notes that it lacks are taken. One that was deleted is put back, unless one
    of its name and parameters stands. One of a name that another has gets a number.
    Raises CaseRefused for a file that is none.
    """
    document, brought = _opened(data), Brought()
    notes = _Notes(known, told, brought)
    kinds: tuple[tuple[str, Kind], ...] = (("views", "view"), ("cases", "case"))
    for key, kind in kinds:
        entries = document.get(key, [])
        if not isinstance(entries, list) or len(entries) > cases.MOST_CASES:
            raise CaseRefused(
                "{key} of the file is no list of at most {most}", key=key, most=cases.MOST_CASES
            )
        for number, entry in enumerate(entries, start=1):
            try:
                _take(entry, kind, known, notes, brought)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                words = error.words if isinstance(error, WordedError) else f"odd: {error!r}"
                where = f"{key} {number}"
                brought.problems.append(Words("{where}: {problem}", where=where, problem=words))
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


def _take(entry: dict[str, Any], kind: Kind, known: Cases, notes: _Notes, brought: Brought) -> None:
    name = cases.case_name(str(entry["name"]))
    params = upgraded(_params(entry["params"]), typed=False)
    case_id = _id_of(entry, kind, name, params)
    if any(row["id"] == case_id for row in brought.rows):
        raise CaseRefused("it stands twice in the file")
    here = _here(known, case_id, kind, name, params)
    case_id = here.id if here else case_id
    notes.take([_brought_note(note, case_id) for note in entry.get("notes", [])], name)
    if here and not here.deleted:
        brought.known += 1
        if here.params != params:
            raise CaseRefused("{name} is here with other filters, which stay", name=repr(here.name))
        return
    taken = {case.name for case in known.of(kind)}
    taken |= {row["name"] for row in brought.rows if row["kind"] == kind}
    row = {"id": case_id, "kind": kind, "name": cases.free_name(name, taken), "params": params}
    brought.rows.append(row | {"deleted": False} if here else row)


class _Notes:
    """Which notes of a file are new: not those that the store has, deleted or not, by their id or
    the same words of the same case."""

    def __init__(self, known: Cases, told: Annotations, brought: Brought) -> None:
        self._by_id = {note.id: note for note in told.notes}
        self._said = {(note.case, note.subject, note.text) for note in told.notes}
        self._gone = {case.id for case in known.every if case.deleted}
        self._read: set[str] = set()  # ids of the file so far
        self._brought = brought

    def take(self, notes: Sequence[NewNote], name: str) -> None:
        """Take the new ones of a case of that name. The second of an id would change the first: it
        is a problem."""
        for number, note in enumerate(notes, start=1):
            if note.id in self._read:
                where, problem = f"{name!r}, note {number}", Words("it stands twice in the file")
                words = Words("{where}: {problem}", where=where, problem=problem)
                self._brought.problems.append(words)
                continue
            self._read |= {note.id} - {""}
            self._take(note)

    def _take(self, note: NewNote) -> None:
        here = self._by_id.get(note.id)
        if (note.case, note.subject, note.text) in self._said or (here and here.deleted):
            return
        if here is None:
            self._brought.notes.append(note)
        elif here.case in self._gone - {note.case}:  # it went with its case: the same anew
            self._brought.notes.append(replace(note, id=""))
        elif here.text != note.text:
            self._brought.other_words += 1


def _id_of(entry: dict[str, Any], kind: Kind, name: str, params: Params) -> str:
    """The id that the file gives, else one of what it says."""
    given = str(entry.get("id", ""))
    said = json.dumps(params, sort_keys=True)
    return given if _ID.fullmatch(given) else f"{stable_id('case', kind, name, said):016x}"


def _here(known: Cases, case_id: str, kind: Kind, name: str, params: Params) -> Case | None:
    """The case or view of the store that it is: by its id, else by name and parameters, else a
    deleted one by its id. Raises CaseRefused for the id of one of the other kind."""
    same = next((case for case in known.every if case.id == case_id), None)
    if same and same.kind != kind:
        raise CaseRefused("its id is that of another thing here")
    if same and not same.deleted:
        return same
    alike = (case for case in known.of(kind) if (case.name, case.params) == (name, params))
    return next(alike, same)


def _brought_note(told: dict[str, Any], case_id: str) -> NewNote:
    subject = subject_of(told)
    by, given = one_line(str(told.get("who", "")))[:80], str(told.get("id", ""))
    note_id = given if _ID.fullmatch(given) else ""
    pinned = told.get("pinned") is True
    note = NewNote(subject, str(told["text"]), pinned, case_id, by, note_id)
    return replace(note, text=annotating.note_row(note)["text"])  # raises AnnotationRefused


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
    return {"id": case.id, "name": case.name, "params": case.params}


def _note(note: Note) -> dict[str, Any]:
    subject = note.subject
    about = {"id": note.id, "on": subject.on, "to": subject.key, "about": subject.about}
    told = {"article": subject.article, "text": note.text, "pinned": note.pinned}
    return {**about, **told, "who": note.brought or note.who}


__all__ = ["AnnotationRefused", "Brought", "checked", "store_all", "written"]
