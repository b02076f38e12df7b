"""A synthetic table in the layout of UCDP GED, and how long it takes to load: speed only.

    python -m benchmarks.coded_table 386000 /tmp/ged.csv     # make it
    python -m benchmarks.coded_table 386000                  # make it, load it: time and memory
    python -m benchmarks.coded_table 386000 --reports 50000  # beside reports that its rows may join

Countries, places, parties and days repeat as in such tables; the same count gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import write_events
from events.store import Store
from loaders.grouping import group_stories
from loaders.load import load_paths

_COUNTRIES = (
    ("Mali", 16.3, -3.0), ("Ukraine", 48.5, 37.0), ("Syria", 35.2, 38.0),
    ("Afghanistan", 34.0, 66.0),
    ("DR Congo (Zaire)", -1.5, 29.0), ("Colombia", 4.6, -74.1), ("Myanmar (Burma)", 21.9, 96.0),
    ("Nigeria", 11.8, 13.1), ("Somalia", 2.0, 45.3), ("Yemen (North Yemen)", 15.4, 44.2),
)  # fmt: skip
_COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob"
)
_FIRST = dt.date(1989, 1, 1)
_DAYS = 13_000


def write_table(rows: int, path: Path) -> None:
    """Write a table of so many rows."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS.split(), restval="")
        writer.writeheader()
        writer.writerows(_row(number, draw) for number in range(1, rows + 1))


def _row(number: int, draw: random.Random) -> dict[str, object]:
    country, lat, lon = draw.choice(_COUNTRIES)
    place, kind, dead = (
        draw.randrange(900),
        draw.choice((1, 1, 1, 2, 3)),
        int(draw.paretovariate(1)),
    )
    first = _FIRST + dt.timedelta(draw.randrange(_DAYS))
    last = first + dt.timedelta(draw.choice((0, 0, 0, 0, 2, 6, 29)))
    group = f"Group {draw.randrange(400)} of {country}"
    side_a = f"Government of {country}" if kind == 1 else group
    side_b = "Civilians" if kind == 3 else f"Group {draw.randrange(400)}"
    town = f"Town {place}"
    return {
        "id": number, "relid": f"X-{number}", "year": first.year, "active_year": 1,
        "code_status": "Clear", "type_of_violence": kind, "conflict_name": f"{country}: Government",
        "dyad_name": f"{side_a} - {side_b}", "side_a": side_a, "side_b": side_b,
        "number_of_sources": 2, "source_article": f'"Agency, {last}, fighting near {town}" ' * 2,
        "source_office": "Agency;Daily", "source_date": f"{last};{last}",
        "source_headline": f"{dead} killed as {side_a} and {side_b} clash near {town}",
        "source_original": "police official", "where_prec": draw.choice((1, 1, 2, 3, 4, 6)),
        "where_coordinates": f"{town} town", "where_description": f"in the north of {town}",
        "adm_1": f"{country} province {place % 30}", "adm_2": f"{country} district {place % 200}",
        "latitude": round(lat + place % 30 / 20, 4), "longitude": round(lon + place // 30 / 20, 4),
        "geom_wkt": f"POINT ({lon} {lat})", "priogrid_gid": 100_000 + place, "country": country,
        "country_id": 432, "region": "Africa", "event_clarity": 1,
        "date_prec": 1 if first == last else 2, "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000", "best": dead, "high": dead + 2, "low": max(0, dead - 1),
        "deaths_unknown": dead,
    }  # fmt: skip


def main() -> None:
    """Make the table; load it where no file is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, help="rows of the table")
    parser.add_argument("path", type=Path, nargs="?", help="only write the table there")
    parser.add_argument("--reports", type=int, default=0, help="synthetic reports in the store")
    asked = parser.parse_args()
    if asked.path:
        write_table(asked.rows, asked.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        _measure(asked.rows, asked.reports, Path(folder))


def _measure(rows: int, reports: int, folder: Path) -> None:
    """Load a table of so many rows into a store with so many reports, and print what it took."""
    store = Store(folder / "store")
    if reports:
        group_stories(write_events(reports, store.location))
    write_table(rows, folder / "ged.csv")
    before, began = _work(), time.perf_counter()
    report = load_paths([folder / "ged.csv"], store, dt.date.today())
    seconds, work = time.perf_counter() - began, _work() - before
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(*report.lines(), sep="\n")
    told = f"{rows} rows beside {reports} reports in {seconds:.0f} s, of them {work:.0f} s of work"
    print(f"{told} ({rows / seconds:.0f} a second); {most:.2f} GB at most")


def _work() -> float:
    """Seconds of processor time of this process up to now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
