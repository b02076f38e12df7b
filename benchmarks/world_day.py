"""A day of world news on the pool: `python -m benchmarks.world_day [--articles 300] [--write]`.

Of the articles `UNRELATED` of 100 are other news and `COPIES` of 100 are what an agency sold to
another outlet; lengths are those of `benchmarks.scale`. They are loaded into a store of their own
as a feed would be, unread where a quick look says so. CPU seconds of all processes, models apart,
give articles a second and core. What 32 cores would do is then reckoned, not measured: the day of
DAY articles comes by the hours of `CURVE`, and what cannot be read at once waits.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.performance_page import measured_by, write_section
from benchmarks.scale import TODAY, running_pool
from events.identity import article_id
from events.model import Article, Published
from events.store import Store
from loaders.load import load_found
from loaders.readers.fields import make_article
from training.corpus import HERE, own_units

UNRELATED, COPIES = 60, 20  # in 100
WORDS = 400
DAY, CORES = 500_000, 32
# articles of each hour in 1,000 of the day: more in the mornings of Europe and America
CURVE = (
    *(25, 22, 20, 20, 24, 32, 42, 50, 55, 56, 55, 54),
    *(54, 56, 58, 58, 56, 52, 46, 42, 38, 34, 27, 24),
)


@dataclass(frozen=True)
class Day:
    """What a day cost. `rate`: articles a CPU second."""

    articles: int
    skipped: int
    events: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.articles / self.seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.world_day", description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = parser.parse_args(arguments)
    mixed, relevant = day(asked.articles), day(asked.articles // 4, unrelated=0)
    told = table(mixed, relevant)
    print(told)
    if asked.write:
        write_section("world day", told)
    return 0


def day(count: int, unrelated: int = UNRELATED) -> Day:
    """Load `count` articles into a store of their own."""
    given = feed(count, unrelated)
    with tempfile.TemporaryDirectory() as folder, running_pool() as (pool, used):
        before = Store(Path(folder) / "before")
        load_found(_others(given[:40]), before, TODAY, driver=pool, may_skip=True)
        spent, mine = used(), time.process_time()
        report = load_found(given, Store(Path(folder) / "store"), TODAY, driver=pool, may_skip=True)
        seconds = used() - spent + time.process_time() - mine
    return Day(len(report.kept), len(report.skipped), report.events, seconds)


def _others(given: Sequence[tuple[str, Article]]) -> list[tuple[str, Article]]:
    """The same articles under other titles: what was read of them is no copy of them."""
    return [(name, replace(each, title=f"{each.title} (again)")) for name, each in given]


def feed(count: int, unrelated: int = UNRELATED) -> list[tuple[str, Article]]:
    """Articles of the mixture, always the same ones."""
    chance = random.Random(1)
    sides = {True: _other_news(), False: _news()}
    made: list[Article] = []
    while len(made) < count:
        if made and chance.random() * 100 < COPIES:
            told = chance.choice(made)
        else:
            told = _made(sides[chance.random() * 100 < unrelated], chance)
        source = f"Outlet {len(made)}"
        made.append(replace(told, id=article_id(told.text, source), source=source))
    return [("feed", each) for each in made]


Piece = tuple[str, str, str]  # language, title, text


def _made(pieces: dict[str, list[Piece]], chance: random.Random) -> Article:
    """Pieces of one kind and language, as many as have WORDS words."""
    among = pieces[chance.choice(sorted(pieces))]
    lang, title, text = chance.choice(among)
    while len(text.split()) < WORDS:
        text = f"{text}\n\n{chance.choice(among)[2]}"
    text = " ".join(text.split(" ")[:WORDS])
    return make_article(text, title=title, lang=lang, published=Published.given(TODAY))


def _news() -> dict[str, list[Piece]]:
    units = [u for u in own_units() if u["lang"] in ("fr", "en") and u["events"]]
    found: dict[str, list[Piece]] = {}
    for unit in units:
        found.setdefault(unit["lang"], []).append((unit["lang"], unit["title"] or "", unit["text"]))
    return found


def _other_news() -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for path in sorted((HERE / "unrelated").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            kind, title, text = line.split("\t")
            found.setdefault(f"{path.stem[:2]} {kind}", []).append((path.stem[:2], title, text))
    return found


def longest_wait(rate: float, cores: int = CORES, articles: int = DAY) -> float:
    """Hours that an article waits at most where `cores` read `rate` articles a second each."""
    waiting, longest = 0.0, 0.0
    an_hour = rate * cores * 3_600
    for share in CURVE:
        waiting = max(0.0, waiting + share * articles / sum(CURVE) - an_hour)
        longest = max(longest, waiting / an_hour)
    return longest


def table(mixed: Day, relevant: Day) -> str:
    """The figures in words."""
    a_day = mixed.rate * CORES * 86_400
    rows = {
        "articles of the mixed day, loaded": f"{mixed.articles}",
        "not read": f"{mixed.skipped} ({mixed.skipped / mixed.articles:.0%})",
        "events stored": f"{mixed.events}",
        "articles a second and core, mixed": f"{mixed.rate:.1f}",
        "articles a second and core, relevant ones alone": f"{relevant.rate:.1f}",
        f"reckoned: articles a day on {CORES} cores": f"{a_day / 1e6:.1f} million",
        f"reckoned: longest wait, {DAY:,} a day": f"{longest_wait(mixed.rate):.1f} hours",
        f"reckoned: cores that {DAY:,} a day need on average": f"{DAY / 86_400 / mixed.rate:.1f}",
    }
    lines = [f"| {what} | {figure} |" for what, figure in rows.items()]
    head = (
        f"## A day of world news\n\n{measured_by('python -m benchmarks.world_day --write')} "
        f"Articles of {WORDS} words, {UNRELATED} of 100 other news, {COPIES} of 100 copies; CPU "
        "seconds of all processes, models apart. Reckoned figures are the measured ones times "
        "cores: nobody ran them, and the quick look has learned from the same pieces, so on news "
        "that it has not seen it leaves fewer unread (data/models/relevance/model.toml)."
    )
    return "\n".join([head, "", "| what | figure |", "|---|--:|", *lines])


if __name__ == "__main__":
    sys.exit(main())
