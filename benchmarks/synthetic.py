"""Synthetic events, skewed like news, written directly into a store: to measure speed only.

    python -m benchmarks.synthetic 100000 /tmp/store [--stories] [--no-alternatives]

A few dyads and places have most events (Zipf), days come in bursts over ten years with more in
the last one, four of five dates are days, one event in twenty is undated, a third has no
place. With stories, three reports of ten tell the act of another. The same count and seed give the
same store.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.compute as pc

from events.certainty import FIELDS, reading
from events.ontology import EVENT_TYPES
from events.registry import actors
from events.store import Store
from events.tables import SCHEMAS, UNDATED

CHUNK = 250_000  # events made at once: another number, another store
COMMITTED = 10  # chunks in one commit: each leaves a file a month
EVENTS_AN_ARTICLE = 5
LAST_DAY = dt.date(2025, 12, 31)
SPAN_DAYS = 3653
_PRECISIONS = ("day", "week", "month", "quarter", "year")
_DAYS = np.array([1, 7, 30, 91, 365])
_TYPE_WEIGHTS = (6, 18, 9, 2, 5, 7, 1, 9, 10, 5, 6, 4, 4, 3, 4, 17)
_ACTS = ("frappe", "rencontre", "accuse", "soutient", "menace", "meets", "strikes", "sanctions")
_PLACES = 2_000
_KEYS = ("article_id", "event_id", "load_id")
# field and rank of the other answers of an event
_ANSWERS = (("type", 1), ("type", 2), ("type", 3), ("date", 1), ("date", 2), ("place", 1))


def write_events(
    count: int, location: Path, seed: int = 1, stories: bool = False, alternatives: bool = True
) -> Store:
    """Add `count` events to the store at `location`, in articles of five. Without `alternatives`
    their other answers are left out, which no page looks at before somebody looks at an event."""
    store = Store(location)
    store.create()
    if stories:
        store.append_table("stories", _grouping(count))
    for begin in range(0, count, CHUNK * COMMITTED):
        chunks = range(begin, min(begin + CHUNK * COMMITTED, count), CHUNK)
        sizes = [min(CHUNK, count - first) for first in chunks]
        each = zip(chunks, sizes, strict=True)
        made = [_made(*chunk, seed, stories, alternatives) for chunk in each]
        for name in tuple(made[0]):
            store.append_table(name, pa.concat_tables([tables.pop(name) for tables in made]))
    return store


def _made(
    first: int, size: int, seed: int, stories: bool, alternatives: bool
) -> dict[str, pa.Table]:
    """The rows of a chunk by table, in the order in which they are stored."""
    rng = np.random.default_rng((seed, first))
    events = _events(rng, first, size, stories)
    articles, texts = _articles(rng, first // EVENTS_AN_ARTICLE, size)
    others = {"alternatives": _alternatives(rng, events)} if alternatives else {}
    return {"events": events, **others, "texts": texts, "articles": articles}


def _first_of_story(numbers: np.ndarray) -> np.ndarray:
    """The number of the first report of each one's story: of ten events four are one act."""
    return np.where(np.isin(numbers % 10, (2, 3, 4)), numbers - numbers % 10 + 1, numbers)


def _grouping(count: int) -> pa.Table:
    """The stories, as of one grouping of all articles."""
    numbers = np.arange(1, count + 1)
    story, covered = _first_of_story(numbers), -(-count // EVENTS_AN_ARTICLE)
    told, story = numbers[story != numbers], story[story != numbers]
    columns = {"event_id": np.append(0, told), "story_id": np.append(covered, story)}
    arrays = {name: pa.array(values) for name, values in columns.items()}
    size = len(told) + 1
    return _table("stories", {**arrays, "grouping": pa.array(np.ones(size, np.int64))}, size)


def _zipf(rng: np.random.Generator, size: int, among: int, power: float = 1.1) -> np.ndarray:
    """`size` numbers below `among`, low ones much more frequent."""
    weights = 1.0 / np.arange(1, among + 1) ** power
    return rng.choice(among, size=size, p=weights / weights.sum())


def _events(rng: np.random.Generator, first: int, size: int, stories: bool = False) -> pa.Table:
    article = (first + np.arange(size)) // EVENTS_AN_ARTICLE + 1
    kinds = list(EVENT_TYPES.values())
    weights = np.array(_TYPE_WEIGHTS, dtype=float)
    kind = rng.choice(len(kinds), size=size, p=weights / weights.sum())
    columns: dict[str, pa.Array] = {
        "event_id": pa.array(first + np.arange(size) + 1),
        "article_id": pa.array(article),
        "load_id": pa.array(np.ones(size, dtype=np.int64)),
        "revision": pa.array(np.ones(size, dtype=np.int64)),
        "type": _pick([k.code for k in kinds], kind),
        "quad": pa.array(np.array([k.quad for k in kinds], dtype=np.int8)[kind]),
        "score": pa.array(np.array([k.score for k in kinds])[kind]),
        "cameo": _pick([k.cameo for k in kinds], kind),
        "status": _pick(
            ["reported", "claimed", "planned", "denied"],
            rng.choice(4, size=size, p=[0.8, 0.1, 0.07, 0.03]),
        ),
        "confidence": pa.array(rng.beta(6, 3, size).round(3)),
        "start": pa.array(np.zeros(size, dtype=np.int32)),
        "end": pa.array(np.full(size, 90, dtype=np.int32)),
    }
    act = _dates(rng, size) | _parties(rng, size) | _where(rng, size)
    if stories:  # as the first report has it
        told = pa.array(_first_of_story(first + np.arange(size) + 1) - first - 1)
        act = {name: column.take(told) for name, column in act.items()}
    columns |= act
    columns |= _certainties(rng, size)
    columns |= _quotes(rng, size) | {"part": _pick(["text"], np.zeros(size, dtype=int))}
    for name in ("spans", "also", "attributes"):
        columns[name] = _pick(["[]"], np.zeros(size, dtype=int))
    days = pc.coalesce(columns["first"], columns["last"])
    each = days.dictionary_encode()  # few days, many events
    columns["month"] = pc.strftime(each.dictionary, "%Y-%m").take(each.indices).fill_null(UNDATED)
    return _table("events", columns, size)


def _certainties(rng: np.random.Generator, size: int) -> dict[str, pa.Array]:
    """What the learned reader knows; all are sure enough, so that filters show what they did."""
    least = reading().threshold
    told = {name: (least + rng.beta(3, 2, size) * (1 - least)).round(3) for name in FIELDS}
    sure = {f"certainty_{name}": pa.array(values) for name, values in told.items()}
    return {"weight": pa.array(rng.integers(0, 3, size).astype(np.int8)), **sure}


def _alternatives(rng: np.random.Generator, events: pa.Table) -> pa.Table:
    """Six other answers of each event: three types, two dates, a place."""
    many, answers = len(_ANSWERS), events.num_rows * len(_ANSWERS)
    which = np.tile(np.arange(many), events.num_rows)
    field, rank = (np.array(column)[which] for column in zip(*_ANSWERS, strict=True))
    columns = {name: np.repeat(events.column(name).to_numpy(), many) for name in _KEYS}
    columns |= {"field": field, "rank": rank.astype(np.int8)}
    columns |= {"certainty": rng.beta(1, 8, answers).round(3)}
    arrays = {name: pa.array(values) for name, values in columns.items()}
    arrays["value"] = _pick(list(EVENT_TYPES), rng.integers(0, len(EVENT_TYPES), answers))
    return _table("alternatives", arrays, answers)


def _dates(rng: np.random.Generator, size: int) -> dict[str, pa.Array]:
    """Bursts: some days have twenty times the events of others; a quarter in the last year."""
    heat = rng.gamma(0.7, 1.0, SPAN_DAYS) + 0.05
    heat[-365:] *= 0.25 / heat[-365:].sum() * heat.sum()
    day = rng.choice(SPAN_DAYS, size=size, p=heat / heat.sum())
    grain = rng.choice(len(_PRECISIONS), size=size, p=[0.8, 0.05, 0.08, 0.02, 0.05])
    origin = (LAST_DAY - dt.date(1970, 1, 1)).days - SPAN_DAYS
    begin = (origin + day).astype(np.int32)
    undated = rng.random(size) < 0.05
    last = (begin + _DAYS[grain] - 1).astype(np.int32)
    basis = _pick(["explicit", "relative", "anaphoric", "inferred"], rng.integers(0, 4, size))
    empty = pa.array([""] * size)
    bounded = undated & (rng.random(size) < 0.8)
    lower, upper = (bounded & (rng.random(size) < share) for share in (0.5, 0.9))
    return {
        "bounds_from": pa.array(begin - 1, mask=~lower).cast(pa.date32()),
        "bounds_to": pa.array(last, mask=~upper).cast(pa.date32()),
        "first": pa.array(begin, mask=undated).cast(pa.date32()),
        "last": pa.array(last, mask=undated).cast(pa.date32()),
        "precision": _where_not(undated, _pick(list(_PRECISIONS), grain), empty),
        "date_basis": _where_not(undated, basis, empty),
        "open_start": pa.array(np.zeros(size, dtype=bool)),
        "open_end": pa.array(np.zeros(size, dtype=bool)),
    }


def _parties(rng: np.random.Generator, size: int) -> dict[str, pa.Array]:
    codes = [record.code for record in actors()]
    np.random.default_rng(7).shuffle(codes)
    return {
        "sources": _lists(rng, codes, size, (0.1, 0.8, 0.1)),
        "targets": _lists(rng, codes, size, (0.25, 0.65, 0.1)),
    }


def _where(rng: np.random.Generator, size: int) -> dict[str, pa.Array]:
    fixed = np.random.default_rng(11)
    names = [f"Ville {number:04}" for number in range(_PLACES)]
    countries = [record.code for record in actors() if record.kind == "state"]
    home = fixed.integers(0, len(countries), _PLACES)
    lat, lon = fixed.uniform(-50, 65, _PLACES).round(4), fixed.uniform(-170, 170, _PLACES).round(4)
    place = _zipf(rng, size, _PLACES)
    unlocated = rng.random(size) < 1 / 3
    empty = pa.array([""] * size)
    texts = {
        "place_id": _pick([str(1_000_000 + n) for n in range(_PLACES)], place),
        "place_name": _pick(names, place),
        "place_country": _pick([countries[n] for n in home], place),
        "place_kind": _pick(["city"], np.zeros(size, dtype=int)),
    }
    points = {
        "lat": pa.array(lat[place], mask=unlocated),
        "lon": pa.array(lon[place], mask=unlocated),
    }
    return {name: _where_not(unlocated, told, empty) for name, told in texts.items()} | points


def _quotes(rng: np.random.Generator, size: int, distinct: int = 20_000) -> dict[str, pa.Array]:
    fixed = np.random.default_rng(13)
    pool = [
        f"L’armée {a} {_ACTS[b]} la région de Ville {c:04}, a déclaré un porte-parole ({d})."
        for d, (a, b, c) in enumerate(
            zip(
                fixed.integers(0, 900, distinct),
                fixed.integers(0, len(_ACTS), distinct),
                fixed.integers(0, _PLACES, distinct),
                strict=True,
            )
        )
    ]
    index = rng.integers(0, distinct, size)
    return {"quote": _pick(pool, index)}


def _articles(rng: np.random.Generator, first: int, events: int) -> tuple[pa.Table, pa.Table]:
    """Rows of articles, and of their texts."""
    size = -(-events // EVENTS_AN_ARTICLE)
    number = first + np.arange(size) + 1
    held = np.full(size, EVENTS_AN_ARTICLE, dtype=np.int32)
    held[-1] = events - EVENTS_AN_ARTICLE * (size - 1)
    published = (LAST_DAY - dt.date(1970, 1, 1)).days - rng.integers(0, SPAN_DAYS, size)
    outlets = [f"Journal {n}" for n in range(200)]
    columns: dict[str, pa.Array] = {
        "article_id": pa.array(number),
        "load_id": pa.array(np.ones(size, dtype=np.int64)),
        "title": pa.array([f"Titre de l’article {n}" for n in number]),
        "text": _pick(["Texte d’article sans phrases."], np.zeros(size, dtype=int)),
        "lang": _pick(["fr", "en", "de", "uk"], _zipf(rng, size, 4)),
        "source": _pick(outlets, _zipf(rng, size, len(outlets))),
        "published": pa.array(published.astype(np.int32)).cast(pa.date32()),
        "published_basis": _pick(["given"], np.zeros(size, dtype=int)),
        "retrieved": pa.array([dt.datetime(2026, 1, 1, tzinfo=dt.UTC)] * size),
        "events": pa.array(held),
        "revision": pa.array(np.ones(size, dtype=np.int64)),
        "loaded": _pick(["2026-01"], np.zeros(size, dtype=int)),
    }
    return _table("articles", columns, size), _table("texts", columns, size)


def _pick(values: list[str], index: np.ndarray) -> pa.Array:
    return pa.array(values).take(pa.array(index))


def _where_not(mask: np.ndarray, told: pa.Array, other: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(mask), other, told)


def _lists(
    rng: np.random.Generator, codes: list[str], size: int, shares: tuple[float, float, float]
) -> pa.Array:
    """Lists of zero, one or two codes, in the proportions `shares`."""
    lengths = rng.choice(3, size=size, p=shares)
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    values = _pick(codes, _zipf(rng, int(offsets[-1]), len(codes), power=1.3))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _table(name: str, columns: dict[str, pa.Array], size: int) -> pa.Table:
    """A table with all columns of the store's schema in order; missing ones are empty."""
    schema = SCHEMAS[name]
    arrays = [columns.get(f.name, _empty(f.type, size)) for f in schema]
    return pa.table([a.cast(f.type) for a, f in zip(arrays, schema, strict=True)], schema=schema)


def _empty(data_type: pa.DataType, size: int) -> pa.Array:
    if pa.types.is_string(data_type):
        return _pick([""], np.zeros(size, dtype=int))
    if pa.types.is_list(data_type):
        offsets = pa.array(np.zeros(size + 1, dtype=np.int32))
        return pa.ListArray.from_arrays(offsets, pa.array([], pa.string()))
    return pa.nulls(size, data_type)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=__doc__)
    parser.add_argument("count", type=int, help="number of events")
    parser.add_argument("location", type=Path, help="folder of the store")
    parser.add_argument("--stories", action="store_true", help="reports that tell one act")
    parser.add_argument("--no-alternatives", action="store_true", help="no other answers of events")
    asked = parser.parse_args()
    kept = not asked.no_alternatives
    write_events(asked.count, asked.location, stories=asked.stories, alternatives=kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
