"""From annotation to targets: which words tell acts, and for each act the right candidates."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from events.ontology import STATUSES
from loaders.acts.reader_input import ReaderInput
from loaders.linking.evidence import SECTOR_CODES
from training.corpus import CLASSES, Unit

SHARES = {1: (1.0,), 2: (0.7, 0.3), 3: (0.6, 0.25, 0.15)}  # of the types of an anchor
NOBODY, ELSEWHERE = -1, -2  # a side that names nobody; one whose code no mention has
NO_DAY, STORY = -1, -2
NO_PLACE = -1
Floats = npt.NDArray[np.float32]
_LIGHT = (
    "a ont est sont été avait avaient sera seront était étaient avoir être ai as fait font has "
    "have had is are was were been be being will would could should may to de du des la le les l "
    "d un une en au aux à que qui se s n ne pas y the of an and et ou or par sur pour contre "
    "against for on in with avec from dans by at into as it its his her leur leurs son sa ses ce "
    "cette ces this that these those il ils elle elles they he she we not t c j m qu wurde wurden "
    "hat haben ist sind der die das den dem ein eine einen zu von im am se ha han fue fueron el "
    "los las una y del al был была были и в на с по из за від до та і й у з що про"
)
LIGHT = frozenset(_LIGHT.split())


@dataclass
class ActLabel:
    """One telling. words: its content words. sides: for source, target and teller, the indices of
    the right mentions by code (a list a code), [] for nobody, None where no candidate is right.
    spans: words that name the party, or None. sectors: index, -1 unknown. days: indices of right
    dates, NO_DAY, STORY; [] where no candidate is right; places likewise. act: index of the act it
    tells."""

    words: list[int]
    types: Floats
    act: int
    sides: list[list[list[int]] | None]
    spans: list[list[int]]
    sectors: list[int]
    days: list[int]
    places: list[int]
    status: int
    weight: int
    retelling: bool = False


@dataclass
class Labels:
    """Targets of a unit: types (words x 17), weights (words; 0 = no say), acts."""

    types: Floats
    weights: Floats
    acts: list[ActLabel] = field(default_factory=list)


def nth(text: str, words: str, number: int) -> int:
    """Offset of the n-th occurrence, -1 where there is none."""
    at = -1
    for _ in range(number):
        at = text.find(words, at + 1)
        if at < 0:
            break
    return at


def span_of(day: str) -> tuple[dt.date, dt.date]:
    """First and last day of an annotated day, month, year or span."""
    first, _, last = day.partition("/")
    return _bound(first, False), _bound(last or first, True)


def _bound(day: str, last: bool) -> dt.date:
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        parts += [12 if last else 1]
    if len(parts) == 2:
        parts += [calendar.monthrange(*parts)[1] if last else 1]
    return dt.date(*parts)


def day_fits(first: dt.date, last: dt.date, day: str) -> bool:
    """Whether an interval meets an annotated one and is hardly wider."""
    begin, end = span_of(day)
    return first <= end and last >= begin and (last - first).days <= (end - begin).days + 2


def code_fits(code: str, annotated: str) -> bool:
    """Whether a candidate's code is the annotated one, sectors aside."""
    for reading in annotated.split("|"):
        state, _, sector = reading.partition(":")
        if code in (reading, state + sector) or code.replace(":", "") == reading.replace(":", ""):
            return True
        if state != "?" and len(state) == 3 and code[:3] == state and not code.startswith("X:"):
            return True
    return False


def labels_of(unit: Unit, given: ReaderInput) -> Labels:
    """The targets of a unit for its input."""
    found = Labels(_nothing(len(given.words)), np.ones(len(given.words), np.float32))
    bases: list[int] = []
    firsts: list[Unit] = []
    for number, event in enumerate(unit["events"]):
        again = event.get("same")
        retold = again is not None and again < len(bases)
        bases.append(bases[again] if retold else number)
        firsts.append(firsts[again] if retold else event)
        _add_act(found, given, event, firsts[-1], bases[-1], retold)
    for tempting in unit["not"]:
        _weigh_tempting(found, given, tempting["a"])
    return found


def _nothing(count: int) -> Floats:
    types = np.zeros((count, len(CLASSES)), np.float32)
    types[:, 0] = 1
    return types


def _add_act(
    found: Labels, given: ReaderInput, event: Unit, first: Unit, base: int, retold: bool
) -> None:
    part = "title" if event.get("in") == "title" else "text"
    at = _anchor(given, part, event["a"], event.get("n") or 1)
    words = list(given.words_at(part, *at)) if at else []  # type: ignore[arg-type]
    if not words:
        return
    content = [w for w in words if given.word(w).lower() not in LIGHT and given.word(w).isalnum()]
    content = content or words
    types = _type_shares(list(dict.fromkeys([*event["t"], *first["t"]])))
    found.types[content] = types
    aside = [w for w in words if w not in content and found.types[w][0] == 1]
    found.weights[aside] = 0
    spans = (
        [[], []] if retold else [_nearest(given, s, content) for s in (first["st"], first["ot"])]
    )
    teller = [first["by"]] if first.get("by") else []
    sides = [_right(given, codes) for codes in (first["s"], first["o"], teller)]
    found.acts.append(
        ActLabel(
            content,
            types,
            base,
            sides,
            spans,
            [_sector(first["s"]), _sector(first["o"])],
            _days(given, first, content, retold),
            _places(given, first.get("p")),
            STATUSES.index(first["x"]) if first.get("x") in STATUSES and not retold else -1,
            first["w"] if first.get("w") in (0, 1, 2) else -1,
            retold,
        )
    )


def _anchor(given: ReaderInput, part: str, words: str, number: int) -> tuple[int, int] | None:
    title = max(0, given.shift - 1)
    text = given.text[:title] if part == "title" else given.text[given.shift :]
    at = nth(text, words, number)
    return (at, at + len(words)) if at >= 0 else None


def _type_shares(types: list[str]) -> Floats:
    shares = np.zeros(len(CLASSES), np.float32)
    for name, share in zip(types, SHARES.get(len(types), (0.5, 0.3, 0.2)), strict=False):
        shares[CLASSES.index(name)] += share
    told: Floats = shares / shares.sum()
    return told


def _right(given: ReaderInput, codes: list[str]) -> list[list[int]] | None:
    """The mentions of each code of a side; [] for nobody; None where no mention has any."""
    known = [code for code in codes if not code.startswith("?")]
    if not known:
        return []
    found = [[n for n, p in enumerate(given.parties) if code_fits(p.code, c)] for c in known]
    return [rows for rows in found if rows] or None


def _nearest(given: ReaderInput, spans: list[str | None], act: list[int]) -> list[int]:
    """The words of each span, at its occurrence nearest to the act."""
    found: set[int] = set()
    at = given.words[act[0]][0]
    for span in spans:
        starts = [m.start() for m in re.finditer(re.escape(span), given.text)] if span else []
        if span and starts:
            start = min(starts, key=lambda s: abs(s - at))
            found |= {
                n for n, (a, b) in enumerate(given.words) if a < start + len(span) and b > start
            }
    content = [n for n in found if given.word(n).lower() not in LIGHT and given.word(n).isalnum()]
    return sorted(content or found)


def _sector(codes: list[str]) -> int:
    if not codes:
        return -1
    sector = codes[0].partition("|")[0].partition(":")[2]
    return SECTOR_CODES.index(sector) if sector in SECTOR_CODES else -1


def _days(given: ReaderInput, event: Unit, act: list[int], retold: bool) -> list[int]:
    day = event.get("d")
    if not day:
        return [NO_DAY]
    right = [
        n
        for n, m in enumerate(given.dates)
        if day_fits(m.date.first or m.date.last, m.date.last or m.date.first, day)  # type: ignore[arg-type]
    ]
    published = given.published
    if published and day_fits(published - dt.timedelta(1), published, day):
        right.append(STORY)
    if event.get("db") == "clause" and not retold:
        here = given.sentence_of[act[0]]
        own = [n for n in right if n >= 0 and given.sentence_of[given.dates[n].first] == here]
        right = own or right
    if event.get("db") == "story" and STORY in right:
        right = [STORY]
    return right


def _places(given: ReaderInput, name: str | None) -> list[int]:
    """The named places that are the annotated one, by the gazetteer's name or by the words."""
    if not name:
        return [NO_PLACE]
    wanted = _folded(name)
    return [
        n
        for n, named in enumerate(given.places)
        if named.mention.place is not None
        and wanted in (_folded(named.mention.place.name), _folded(named.mention.text))
    ]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _weigh_tempting(found: Labels, given: ReaderInput, words: str) -> None:
    """Words that look like an act and are none count twice."""
    at = given.text.find(words) if words else -1
    if at < 0:
        return
    end = at + len(words)
    for n, (a, b) in enumerate(given.words):
        if a < end and b > at and found.types[n][0] == 1 and given.word(n).lower() not in LIGHT:
            found.weights[n] = max(found.weights[n], 2.0)
