"""A report as input of the story rules, and whether its day is busy."""

from __future__ import annotations

import itertools
import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from events.certainty import sure_enough
from events.ontology import EVENT_TYPES

REGION_KM = 120.0  # a town this close to the middle of a region of its country may lie in it
MOST_NAMES = 6  # with more places than this for one dyad and day, the day is busy
POINT_KINDS = frozenset({"city", "site"})

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, eq=False)
class Report:
    """The fields of a report that the rules use. `first` and `last` are day ordinals. `sure`: it is
    shown by default; the others never decide anything about those that are."""

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
    centre: tuple[float, float] | None
    quote: str
    marked: tuple[tuple[int, int], ...]
    busy: bool = False
    sure: bool = True

    @cached_property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon) of the place if it is small enough to be a point, else None."""
        return self.centre if self.place_kind in POINT_KINDS else None

    @cached_property
    def symmetric(self) -> bool:
        """Whether source and target are interchangeable; False for a type no longer in use."""
        return self.type in EVENT_TYPES and EVENT_TYPES[self.type].symmetric

    @cached_property
    def parties(self) -> frozenset[str]:
        return self.sources | self.targets

    @cached_property
    def words(self) -> frozenset[str]:
        """Names and numbers of the quote, without dates and actors (compared separately)."""
        letters = list(self.quote)
        for start, end in self.marked:
            low, high = max(0, start), min(len(letters), end)
            letters[low:high] = " " * max(0, high - low)
        return telling_words("".join(letters))


def ordered_reports(events: pd.DataFrame) -> list[Report]:
    """The dated reports in grouping order: by first day, sure ones and short intervals first."""
    reports = _marked_busy(list(_reports(events)))
    return sorted(reports, key=lambda r: (r.first, not r.sure, r.last - r.first, r.event_id))


def _reports(events: pd.DataFrame) -> Iterable[Report]:
    dated = events[events["first"].notna() & events["last"].notna()]
    sure = sure_enough(dated["certainty_type"].to_numpy(dtype=float, na_value=math.nan))
    for row, is_sure in zip(dated.to_dict("records"), sure.tolist(), strict=True):
        lat, lon = float(row["lat"]), float(row["lon"])
        located = not (math.isnan(lat) or math.isnan(lon))
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
            centre=(lat, lon) if located else None,
            quote=str(row["quote"]),
            marked=_marked(row),
            sure=is_sure,
        )


def _marked(row: dict[Hashable, Any]) -> tuple[tuple[int, int], ...]:
    """Offsets of dates and actors in the quote."""
    spans, shift = str(row["spans"] or "[]"), int(row["start"])
    if spans == "[]":
        return ()
    return tuple(
        (start - shift, end - shift)
        for kind, part, start, end in json.loads(spans)
        if part == row["part"] and kind in ("date", "actor")
    )


def _marked_busy(reports: list[Report]) -> list[Report]:
    """The reports with `busy` set, by dyad and day (several places, or twice in one article)."""
    told: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for report in reports:
        told[_dyad_day(report)].append(report)
    busy = {key for key, rows in told.items() if _is_busy(rows)}
    sure = {key for key in busy if _is_busy([r for r in told[key] if r.sure])}
    return [
        replace(r, busy=True) if _dyad_day(r) in (sure if r.sure else busy) else r for r in reports
    ]


def _dyad_day(report: Report) -> tuple[object, ...]:
    return report.first, report.last, report.quad, report.sources, report.targets


def _is_busy(reports: list[Report]) -> bool:
    if len({report.article_id for report in reports}) < len(reports):
        return True
    places = {r.place_id: r for r in reports if r.place_id}
    if len(places) > MOST_NAMES:
        return True
    pairs = itertools.combinations(places.values(), 2)
    return any(not _in_one_region(a, b) for a, b in pairs)


def _in_one_region(a: Report, b: Report) -> bool:
    """Whether one is a region and the other a town near its centre (Kursk, the Kursk region)."""
    if "region" not in (a.place_kind, b.place_kind) or a.country != b.country:
        return False
    if not (a.centre and b.centre):
        return False
    return kilometres(a.centre, b.centre) <= REGION_KM


def telling_words(quote: str) -> frozenset[str]:
    """Names and numbers of a quote, folded so that they match across languages.

    Capitalised words (first five letters, without accents) and numbers: enough to distinguish two
    strikes of one day, never enough to join two reports alone. The first word, capitalised by its
    position, does not count.
    """
    found = set()
    for number, token in enumerate(_TOKEN.findall(quote)):
        if token[0].isdigit():
            found.add(token)
        elif number and token[0].isupper() and len(token) > 2:
            plain = unicodedata.normalize("NFKD", token.casefold())
            found.add("".join(c for c in plain if not unicodedata.combining(c))[:5])
    return frozenset(found)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in degrees (haversine, sphere 6371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
