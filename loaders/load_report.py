"""What a load did, in figures and in words."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from events.certainty import reading
from events.plain_text import counted
from events.wording import format_tenths
from loaders.coded_rows import TableReport
from loaders.readers import SetAside
from loaders.text.relevance import REASON

MAX_LISTED = 20  # names of a kind in the report
MAX_ASIDE = 100  # of what was set aside for one reason: an archive may hold 60,000 empty files


def _new_run() -> str:
    """A name for this load, by which all that it brought can be withdrawn."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


@dataclass
class LoadReport:
    """What a load did. `kept`: ids now in the store; `known`: were there before; `redated`: of
    these, those with a new given publication date, extracted again; `repeated`: given twice in
    this load; `set_aside` says what, where, which value and what to do. `skipped`: titles of those
    among `kept` that were not read, being hardly about politics or security. `events`: stored with
    them; `less_sure`: of these, not shown by default. `rows` of event tables were read, which are
    no articles; `tables`: what was done with them.
    read = kept + redated + known + repeated + the articles among `set_aside`.
    """

    read: int = 0
    kept: list[int] = field(default_factory=list)
    redated: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    events: int = 0
    less_sure: int = 0
    skipped: list[str] = field(default_factory=list)
    interrupted: bool = False
    run: str = field(default_factory=_new_run)
    rows: int = 0
    tables: list[TableReport] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, a line each."""
        told = [
            f"{counted(self.read, 'article')} read: {len(self.kept)} kept, {len(self.redated)} "
            f"resolved again with the date given now, {len(self.known)} already in the store, "
            f"{len(self.repeated)} given twice; {len(self.set_aside)} set aside; "
            f"{events_in_words(self.events, self.less_sure)}; run {self.run}"
        ]
        told += [line for table in self.tables for line in table.lines()]
        if self.skipped:
            told.append(
                f"{len(self.skipped)} of those kept were not read, being {REASON}: "
                "'python -m loaders reread --skipped' reads them"
            )
        told += _listed(REASON, self.skipped)
        told += _listed("already in the store", self.known)
        told += _listed("given twice", self.repeated)
        told += _aside(self.set_aside)
        return told + (["interrupted: the rest was not read"] if self.interrupted else [])


def events_in_words(events: int, less_sure: int) -> str:
    """The events that were stored, and how many of them are not shown by default."""
    least = format_tenths(reading().threshold, "en")
    told = f", {less_sure} of them less sure of their type than {least}" if less_sure else ""
    return f"{counted(events, 'event')}{told}"


def _listed(what: str, names: list[str]) -> list[str]:
    """One line per name; past `MAX_LISTED`, a line with the number of the others."""
    lines = [f"{what}: {name}" for name in names[:MAX_LISTED]]
    more = len(names) - MAX_LISTED
    return [*lines, f"{what}: {more} more"] if more > 0 else lines


def _aside(items: Sequence[SetAside]) -> list[str]:
    """One line each, in their order; behind `MAX_ASIDE` of one reason how many more there are."""
    lines, found = [], Counter[tuple[str, str]]()
    for item in items:
        why = (item.problem, item.remedy)
        found[why] += 1
        if found[why] <= MAX_ASIDE:
            lines.append(f"set aside: {item}")
    more = {why: number - MAX_ASIDE for why, number in found.items() if number > MAX_ASIDE}
    return lines + [f"set aside: {n} more: {what}. {do}" for (what, do), n in more.items()]
