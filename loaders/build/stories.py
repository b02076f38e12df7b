"""Stories: reports of one event, over articles and languages, brought together by stated rules.

A story holds at most one report of each article (tellings inside one article are merged before).
Two reports meet when they tell of the same day within their precision, of the same type (or the
same quad class between the same parties), and of the same place or the same parties, and nothing
contradicts: another town, other parties, a denial of the other's act. Words never decide alone;
they are asked where one side is not named, and where a busy dyad (several strikes of one day)
gives no place. A merge is reversible: the store keeps every report and a person's split or join
overrides these rules.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
REGION_KM = 120.0  # a town this close to the middle of a region of its country may lie in it
NEAR_KM = 30.0  # two points this close are one town with its outskirts
DAY_SLACK = 1  # an inferred day may miss the told one by a day (bylined the next morning)
LOOK_BACK = 2  # days before its own on which a report's story may begin
TELLING = 2  # weight of names and numbers that two quotes must share where little else is known
POINT_KINDS = frozenset({"city", "site"})

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True)
class Report:
    """What the rules look at in one report. `first` and `last` are day ordinals."""

    event_id: int
    article_id: int
    type: str
    quad: int
    status: str
    first: int
    last: int
    precision: str
    inferred: bool
    sources: frozenset[str]
    targets: frozenset[str]
    place_id: str
    place_kind: str
    country: str
    point: tuple[float, float] | None
    words: frozenset[str]
    busy: bool = False

    @property
    def parties(self) -> frozenset[str]:
        return self.sources | self.targets


def group_reports(events: pd.DataFrame) -> dict[int, int]:
    """Story of each event: event_id -> story_id, the event_id of the story's earliest report.

    `events` has EVENT_COLUMNS. Deterministic: the same rows in any order give the same stories.
    """
    grouper = Grouper()
    story_of = {int(event_id): int(event_id) for event_id in events["event_id"]}
    for report in ordered_reports(events):
        story_of[report.event_id] = grouper.place(report)
    return story_of


class Grouper:
    """Stories being made: a report joins the first story all of whose reports agree with it.

    Agreement asks for the same type or class, and for a party in common or a side that names
    nobody; stories are looked up by that, so that a busy day costs little.
    """

    def __init__(self) -> None:
        self._groups: dict[int, list[Report]] = {}
        self._rank: dict[int, int] = {}
        self._by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)

    def place(self, report: Report) -> int:
        """The story of the report, which now holds it. Reports come in their order."""
        found = self._agreeing(report)
        self.keep(report, report.event_id if found is None else found)
        return report.event_id if found is None else found

    def keep_known(self, report: Report, story: int) -> None:
        """Put back a report of a story that begins among the reports given so far."""
        if story == report.event_id or story in self._groups:
            self.keep(report, story)

    def keep(self, report: Report, story: int) -> None:
        """Put the report into a story that is known already."""
        if story not in self._groups:
            self._groups[story] = []
            self._rank[story] = len(self._rank)
            for key in _kept_under(report):
                self._by_key[key].append(story)
        self._groups[story].append(report)

    def _agreeing(self, report: Report) -> int | None:
        near: set[int] = set()
        for day in range(report.first - LOOK_BACK, report.first + 1):
            for key in _asked_under(report):
                near.update(self._by_key.get((day, *key), ()))
        for story in sorted(near, key=self._rank.__getitem__):
            if all(same_event(report, other)[0] for other in self._groups[story]):
                return story
        return None


def _kept_under(report: Report) -> list[tuple[object, ...]]:
    """Keys of a story, from its first report."""
    keys: list[tuple[object, ...]] = [(report.first, "type", report.type)]
    keys += [(report.first, "party", report.type, party) for party in report.parties]
    if not report.parties:
        keys.append((report.first, "nobody", report.type))
    if report.sources:
        keys.append((report.first, "class", report.quad, report.parties))
    return keys


def _asked_under(report: Report) -> list[tuple[object, ...]]:
    """Keys, without their day, under which a story that agrees with the report must stand."""
    if not report.parties:
        return [("type", report.type)]
    keys: list[tuple[object, ...]] = [("nobody", report.type)]
    keys += [("party", report.type, party) for party in report.parties]
    return [*keys, ("class", report.quad, report.parties)]


def ordered_reports(events: pd.DataFrame) -> list[Report]:
    """The dated reports in the order in which they are grouped: by day, short before long."""
    reports = _marked_busy(list(_reports(events)))
    return sorted(reports, key=lambda r: (r.first, r.last - r.first, r.event_id))


def same_event(a: Report, b: Report) -> tuple[bool, str]:
    """Whether two reports tell of one event, and the reason."""
    if a.article_id == b.article_id:
        return False, "told in one article as two events"
    if not _same_time(a, b):
        return False, "another day"
    if not _same_act(a, b):
        return False, "another act"
    if _places_differ(a, b):
        return False, "another place"
    if _parties_differ(a, b):
        return False, "other parties"
    return _enough(a, b)


def _reports(events: pd.DataFrame) -> Iterable[Report]:
    dated = events[events["first"].notna() & events["last"].notna()]
    for row in dated.to_dict("records"):
        lat, lon = float(row["lat"]), float(row["lon"])
        located = row["place_kind"] in POINT_KINDS and not (math.isnan(lat) or math.isnan(lon))
        yield Report(
            event_id=int(row["event_id"]),
            article_id=int(row["article_id"]),
            type=row["type"],
            quad=int(row["quad"]),
            status=row["status"],
            first=row["first"].toordinal(),
            last=row["last"].toordinal(),
            precision=row["precision"],
            inferred=row["date_basis"] == "inferred",
            sources=frozenset(row["sources"]),
            targets=frozenset(row["targets"]),
            place_id=row["place_id"],
            place_kind=row["place_kind"],
            country=row["place_country"],
            point=(lat, lon) if located else None,
            words=telling_words(_unmarked(row)),
        )


def _unmarked(row: dict[Hashable, Any]) -> str:
    """The quote without the words of dates and actors: those are compared as such already."""
    quote, shift = str(row["quote"]), int(row["start"])
    letters = list(quote)
    for kind, part, start, end in json.loads(row["spans"] or "[]"):
        if part == row["part"] and kind in ("date", "actor"):
            low, high = max(0, start - shift), min(len(letters), end - shift)
            letters[low:high] = " " * max(0, high - low)
    return "".join(letters)


def _marked_busy(reports: list[Report]) -> list[Report]:
    """Reports of a dyad that is told, for that day, at several places or twice in one article."""
    told: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for report in reports:
        told[_dyad_day(report)].append(report)
    busy = {key for key, rows in told.items() if _is_busy(rows)}
    return [replace(r, busy=_dyad_day(r) in busy) for r in reports]


def _dyad_day(report: Report) -> tuple[object, ...]:
    return report.first, report.last, report.quad, report.sources, report.targets


def _is_busy(reports: list[Report]) -> bool:
    articles = {report.article_id for report in reports}
    return len(articles) < len(reports) or len({r.place_id for r in reports if r.place_id}) > 1


def telling_words(quote: str) -> frozenset[str]:
    """Names and numbers of a quote, folded so that they meet over languages.

    Capitalised words (first five letters, without accents) and numbers; enough to tell one
    strike of a day from the next, never enough to join two reports alone. The first word has its
    capital from its place and does not count.
    """
    found = set()
    for number, token in enumerate(_TOKEN.findall(quote)):
        if token[0].isdigit():
            found.add(token)
        elif number and token[0].isupper() and len(token) > 2:
            plain = unicodedata.normalize("NFKD", token.casefold())
            found.add("".join(c for c in plain if not unicodedata.combining(c))[:5])
    return frozenset(found)


def _same_time(a: Report, b: Report) -> bool:
    short = a.last - a.first <= DAY_SLACK and b.last - b.first <= DAY_SLACK
    if short:
        slack = DAY_SLACK if a.inferred or b.inferred else 0
        return a.first <= b.last + slack and b.first <= a.last + slack
    return (a.first, a.last) == (b.first, b.last)


def _same_act(a: Report, b: Report) -> bool:
    if "denied" in (a.status, b.status) and a.status != b.status:
        return False
    if a.type == b.type:
        return True
    return a.quad == b.quad and bool(a.sources) and a.parties == b.parties


def _places_differ(a: Report, b: Report) -> bool:
    if a.point and b.point:
        return a.place_id != b.place_id and kilometres(a.point, b.point) > NEAR_KM
    return bool(a.country and b.country and a.country != b.country)


def _parties_differ(a: Report, b: Report) -> bool:
    if a.type in SYMMETRIC and b.type in SYMMETRIC:
        return bool(a.parties and b.parties) and not _same_table(a, b)
    apart_source = bool(a.sources and b.sources) and not a.sources & b.sources
    apart_target = bool(a.targets and b.targets) and not a.targets & b.targets
    return apart_source or apart_target


def _same_table(a: Report, b: Report) -> bool:
    """Whether the parties of two meetings or agreements can be those of one."""
    shared = a.parties & b.parties
    smaller = min(len(a.parties), len(b.parties))
    return len(shared) >= 2 or (len(shared) == 1 and smaller == 1 and _same_town(a, b))


def _same_town(a: Report, b: Report) -> bool:
    if not (a.point and b.point):
        return False
    return a.place_id == b.place_id or kilometres(a.point, b.point) <= NEAR_KM


def _same_place(a: Report, b: Report) -> bool:
    """One town, or one named place smaller than a country (a strait, a region, a site)."""
    named = bool(a.place_id) and a.place_id == b.place_id and a.place_kind != "country"
    return named or _same_town(a, b)


def _enough(a: Report, b: Report) -> tuple[bool, str]:
    """Agreement must be shown, not only not denied."""
    if _same_place(a, b) and (a.parties & b.parties or not (a.parties and b.parties)):
        return True, "same day, act and place"
    if a.type in SYMMETRIC and len(a.parties & b.parties) >= 2:
        return True, "same day, act and parties"
    telling = sum(_weight(word) for word in a.words & b.words)
    if a.sources & b.sources and a.targets & b.targets:
        if not a.busy and not b.busy and a.type == b.type:
            return True, "same day, act and parties"
        return telling >= TELLING, "same day, act and parties, and the same names or numbers"
    if len(a.sources & b.sources) >= 2 and a.type == b.type:
        return True, "same day, act and parties"
    one_side = bool(a.parties & b.parties) and a.type == b.type
    return one_side and telling >= TELLING, "same day and act, one party, the same names or numbers"


def _weight(word: str) -> int:
    """A number of two digits or more tells as much as two names; a small one as one."""
    return 2 if word.isdigit() and len(word) > 1 else 1


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in degrees (haversine, sphere 6371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
