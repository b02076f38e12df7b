"""Cases and saved views: filters under a name, with what belongs to them.

A view is a link's parameters under a name. A case is a view with notes of its own
(`events.annotations.Note.case`) and the briefings that were made of it. Both are appended to the
journal `cases`, signed and dated; what is deleted can be put back for 30 days. Views that an
earlier version kept in ``views.json`` are read from there until they are changed here.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from events.annotations import KEPT
from events.error_words import WordedError
from events.identity import stable_id
from events.journal import CASES, Commit, Journal
from events.link_version import Params, upgraded
from events.regular_files import read_json
from events.store import Store

OLD_VIEWS = "views.json"
MOST_NAME, MOST_CASES = 60, 500
Kind = Literal["case", "view"]
Row = dict[str, Any]


class CaseRefused(WordedError, ValueError):
    """A case or view that cannot be kept: which value, what to do."""


@dataclass(frozen=True)
class Briefing:
    """A pack that was made of a case: when, by whom, reports in it, hash of their table."""

    at: dt.datetime
    who: str
    title: str
    reports: int
    sha256: str


@dataclass(frozen=True)
class Case:
    """A case or view as it stands. params: of a link, with the names of today."""

    id: str
    kind: Kind
    name: str
    params: Params
    who: str = ""
    at: dt.datetime | None = None
    briefings: tuple[Briefing, ...] = ()
    deleted: dt.datetime | None = None


@dataclass(frozen=True)
class Cases:
    """Every case and view, oldest first, those deleted too."""

    every: tuple[Case, ...] = ()

    def of(self, kind: Kind) -> list[Case]:
        """Those that are not deleted."""
        return [case for case in self.every if case.kind == kind and not case.deleted]

    def deleted(self, now: dt.datetime) -> list[Case]:
        """Those that were deleted and can be put back, the last deleted first."""
        found = [case for case in self.every if case.deleted and now - case.deleted <= KEPT]
        return sorted(found, key=lambda case: case.deleted or now, reverse=True)

    def case(self, case_id: str) -> Case | None:
        """The case of an id, unless it is deleted."""
        return next((case for case in self.of("case") if case.id == case_id), None)


def read(store: Store) -> Cases:
    """What stands now. Raises StoreDamaged."""
    return standing(Journal(store.location, CASES).read(), _old_views(store))


def standing(commits: Iterable[Commit], old: Mapping[str, Params] | None = None) -> Cases:
    """What the commits leave of views of before and what was added."""
    found = {
        _old_id(name): Case(_old_id(name), "view", name, upgraded(params, typed=False))
        for name, params in (old or {}).items()
    }
    for commit in commits:
        for row in commit.rows:
            case = found.get(str(row["id"]))
            if case or "name" in row:
                found[str(row["id"])] = _changed(case or _new(row, commit), row, commit)
    return Cases(tuple(found.values()))


def save(store: Store, kind: Kind, name: str, params: Mapping[str, Sequence[str]], who: str) -> str:
    """Keep parameters under a name; the id. A view of that name takes them over. Raises CaseRefused
    where a case of that name has others: they are somebody's question."""
    told = {"name": case_name(name), "params": _checked(params)}
    known = read(store)
    same = next((case for case in known.of(kind) if case.name == told["name"]), None)
    if same and kind == "case":
        if same.params != told["params"]:
            raise _taken(same.name)
        return same.id
    if same is None and len(known.of(kind)) >= MOST_CASES:
        raise CaseRefused("{n} are kept already: delete one first", n=MOST_CASES)
    case_id = same.id if same else secrets.token_hex(8)
    act = _acts(kind)[1 if same else 0]
    _append(store, [{"id": case_id, "kind": kind, **told}], who, act, f"{kind} {told['name']}")
    return case_id


def add(store: Store, rows: Sequence[Row], who: str) -> None:
    """Store new cases and views at once: rows of id, kind, name, params, as `events.case_file`
    checked them."""
    _append(store, rows, who, "notes taken over", f"file: {len(rows)} cases and views")


def rename(store: Store, case_id: str, name: str, who: str) -> None:
    """Give another name. Raises CaseRefused for one that another has."""
    told, known = case_name(name), read(store)
    case = _known(known, case_id)
    if any(other.name == told and other.id != case_id for other in known.of(case.kind)):
        raise _taken(told)
    of = f"{case.kind} {case.name}: {told}"
    _append(store, [_row(case) | {"name": told}], who, _acts(case.kind)[1], of)


def set_params(store: Store, case_id: str, params: Mapping[str, Sequence[str]], who: str) -> None:
    """Let other filters hold for a case."""
    case = _known(read(store), case_id)
    row = _row(case) | {"params": _checked(params)}
    _append(store, [row], who, _acts(case.kind)[1], f"{case.kind} {case.name}")


def delete(store: Store, case_id: str, who: str, deleted: bool = True) -> None:
    """Delete a case or view, or put it back: with a number where its name is taken by now."""
    known = read(store)
    case = _known(known, case_id, deleted=True)
    row = _row(case) | {"deleted": deleted}
    if not deleted:
        row["name"] = free_name(case.name, {c.name for c in known.of(case.kind) if c.id != case_id})
    _append(store, [row], who, _acts(case.kind)[2 if deleted else 3], f"{case.kind} {case.name}")


def note_briefing(
    store: Store, case_id: str, title: str, reports: int, sha256: str, who: str
) -> None:
    """Remember that a pack was made of a case."""
    told = {"title": title, "reports": reports, "sha256": sha256}
    rows = [{"id": case_id, "kind": "case", "briefing": told}]
    Journal(store.location, CASES).append(store, rows, who)  # the log has the briefing itself


def case_name(text: str) -> str:
    """A name as it is stored. Raises CaseRefused."""
    name = " ".join(str(text).split())
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise CaseRefused(
            "{value} is no name: write at most {most} characters in one line",
            value=repr(name[:80]),
            most=MOST_NAME,
        )
    return name


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another has it."""
    found, number = name, 1
    while found in taken:
        number += 1
        end = f" ({number})"
        found = name[: MOST_NAME - len(end)] + end
    return found


def _taken(name: str) -> CaseRefused:
    return CaseRefused("{name} is taken: choose another name", name=repr(name))


def _known(known: Cases, case_id: str, deleted: bool = False) -> Case:
    """The case or view; `deleted`: also one that is. Raises CaseRefused."""
    for case in known.every:
        if case.id == case_id and (deleted or not case.deleted):
            return case
    raise CaseRefused("it is not in the store any more: load the page again")


def _row(case: Case) -> Row:
    """What it is now: a view of an earlier version stands whole in the journal from then on."""
    return {"id": case.id, "kind": case.kind, "name": case.name, "params": case.params}


def _append(store: Store, rows: Sequence[Row], who: str, act: str, of: str) -> None:
    if not who.strip():
        raise CaseRefused("give your name: others will read who wrote it")
    Journal(store.location, CASES).append(store, rows, who, act, of)


def _acts(kind: Kind) -> tuple[str, str, str, str]:
    """What the log calls making, changing, deleting and putting back."""
    if kind == "case":
        return "case made", "case changed", "case deleted", "case put back"
    return "view saved", "view changed", "view deleted", "view put back"


def _new(row: Row, commit: Commit) -> Case:
    params = upgraded(row.get("params", {}), typed=False)
    return Case(row["id"], row["kind"], row.get("name", ""), params, commit.who, commit.at)


def _changed(case: Case, row: Row, commit: Commit) -> Case:
    if "deleted" in row:
        case = replace(case, deleted=commit.at if row["deleted"] else None)
    if "name" in row:
        case = replace(case, name=row["name"])
    if "params" in row:
        case = replace(case, params=upgraded(row["params"], typed=False))
    if "briefing" in row:
        made = Briefing(commit.at, commit.who, **row["briefing"])
        case = replace(case, briefings=(*case.briefings, made))
    return case


def _checked(params: Mapping[str, Sequence[str]]) -> Params:
    return {str(name): [str(value) for value in values] for name, values in params.items()}


def _old_id(name: str) -> str:
    return f"{stable_id('view', name):016x}"


def _old_views(store: Store) -> dict[str, Params]:
    """Views of an earlier version; a damaged file is none, as `check` says."""
    try:
        told = read_json(store.location / OLD_VIEWS)
        return {str(name): _checked(params) for name, params in told.items() if _is_params(params)}
    except (OSError, ValueError, AttributeError):
        return {}


def _is_params(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(v, list) for v in value.values())
