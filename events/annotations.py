"""What persons write beside the events: notes, tags and bookmarks on what they are about.

`standing` folds the rows of the journal `annotations` (`events.annotating` writes them) into what
holds. A story is named by one of its reports, so that it stays the same when reports are grouped
again; a day by its ISO text, a place by its gazetteer id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from events.journal import Commit

KEPT = dt.timedelta(days=30)  # how long what was deleted can be put back
On = Literal["event", "story", "day", "place"]
SUBJECTS: tuple[On, ...] = get_args(On)
OF_EVENTS: tuple[On, ...] = ("event", "story")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """What something is about. key: an event id, an ISO day or a gazetteer id. about: its headline
    or name when it was written, for when it is not in the store any more; article: of an event."""

    on: On
    key: str
    about: str = field(default="", compare=False)
    article: int = field(default=0, compare=False)

    @property
    def event(self) -> int:
        """The event that it names; 0 where it is a day or place."""
        return int(self.key) if self.on in OF_EVENTS else 0


@dataclass(frozen=True)
class Note:
    """A note as it stands. case: the id of the case that it belongs to, "". brought: who wrote it,
    where `who` took it over from a file. deleted: when, where it is deleted."""

    id: str
    subject: Subject
    text: str
    pinned: bool
    case: str
    who: str
    at: dt.datetime
    changed_by: str = ""
    changed_at: dt.datetime | None = None
    brought: str = ""
    deleted: dt.datetime | None = None

    @property
    def written_at(self) -> dt.datetime:
        """When it was written as it stands."""
        return self.changed_at or self.at


@dataclass(frozen=True)
class Tagged:
    """A tag on an event or a story, and who gave it when."""

    subject: Subject
    name: str
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Bookmark:
    """An event that a person wants to find again."""

    subject: Subject
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Annotations:
    """What stands. notes: oldest first, those deleted too. colours: of every tag by name, also of
    those on nothing. dropped: deleted tags, and when."""

    notes: tuple[Note, ...] = ()
    tagged: tuple[Tagged, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, dt.datetime] = field(default_factory=dict)

    def written(self, case: str | None = None) -> tuple[Note, ...]:
        """The notes that are not deleted; with `case` those of it and of none."""
        cases = {"", case}
        return tuple(
            note for note in self.notes if not note.deleted and (case is None or note.case in cases)
        )

    def deleted(self, now: dt.datetime) -> tuple[Note, ...]:
        """The notes that were deleted and can be put back, the last deleted first."""
        found = [n for n in self.notes if n.deleted and now - n.deleted <= KEPT]
        return tuple(sorted(found, key=lambda note: note.deleted or now, reverse=True))

    def named(self, names: Collection[str]) -> tuple[Subject, ...]:
        """The events and stories that have one of the tags."""
        return tuple(each.subject for each in self.tagged if each.name in names)

    def only(self, wanted: Callable[[Subject], bool]) -> Annotations:
        """Those about wanted subjects."""
        return replace(
            self,
            notes=tuple(each for each in self.notes if wanted(each.subject)),
            tagged=tuple(each for each in self.tagged if wanted(each.subject)),
            bookmarks=tuple(each for each in self.bookmarks if wanted(each.subject)),
        )

    def events(self) -> frozenset[int]:
        """The events that anything standing names."""
        told = [each.subject for each in self.notes] + [each.subject for each in self.tagged]
        told += [each.subject for each in self.bookmarks]
        return frozenset(subject.event for subject in told) - {0}


def standing(commits: Iterable[Commit]) -> Annotations:
    """What the commits leave, in their order."""
    fold = _Fold()
    for commit in commits:
        for row in commit.rows:
            fold.take(row, commit)
    return fold.made()


@dataclass
class _Dropped:
    """A deleted tag: when, its colour and what had it, to be put back."""

    at: dt.datetime
    colour: str
    tagged: list[Tagged]


class _Fold:
    """What stands after the rows so far."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._tagged: dict[tuple[Subject, str], Tagged] = {}
        self._bookmarks: dict[tuple[Subject, str], Bookmark] = {}
        self._colours: dict[str, str] = {}
        self._dropped: dict[str, _Dropped] = {}

    def take(self, row: Row, commit: Commit) -> None:
        take = {
            "note": self._note,
            "tag": self._tag,
            "colour": self._colour,
            "rename": self._rename,
            "drop": self._drop,
            "bookmark": self._bookmark,
            "moved": self._move,
        }.get(row["kind"])
        if take:  # a later program may write kinds that this one does not know
            take(row, commit)

    def made(self) -> Annotations:
        return Annotations(
            tuple(self._notes.values()),
            tuple(self._tagged.values()),
            tuple(self._bookmarks.values()),
            dict(self._colours),
            {name: each.at for name, each in self._dropped.items()},
        )

    def _note(self, row: Row, commit: Commit) -> None:
        known = self._notes.get(row["id"])
        if known is None:
            if "on" in row:
                self._notes[row["id"]] = _new_note(row, commit)
            return
        if "deleted" in row:
            known = replace(known, deleted=commit.at if row["deleted"] else None)
        changed = {name: row[name] for name in ("text", "pinned", "case") if name in row}
        if changed:
            known = replace(known, **changed, changed_by=commit.who, changed_at=commit.at)
        self._notes[row["id"]] = known

    def _tag(self, row: Row, commit: Commit) -> None:
        subject = subject_of(row)
        key = (subject, row["name"])
        if row.get("gone"):
            self._tagged.pop(key, None)
        else:
            self._tagged.setdefault(key, Tagged(subject, row["name"], commit.who, commit.at))

    def _colour(self, row: Row, commit: Commit) -> None:
        self._colours[row["name"]] = row["colour"]

    def _rename(self, row: Row, commit: Commit) -> None:
        old, new = row["name"], row["to"]
        told, self._tagged = self._tagged, {}
        for (subject, name), each in told.items():
            name = new if name == old else name
            self._tagged.setdefault((subject, name), replace(each, name=name))
        if old in self._colours:
            colour = self._colours.pop(old)
            self._colours.setdefault(new, colour)

    def _drop(self, row: Row, commit: Commit) -> None:
        """Deleted with all that had it: who uses the name again begins anew."""
        name = row["name"]
        gone = self._dropped.pop(name, None)
        if row["deleted"]:
            mine = {key: each for key, each in self._tagged.items() if key[1] == name}
            held = [*(gone.tagged if gone else ()), *mine.values()]
            colour = self._colours.pop(name, gone.colour if gone else "")
            self._dropped[name] = _Dropped(commit.at, colour, held)
            self._tagged = {k: each for k, each in self._tagged.items() if k not in mine}
        elif gone:
            self._colours.setdefault(name, gone.colour)
            for each in gone.tagged:
                self._tagged.setdefault((each.subject, name), each)

    def _bookmark(self, row: Row, commit: Commit) -> None:
        subject = subject_of(row)
        if row.get("gone"):
            self._bookmarks.pop((subject, commit.who), None)
        else:
            made = Bookmark(subject, commit.who, commit.at)
            self._bookmarks.setdefault((subject, commit.who), made)

    def _move(self, row: Row, commit: Commit) -> None:
        """Reading again told an event under another id."""
        ids = {str(old): str(new) for old, new in row["events"].items()}

        def to(subject: Subject) -> Subject:
            moved = ids.get(subject.key) if subject.on in OF_EVENTS else None
            return replace(subject, key=moved) if moved else subject

        notes = self._notes.items()
        self._notes = {i: replace(note, subject=to(note.subject)) for i, note in notes}
        tagged = [replace(each, subject=to(each.subject)) for each in self._tagged.values()]
        self._tagged = {(each.subject, each.name): each for each in tagged}
        for gone in self._dropped.values():
            gone.tagged = [replace(each, subject=to(each.subject)) for each in gone.tagged]
        marks = [replace(each, subject=to(each.subject)) for each in self._bookmarks.values()]
        self._bookmarks = {(each.subject, each.who): each for each in marks}


def subject_of(row: Row) -> Subject:
    """The subject that a row names."""
    return Subject(row["on"], str(row["to"]), str(row.get("about", "")), int(row.get("article", 0)))


def _new_note(row: Row, commit: Commit) -> Note:
    return Note(
        id=row["id"],
        subject=subject_of(row),
        text=row["text"],
        pinned=bool(row.get("pinned")),
        case=str(row.get("case", "")),
        who=commit.who,
        at=commit.at,
        brought=str(row.get("by", "")),
    )
