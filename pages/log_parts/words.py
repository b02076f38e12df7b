"""A line of the log in the reader's language."""

from __future__ import annotations

import re

from events.audit_log import Entry
from pages.shared import edit_words
from pages.shell.language import _, count, named

_COUNTED = re.compile(r"(\d+) (articles|events|reports|rows|notes|cases and views)")


def kind(name: str) -> str:
    """A kind of act."""
    return _kinds().get(name, name or _("other"))


def act(entry: Entry) -> str:
    """What was done."""
    return _acts().get(entry.act, entry.act)


def subject(entry: Entry) -> str:
    """To what: the log begins it with one of a few words, which are translated."""
    head, colon, details = entry.of.partition(": ")
    word, space, rest = head.partition(" ")
    told = f"{_subjects().get(word, word)}{space}{rest}"
    if not colon:
        return told
    return named(told, ", ".join(_detail(each) for each in details.split(", ")))


def _detail(text: str) -> str:
    """A number of things, or a field of an event."""
    found = _COUNTED.fullmatch(text)
    if not found:
        return _fields().get(text, text)
    n = int(found[1])
    return {
        "articles": count("{n} article", "{n} articles", n),
        "events": count("{n} event", "{n} events", n),
        "reports": count("{n} report", "{n} reports", n),
        "rows": count("{n} row", "{n} rows", n),
        "notes": count("{n} note", "{n} notes", n),
        "cases and views": count("{n} case or view", "{n} cases and views", n),
    }[found[2]]


def _fields() -> dict[str, str]:
    others = {
        "event": _("no event"),
        "added": _("added by hand"),
        "story_id": _("taken out of its story"),
        "joined": _("story joined with another"),
        "accepted": _("right as told"),
        "second": _("Second reading"),
        "as they ship": _("as they ship"),
    }
    return {**edit_words.field_names(), **others}


def _kinds() -> dict[str, str]:
    return {
        "load": _("loading"),
        "edit": _("correction"),
        "review": _("review"),
        "note": _("note"),
        "withdraw": _("withdrawal"),
        "export": _("export"),
        "settings": _("setting"),
        "grade": _("grade"),
        "store": _("store"),
    }


def _acts() -> dict[str, str]:
    return {
        "load begun": _("began a load"),
        "load done": _("loaded"),
        "reread": _("had articles read again"),
        "date of publication chosen": _("chose a date of publication"),
        "edit": _("corrected"),
        "edit taken back": _("took a correction back"),
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "second reading": _("read a second time"),
        "review taken back": _("took a review back"),
        "note written": _("wrote a note"),
        "note changed": _("changed a note"),
        "note deleted": _("deleted a note"),
        "note put back": _("put a note back"),
        "tag set": _("set a tag"),
        "tag removed": _("removed a tag"),
        "tag changed": _("changed a tag"),
        "tag deleted": _("deleted a tag"),
        "tag put back": _("put a tag back"),
        "bookmark set": _("set a bookmark"),
        "bookmark removed": _("removed a bookmark"),
        "case made": _("made a case"),
        "case changed": _("changed a case"),
        "case deleted": _("deleted a case"),
        "case put back": _("put a case back"),
        "notes taken over": _("took notes over from a file"),
        "withdrawn": _("withdrew"),
        "restored": _("put back"),
        "erased": _("erased for good"),
        "export": _("took a file"),
        "briefing made": _("made a briefing"),
        "source added": _("added a source"),
        "source changed": _("changed a source"),
        "source removed": _("removed a source"),
        "settings noticed": _("found other settings"),
        "view saved": _("saved a view"),
        "view changed": _("changed a view"),
        "view deleted": _("deleted a view"),
        "view put back": _("put a view back"),
        "outlets graded": _("graded outlets"),
        "story graded": _("graded a story"),
        "backup made": _("made a backup"),
        "store restored": _("restored a backup"),
        "store migrated": _("brought the store up to date"),
        "store repaired": _("repaired the store"),
        "break noted": _("noted a break of the chain"),
    }


def _subjects() -> dict[str, str]:
    return {
        "event": _("event"),
        "article": _("article"),
        "run": _("load"),
        "file": _("file"),
        "outlet": _("outlet"),
        "source": _("source"),
        "view": _("view"),
        "line": _("line"),
        "schema": _("schema"),
        "settings": _("settings"),
        "note": _("note"),
        "case": _("case"),
        "tag": _("tag"),
    }
