"""Reader of the case files in tests/cases/dates/: one sentence a line, mentions checked by hand.

Columns, divided by tabs: published day; text; mentions divided by " ; ". A mention is
``words=value``, with ``[first..last]`` where the days are checked too (an open side is empty), and
``!reason`` where it dates no event. ``!words=reason`` is set aside: it must not become a date.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from events.model import Article, DateSpan, LeftOut, Published
from loaders.find.dates import find_expressions, resolve, unresolved
from loaders.text.read import read_document

CASES_DIR = Path(__file__).resolve().parents[2] / "cases" / "dates"
_MENTION = re.compile(
    r"(?P<aside>!?)(?P<words>.+?)=(?P<value>[^\[!=]+)"
    r"(?:\[(?P<first>[^.\]]*)\.\.(?P<last>[^\]]*)\])?(?:!(?P<reason>.+))?$"
)


@dataclass(frozen=True)
class Case:
    """One line of a case file."""

    lang: str
    line: int
    published: dt.date
    text: str
    mentions: tuple[re.Match[str], ...]


def languages() -> list[str]:
    """Languages that have a case file."""
    return sorted(path.stem for path in CASES_DIR.glob("*.tsv"))


def cases(lang: str) -> list[Case]:
    """The cases of a language; ValueError names the line that cannot be read."""
    found = []
    lines = (CASES_DIR / f"{lang}.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            found.append(_case(lang, number, line))
    return found


def _case(lang: str, number: int, line: str) -> Case:
    cells = line.split("\t")
    wanted = [_MENTION.match(part.strip()) for part in "".join(cells[2:]).split(" ; ") if part]
    if len(cells) not in (2, 3) or not all(wanted):
        raise ValueError(f"tests/cases/dates/{lang}.tsv:{number}: not day, text, mentions: {line}")
    return Case(
        lang, number, dt.date.fromisoformat(cells[0]), cells[1], tuple(m for m in wanted if m)
    )


def read(case: Case) -> tuple[list[DateSpan], list[LeftOut]]:
    """What the finder makes of a case: dates, and what is set aside."""
    document = read_document(Article(1, "", case.text, case.lang), named=False)
    published = Published.given(case.published)
    expressions = find_expressions(document)
    return (
        resolve(expressions, document, published),
        unresolved(expressions, document, published),
    )


def faults(case: Case) -> list[str]:
    """What differs from the case, in words; [] where it holds."""
    spans, aside = read(case)
    dated = [m for m in case.mentions if not m["aside"]]
    said = [f"{s.text}={s.value}" for s in spans]
    wanted = [f"{m['words']}={m['value']}" for m in dated]
    if said != wanted:
        return [f"found {said}, wanted {wanted}"]
    out = []
    for span, want in zip(spans, dated, strict=True):
        days = f"{span.first or ''}..{span.last or ''}"
        if want["first"] is not None and days != f"{want['first']}..{want['last']}":
            out.append(f"{span.text}: {days}, wanted {want['first']}..{want['last']}")
        if span.not_event != (want["reason"] or ""):
            out.append(f"{span.text}: not_event {span.not_event!r}, wanted {want['reason']!r}")
    left = {(one.text, one.reason) for one in aside}
    missing = [m for m in case.mentions if m["aside"] and (m["words"], m["value"]) not in left]
    return out + [f"not set aside: {m['words']} ({m['value']}), have {left}" for m in missing]
