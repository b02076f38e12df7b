"""A line of the log in the reader's language."""

from __future__ import annotations

from events.audit_log import Entry
from pages.shell.language import _


def kind(name: str) -> str:
    """A kind of act."""
    return _kinds().get(name, name or _("other"))


def act(entry: Entry) -> str:
    """What was done."""
    return _acts().get(entry.act, entry.act)


def subject(entry: Entry) -> str:
    """To what: the log begins it with one of a few words, which are translated."""
    word, space, rest = entry.of.partition(" ")
    return f"{_subjects().get(word, word)}{space}{rest}"


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
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "doubted": _("left in doubt"),
        "review taken back": _("took a review back"),
        "note written": _("wrote a note"),
        "note deleted": _("deleted a note"),
        "note put back": _("put a note back"),
        "tag set": _("set a tag"),
        "tag removed": _("removed a tag"),
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
        "view saved": _("saved a view"),
        "view deleted": _("deleted a view"),
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
        "note": _("note"),
        "case": _("case"),
        "tag": _("tag"),
    }
