"""Made-up event tables, skewed as news is: few actors and days hold most events."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from charts.chart import ChartOptions
from charts.registry import CHARTS, options_of
from events.columns import EVENT_COLUMNS
from events.ontology import EVENT_TYPES

ACTORS = ["RUS", "UKR", "USA", "NATO", "FRA", "ISR", "IRN", "HEZ", "CHN", "DEU", "GBR", "EU"]
ACTORS += ["POL", "TUR", "LBN", "SDN", "MLI", "PRK", "KOR", "X:Conseil de transition", "UNO"]
PLACES = [
    ("1", "Kyiv", "UKR", "city", 50.45, 30.52),
    ("2", "Dnipro", "UKR", "city", 48.45, 34.98),
    ("3", "Brussels", "BEL", "city", 50.85, 4.35),
    ("4", "Beirut", "LBN", "city", 33.89, 35.5),
    ("5", "Moscow", "RUS", "city", 55.75, 37.62),
    ("6", "Khartoum", "SDN", "city", 15.55, 32.53),
    ("7", "Kharkiv", "UKR", "city", 49.98, 36.25),
    ("8", "Odesa", "UKR", "city", 46.48, 30.73),
    ("UKR", "Ukraine", "UKR", "country", 49.0, 32.0),
    ("9", "Kursk", "RUS", "city", 51.73, 36.19),
    ("r1", "Donbas", "UKR", "region", 48.2, 38.0),
    ("10", "Paris", "FRA", "city", 48.85, 2.35),
    ("11", "Tel Aviv", "ISR", "city", 32.08, 34.78),
    ("w1", "Black Sea", "", "water", 43.4, 34.3),
]
NO_PLACE = ("", "", "", "", float("nan"), float("nan"))
OUTLETS = ["Le Monde", "Reuters", "Le Figaro", "BBC", "AFP", "Kyiv Independent"]
QUOTE = "Des missiles ont frappé la ville dans la nuit, selon les autorités locales « & <b> »."


def event(number: int = 1, **given: Any) -> dict[str, Any]:
    """One row of the event table, complete, with the given values."""
    kind = EVENT_TYPES[given.get("type", "ASSAULT")]
    row: dict[str, Any] = {
        "event_id": 9_000_000_000_000_000_000 + number,
        "story_id": 9_000_000_000_000_000_000 + number,
        "article_id": 7_000_000_000 + number,
        "type": kind.code,
        "mode": "",
        "contexts": [],
        "quad": kind.quad,
        "score": kind.score,
        "cameo": kind.cameo,
        "status": "reported",
        "first": pd.Timestamp("2024-11-21"),
        "last": pd.Timestamp("2024-11-21"),
        "precision": "day",
        "open_start": False,
        "open_end": False,
        "date_basis": "relative",
        "date_text": "jeudi",
        "date_value": "2024-11-21",
        "time": "",
        "zone": "",
        "sources": ["RUS"],
        "targets": ["UKR"],
        **dict(zip(_PLACE_COLUMNS, PLACES[1], strict=True)),
        "attributed_to": "",
        "quote": QUOTE,
        "part": "text",
        "start": 0,
        "end": len(QUOTE),
        "spans": "[]",
        "also": json.dumps([]),
        "attributes": "[]",
        "confidence": 0.8,
        "reasons": [],
        "coder": "",
        "title": "Un titre",
        "source": "Le Monde",
        "url": "",
        "lang": "fr",
        "published": pd.Timestamp("2024-11-22"),
        "published_basis": "given",
        "published_precision": "day",
        "retrieved": pd.Timestamp("2024-11-23", tz="UTC"),
    }
    told = {**row, **given}
    return {"copy_of": told["article_id"], "origin": told["source"]} | told


_PLACE_COLUMNS = ("place_id", "place_name", "place_country", "place_kind", "lat", "lon")


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as the query hands them out: documented columns and types."""
    frame = pd.DataFrame(rows, columns=list(EVENT_COLUMNS))
    kinds = {name: kind for name, (kind, _) in EVENT_COLUMNS.items() if kind != "list"}
    return frame.astype(kinds)


def news(size: int, seed: int = 1, days: int = 60) -> pd.DataFrame:
    """A skewed table of `size` reports over about `days` days before 2024-12-01."""
    draw = np.random.default_rng(seed)
    kinds = list(EVENT_TYPES)
    weights = 1 / np.arange(1, len(ACTORS) + 1) ** 1.1
    rows: list[dict[str, Any]] = []
    while len(rows) < size:
        number = len(rows)
        pair = draw.choice(ACTORS, 2, replace=False, p=weights / weights.sum())
        base = pd.Timestamp("2024-11-30") - pd.Timedelta(days=int(draw.beta(1, 2.5) * days))
        if draw.random() < 0.12:
            base = pd.Timestamp("2024-11-21")
        place = PLACES[min(len(PLACES) - 1, int(draw.exponential(3.0)))]
        one = event(
            number,
            type=str(draw.choice(kinds, p=_kind_weights())),
            status=str(draw.choice(_STATUSES, p=[0.72, 0.12, 0.11, 0.05])),
            sources=[str(pair[0])] if draw.random() < 0.93 else [],
            targets=[str(pair[1])] if draw.random() < 0.8 else [],
            confidence=float(draw.uniform(0.3, 0.98)),
            source=str(draw.choice(OUTLETS)),
            **dict(zip(_PLACE_COLUMNS, place if draw.random() < 0.75 else NO_PLACE, strict=True)),
            **_date(base, draw),
        )
        one["published"] = base + pd.Timedelta(days=1)
        for _again in range(1 + int(draw.random() < 0.15) * int(draw.integers(1, 5))):
            rows.append({**one, "event_id": one["event_id"] + len(rows) - number})
            rows[-1]["source"] = str(draw.choice(OUTLETS))
    return table(rows[:size])


_STATUSES = ["reported", "planned", "claimed", "denied"]


def _kind_weights() -> np.ndarray:
    weights = np.array([3, 8, 4, 1, 3, 4, 1, 4, 4, 3, 6, 2, 3, 3, 3, 16], dtype=float)
    share: np.ndarray = weights / weights.sum()
    return share


def _date(base: pd.Timestamp, draw: np.random.Generator) -> dict[str, Any]:
    """Mostly days; some weeks, months, years, spans, open ends, a few undated."""
    kind = draw.choice(
        ["day", "week", "month", "quarter", "year", "span", "since", "until", "none"],
        p=[0.76, 0.03, 0.06, 0.01, 0.02, 0.05, 0.02, 0.01, 0.04],
    )
    none = pd.NaT
    if kind == "none":
        return {"first": none, "last": none, "precision": "", "date_text": "", "date_basis": ""}
    if kind == "since":
        return {"first": base, "last": none, "precision": "span", "open_end": True}
    if kind == "until":
        return {"first": none, "last": base, "precision": "span", "open_start": True}
    if kind == "span":
        return {"first": base, "last": base + pd.Timedelta(days=4), "precision": "span"}
    if kind == "day":
        return {"first": base, "last": base}
    period = base.to_period({"week": "W", "month": "M", "quarter": "Q", "year": "Y"}[kind])
    start, end = period.start_time.normalize(), period.end_time.normalize()
    return {"first": start, "last": end, "precision": str(kind)}


_ASKED: dict[str, dict[str, Any]] = {
    "map": {"arcs": True, "doubtful": True},
    "dyad": {"a": "RUS", "b": "UKR"},
}
# what each registered chart is asked for in the tests
SAMPLES: dict[str, ChartOptions] = {n: options_of(n)(**_ASKED.get(n, {})) for n in CHARTS}


def sample(chart: str, frame: pd.DataFrame) -> Any:
    """The table as the chart takes it: two of them, with names, where it compares."""
    return [("One", frame), ("Two", frame)] if chart == "compare" else frame
