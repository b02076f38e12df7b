"""Speed of extraction, of queries and of the timeline; the table is in docs/performance.md.

    python -m benchmarks.speed            measure, print
    python -m benchmarks.speed --write    and replace docs/performance.md

Everything runs on one core if the system supports CPU affinity. Articles are the samples of
data/samples, joined and cut at 400 words, half French and half English. The store is synthetic
(benchmarks/synthetic.py). Figures are CPU time, to be independent of other work on the machine;
on an idle machine they are close to the waiting time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.sample_articles import ARTICLES, articles
from benchmarks.speed_places import places_rows
from benchmarks.synthetic import write_events
from charts.registry import figure_of
from events.filters import Filters
from events.maintenance import maintain
from events.model import Article, Extraction
from events.query import Query
from events.store import Store
from loaders import pipeline

TARGET = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
SIZES = (10_000, 100_000, 1_000_000)
# stage of the pipeline -> the functions it calls there
STAGES = {
    "text: noise, sentences, parse": ("read_document",),
    "publication date inferred": ("infer_publication",),
    "contradictions with the date given": ("contradictions",),
    "dates": ("read_dates",),
    "places": ("find_places",),
    "actors": ("find_actors",),
    "events": ("build_events",),
}
CHANGES = {
    "one actor": Filters(actors=("USA",)),
    "one actor, rolled up to states": Filters(actors=("USA",), level="state"),
    "90 days": Filters(date_from=dt.date(2025, 9, 1), date_to=dt.date(2025, 11, 29)),
    "one type": Filters(types=("ASSAULT",)),
    "two words": Filters(text="armée ville 0012"),
}
# words, a wrong letter, names in other spellings, a name of several words
SEARCHES = (
    *("frappe ville 0013", "sanctions 0100", "meets 0200", "menace porte-parole", "armée 7"),
    *("sanctoins", "frape", "Kiev", "Зеленський", "Corée du Nord", "Russie frappe"),
)
Rows = list[tuple[str, str]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace docs/performance.md")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="events")
    asked = parser.parse_args()
    _bind_to_one_core()
    text = report(asked.sizes)
    print(text)
    if asked.write:
        old = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
        _own, begin, others = old.partition("<!-- ")  # sections of other benchmarks follow
        TARGET.write_text(f"{text}\n{begin}{others}" if begin else text, encoding="utf-8")
    return 0


def report(sizes: list[int]) -> str:
    """The whole table as Markdown."""
    places = places_rows()  # first, before any name is cached
    parts = [
        "# Performance\n",
        "Measured by `python -m benchmarks.speed --write`, on "
        f"{dt.date.today().isoformat()}, Python {platform.python_version()}, one core of "
        f"{os.cpu_count()} ({platform.machine()}). CPU time; what is measured "
        "is said in `benchmarks/speed.py`.\n",
        _section("Extraction", extraction_rows()),
        _section("Gazetteer stage on parsed articles (`benchmarks.speed_places`)", places),
    ]
    for size in sizes:
        parts.append(_section(f"{size:,} synthetic events", question_rows(size)))
    return "\n".join(parts)


def extraction_rows() -> Rows:
    """Articles a second with the publication date given and inferred, and each stage's share."""
    dated, undated = articles(0, dated=True), articles(ARTICLES, dated=False)
    began = time.process_time()
    for article in articles(2 * ARTICLES, dated=False)[:2]:
        pipeline.extract(article, dt.date.today())  # models, tables and gazetteer are read here
    loading = time.process_time() - began
    _seconds(articles(3 * ARTICLES, dated=False)[:10])
    spent: dict[str, float] = defaultdict(float)
    with _timed_stages(spent):
        given, events = _seconds(dated)
        inferred, _ = _seconds(undated)
    rows = [
        ("articles of 400 words a second, date given", f"{len(dated) / given:.1f}"),
        ("articles of 400 words a second, date inferred", f"{len(undated) / inferred:.1f}"),
        ("first articles of both languages (models are loaded), once", f"{loading:.1f} s"),
        ("events an article", f"{events / len(dated):.1f}"),
    ]
    whole = given + inferred
    rows += [
        (f"stage: {name}", f"{1000 * seconds / (2 * ARTICLES):.0f} ms an article")
        for name, seconds in spent.items()
        if name != "publication date inferred"
    ]
    inferring = spent["publication date inferred"]
    rows.append(
        (
            "stage: publication date, where it is inferred",
            f"{1000 * inferring / ARTICLES:.0f} ms an article",
        )
    )
    rows.append(("time outside the stages", f"{100 * (1 - sum(spent.values()) / whole):.0f} %"))
    return rows


def _seconds(batch: list[Article]) -> tuple[float, int]:
    """Seconds that a batch takes, and the events it yields."""
    began = time.process_time()
    done: list[Extraction] = [pipeline.extract(a, dt.date.today()) for a in batch]
    return time.process_time() - began, sum(len(e.events) for e in done)


@contextmanager
def _timed_stages(spent: dict[str, float]) -> Iterator[None]:
    """Add up the time inside the functions of each stage."""
    kept = {name: getattr(pipeline, name) for names in STAGES.values() for name in names}

    def timed(stage: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            began = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent[stage] += time.process_time() - began

        return call

    for stage, names in STAGES.items():
        for name in names:
            setattr(pipeline, name, timed(stage, kept[name]))
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(pipeline, name, function)


def question_rows(size: int) -> Rows:
    """Times of a page's queries after a filter change, over a synthetic store of `size` events."""
    with tempfile.TemporaryDirectory() as folder:
        location = Path(folder) / "store"
        began = time.process_time()
        write_events(size, location)
        rows = [("written straight into a store", f"{time.process_time() - began:.1f} s")]
        query = Query(location)
        rows.append(("store opened", _told([_clock(query.version)])))
        _tell_again(Store(location), query)
        for asked, what in ((query, ""), (query.by_story, ", one row an event")):
            asked.options(Filters())
            rows += [(f"{name}{what}", time) for name, time in _asked(asked, size)]
        rows.append(("the same question again", _told([_clock(query.count, Filters())])))
        rows += _searched(Store(location))
    return rows


def _tell_again(store: Store, query: Query) -> None:
    """Make half of the events further reports of an event listed just before them."""
    ids = query.events(Filters(sure="any"), columns=["event_id"])["event_id"].tolist()
    led = {told: ids[n - n % 4] for n, told in enumerate(ids) if n % 4 in (1, 2)}
    store.append_stories(led, len(led))


def _searched(store: Store) -> Rows:
    """Text searches; at most 150 ms in the middle are wanted at a million events."""
    began = time.process_time()
    maintain(store)  # the synthetic rows come without their tokens
    rows = [("files joined, tokens of all events made", f"{time.process_time() - began:.1f} s")]
    query = Query(store.location)
    query.count(Filters())
    first = _clock(query.count, Filters(text="nothing of the kind"))
    rows.append(("first text search of a process (names and tokens are read)", _told([first])))
    times = [_clock(query.count, Filters(text=words)) for words in SEARCHES]
    rows.append(("text search", _told(times)))
    return rows


def _asked(query: Query, size: int) -> Rows:
    asked: dict[str, Callable[[Filters], object]] = {
        "events of the filters, first 2,000": lambda f: query.events(f, limit=2_000),
        "bins by month and quad class": lambda f: query.bins(f, "month"),
        "dyads": query.dyads,
        "places": query.places,
        "values to choose from": query.options,
        "account (shown + hidden)": query.account,
    }
    rows = [
        (name, _told([_clock(ask, wanted) for wanted in CHANGES.values()]))
        for name, ask in asked.items()
    ]
    if size <= 10_000:
        rows.append(("first timeline of a process", _told([_clock(_redraw, query, Filters())])))
        wider = (Filters(langs=("fr",)), Filters(date_from=dt.date(2016, 1, 1)))
        drawn = [_clock(_redraw, query, wanted) for wanted in (*wider, *CHANGES.values())]
        rows.append(("filter change: asked anew, timeline drawn, as JSON", _told(drawn)))
    return rows


def _redraw(query: Query, filters: Filters) -> str:
    """The server's work when a filter of the timeline changes."""
    made = figure_of("timeline")(query.events(filters))
    return str(made.figure.to_json())


def _clock(ask: Callable[..., object], *arguments: object) -> float:
    began = time.process_time()
    ask(*arguments)
    return time.process_time() - began


def _told(seconds: list[float]) -> str:
    """Median, and the longest where there are several."""
    middle = f"{1000 * statistics.median(seconds):.0f} ms"
    return middle if len(seconds) == 1 else f"{middle} (longest {1000 * max(seconds):.0f} ms)"


def _section(title: str, rows: Rows) -> str:
    lines = [f"## {title}", "", "| what | figure |", "|---|---|"]
    return "\n".join(lines + [f"| {what} | {figure} |" for what, figure in rows]) + "\n"


def _bind_to_one_core() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    sys.exit(main())
