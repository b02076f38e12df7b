"""The one door for notes, tags and bookmarks: what is checked, and how it is stored.

Everything is an append to the journal `annotations`, signed and dated. All raise AnnotationRefused
for what cannot be stored, and StoreError.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from events.annotations import OF_EVENTS, SUBJECTS, Annotations, Note, Subject, standing
from events.error_words import WordedError
from events.journal import ANNOTATIONS, Journal
from events.store import Store

MOST_TEXT, MOST_NAME = 4000, 40  # characters of a note and of a tag
# of a tag, from which a person chooses: told apart by colour-blind readers, each 4.5:1 on white
COLOURS: Mapping[str, str] = {
    "grey": "#5F6870",
    "blue": "#2C6BB3",
    "green": "#2B7A3D",
    "violet": "#7A3E9D",
    "orange": "#A85400",
    "red": "#B2182B",
}
Row = dict[str, Any]


class AnnotationRefused(WordedError, ValueError):
    """What cannot be noted: which value, what to do."""


class NoteChanged(AnnotationRefused):
    """Somebody else wrote the note anew after it was opened; `note`: as it stands."""

    def __init__(self, note: Note) -> None:
        self.note = note
        who = note.changed_by or note.who
        super().__init__("{who} changed this note meanwhile: look at it, then save again", who=who)


class NoteDeleted(AnnotationRefused):
    """Somebody deleted the note after it was opened."""

    def __init__(self) -> None:
        super().__init__("this note was deleted meanwhile: save your text as a new one")


@dataclass(frozen=True)
class NewNote:
    """A note before it is stored; `case`: the id of its case, "". id: of one that a file brings."""

    subject: Subject
    text: str
    pinned: bool = False
    case: str = ""
    by: str = ""
    id: str = ""


def write(store: Store, note: NewNote, who: str) -> str:
    """Store a note; its id."""
    row = note_row(note)
    _append(store, [row], who, "note written", f"note {row['id']}: {_about(note.subject)}")
    return str(row["id"])


def write_all(store: Store, notes: Sequence[NewNote], who: str) -> None:
    """Store the notes of a file at once, all or none."""
    rows = [note_row(note) for note in notes]
    _append(store, rows, who, "notes taken over", f"file: {len(rows)} notes")


def note_row(note: NewNote) -> Row:
    """The row of a new note. Raises AnnotationRefused."""
    told = {"text": _text(note.text), "pinned": bool(note.pinned), "case": note.case}
    signed = {"by": note.by} if note.by else {}
    note_id = note.id or secrets.token_hex(8)
    return {"kind": "note", "id": note_id, **_named(note.subject), **told, **signed}


def change(
    store: Store, note: str, who: str, seen: dt.datetime | None = None, **values: str | bool
) -> None:
    """Other values of a note: `text`, `pinned`, `case`. `seen`: when it was written as the person
    saw it; NoteChanged is raised where it was changed since, NoteDeleted where it is deleted."""
    told: Row = dict(values)
    if "text" in told:
        told["text"] = _text(str(told["text"]))
    row = {"kind": "note", "id": note, **told}
    _append(store, [row], who, "note changed", f"note {note}", lambda: _as_seen(store, note, seen))


def _as_seen(store: Store, note: str, seen: dt.datetime | None) -> None:
    """Raises NoteChanged, NoteDeleted."""
    found = next((each for each in read(store).notes if each.id == note), None)
    if found is None or found.deleted:
        raise NoteDeleted
    if seen and found.written_at > seen:
        raise NoteChanged(found)


def delete(store: Store, note: str, who: str, deleted: bool = True) -> None:
    """Delete a note, or put it back."""
    act = "note deleted" if deleted else "note put back"
    row = {"kind": "note", "id": note, "deleted": deleted}
    _append(store, [row], who, act, f"note {note}")


def tag(
    store: Store, subject: Subject, names: Sequence[str], who: str, same: Collection[str] = ()
) -> None:
    """Let an event or story have these tags and no others; `same`: other keys that name it, which
    are reports of the story."""
    if subject.on not in OF_EVENTS:
        raise AnnotationRefused("tags are for events and stories; write a note instead")
    wanted = list(dict.fromkeys(map(tag_name, names)))
    known = read(store)
    keys = {subject.key, *same}
    held = [
        each for each in known.tagged if each.subject.on == subject.on and each.subject.key in keys
    ]
    new = [name for name in wanted if name not in known.colours]
    rows = [{"kind": "colour", "name": n, "colour": _next(known, i)} for i, n in enumerate(new)]
    present = {each.name for each in held}
    rows += [_tag(subject, name) for name in wanted if name not in present]
    gone = [each for each in held if each.name not in wanted]
    rows += [_tag(each.subject, each.name) | {"gone": True} for each in gone]
    if rows:
        act = "tag set" if wanted else "tag removed"
        named = ", ".join(wanted or sorted(present))
        _append(store, rows, who, act, f"tag {named}: {_about(subject)}")


def colour(store: Store, name: str, chosen: str, who: str) -> None:
    """Give a tag one of COLOURS."""
    if chosen not in COLOURS:
        raise AnnotationRefused(
            "{value} is no colour of a tag: choose one of {known}",
            value=repr(chosen),
            known=", ".join(COLOURS),
        )
    row = {"kind": "colour", "name": tag_name(name), "colour": chosen}
    _append(store, [row], who, "tag changed", f"tag {name}: {chosen}")


def rename(store: Store, name: str, to: str, who: str) -> None:
    """Give a tag another name; one that has it already takes its events over."""
    new = tag_name(to)
    if new != name:
        row = {"kind": "rename", "name": name, "to": new}
        _append(store, [row], who, "tag changed", f"tag {name}: {new}")


def drop(store: Store, name: str, who: str, deleted: bool = True) -> None:
    """Delete a tag from everything, or put it back."""
    act = "tag deleted" if deleted else "tag put back"
    row = {"kind": "drop", "name": name, "deleted": deleted}
    _append(store, [row], who, act, f"tag {name}")


def bookmark(store: Store, subject: Subject, who: str, kept: bool = True) -> None:
    """Keep an event among one's bookmarks, or take it out."""
    row = {"kind": "bookmark", **_named(subject), **({} if kept else {"gone": True})}
    _append(store, [row], who, "bookmark set" if kept else "bookmark removed", _about(subject))


def move(store: Store, events: Mapping[int, int]) -> None:
    """Let what was noted of events hold for others (old event id -> new event id)."""
    told = {str(old): str(new) for old, new in events.items()}
    rows = [{"kind": "moved", "events": told}]
    Journal(store.location, ANNOTATIONS).append(store, rows, "reread")


def read(store: Store) -> Annotations:
    """What stands now. Raises StoreDamaged."""
    return standing(Journal(store.location, ANNOTATIONS).read())


def tag_name(text: str) -> str:
    """A tag as it is stored. Raises AnnotationRefused."""
    name = " ".join(str(text).split())
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise AnnotationRefused(
            "{value} is no name of a tag: write at most {most} characters in one line",
            value=repr(name[:60]),
            most=MOST_NAME,
        )
    return name


def _append(
    store: Store,
    rows: Sequence[Row],
    who: str,
    act: str,
    of: str,
    may: Callable[[], None] | None = None,
) -> None:
    if not who.strip():
        raise AnnotationRefused("give your name: others will read who wrote it")
    Journal(store.location, ANNOTATIONS).append(store, rows, who, act, of, may)


def _about(subject: Subject) -> str:
    """What the log says: the kind and the id, never its words."""
    return f"{subject.on} {subject.key}"


def _text(text: str) -> str:
    told = "\n".join(line.rstrip() for line in text.strip().splitlines())
    told = "".join(c for c in told if c.isprintable() or c == "\n")
    if not told:
        raise AnnotationRefused("the note is empty: write something, or delete it")
    if len(told) > MOST_TEXT:
        raise AnnotationRefused(
            "a note of {n} characters: write at most {most}", n=len(told), most=MOST_TEXT
        )
    return told


def _tag(subject: Subject, name: str) -> Row:
    return {"kind": "tag", "name": name, **_named(subject)}


def _named(subject: Subject) -> Row:
    """The columns of a row that name a subject. Raises AnnotationRefused."""
    if subject.on not in SUBJECTS or not _is_key(subject):
        raise AnnotationRefused(
            "{key} is no {on} that can be noted", key=repr(subject.key), on=subject.on
        )
    told = asdict(subject)
    return {"on": told["on"], "to": told["key"], "about": told["about"], "article": told["article"]}


def _is_key(subject: Subject) -> bool:
    if subject.on in OF_EVENTS:
        return subject.key.isdecimal() and subject.key.isascii() and 0 < int(subject.key) < 2**63
    if subject.on == "place":
        return 0 < len(subject.key) <= 200 and subject.key.isprintable()
    try:
        return dt.date.fromisoformat(subject.key).isoformat() == subject.key
    except ValueError:
        return False


def _next(known: Annotations, number: int) -> str:
    """The colour of a new tag: the next in turn."""
    every = list(COLOURS)
    return every[(len(known.colours) + number) % len(every)]
