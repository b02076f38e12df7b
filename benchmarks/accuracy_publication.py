"""Accuracy of publication dates: dated articles with the date hidden, inferred from the text alone.

FR-TimeBank 1.1 (creation time) and Giveme5W1H (date of the page) are read from the gold
folder; they are not part of the project. Own: the dated articles of data/samples and the
excerpts of benchmarks/gold/events. An answer is right if it equals the true date cut to its
precision. Only title and text are given; the day of loading is fixed so that the figures do
not depend on the day of the run.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold_folder import ABSENT, gold_set
from events.model import Article, Published
from loaders.readers import read_path
from loaders.text.publication import infer_publication
from loaders.text.read import read_document

TODAY = dt.date(2026, 11, 23)
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
EXCERPTS = Path(__file__).resolve().parent / "gold" / "events"
_METHOD = (
    "Each article's date is hidden and inferred from its title and text alone. An answer is\n"
    "right when it equals the true date cut to the precision it claims; it is given from a\n"
    "confidence of 0.8 on. How far clues are toned down was chosen on these sets, so figures\n"
    "outside will be somewhat lower. Most short local news holds no clue to its year."
)
_CUTS = {"day": 10, "month": 7, "year": 4}
_BINS = ((0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 1.01))
_CREATED = re.compile(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)"', re.DOTALL)
_BODY = re.compile(r"<TEXT>(.*)</TEXT>", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """One dated article: its set, its true day, and the inferred date."""

    name: str
    collection: str
    true: dt.date
    found: Published

    def right_to(self, precision: str) -> bool:
        """Whether the answer has at least this precision and is right when cut to it."""
        claimed = self.found.precision
        if claimed is None or _CUTS[claimed] < _CUTS[precision]:
            return False
        cut = _CUTS[precision]
        return str(self.found.date)[:cut] == self.true.isoformat()[:cut]

    @property
    def right(self) -> bool:
        return self.found.precision is not None and self.right_to(self.found.precision)


# -- dated articles ----------------------------------------------------------------------------


def timebank(folder: Path) -> Iterator[tuple[str, Article, dt.date]]:
    """FR-TimeBank documents: (name, article without its date, creation day)."""
    for path in sorted(folder.glob("*.tml")):
        raw = path.read_text(encoding="utf-8")
        created, body = _CREATED.search(raw), _BODY.search(raw)
        if created and body:
            text = html.unescape(re.sub(r"<[^>]+>", "", body[1])).strip()
            yield path.stem, Article(1, "", text, "fr"), dt.date.fromisoformat(created[1])


def five_w(folder: Path) -> Iterator[tuple[str, Article, dt.date]]:
    """Giveme5W1H documents that carry a date of publication."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        day = str(record.get("date_publish") or "")[:10]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            article = Article(1, record.get("title") or "", record["text"], "en")
            yield path.stem[:12], article, dt.date.fromisoformat(day)


def samples() -> Iterator[tuple[str, Article, dt.date]]:
    """The dated articles of data/samples."""
    for article in read_path(SAMPLES):
        if isinstance(article, Article) and article.published.date:
            hidden = Article(1, article.title, article.text, article.lang)
            yield article.title[:40], hidden, article.published.date


def excerpts() -> Iterator[tuple[str, Article, dt.date]]:
    """The dated excerpts of benchmarks/gold/events: a title and two or three sentences each."""
    for path in sorted(EXCERPTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("published") and record.get("title"):
                article = Article(1, record.get("title") or "", record["text"], record["lang"])
                yield record["id"], article, dt.date.fromisoformat(record["published"])


# collection -> its folder in the gold folder, and what reads it
PUBLIC = {
    "FR-TimeBank half (1999-2003)": ("fr-timebank", timebank),
    "Giveme5W1H half (2016)": ("giveme5w1h", five_w),
}


def answers(gold: Path | None = None) -> list[Answer]:
    """Every dated article with its inferred date; `gold`: the folder of the public sets."""
    sets = [("samples (own)", samples()), ("event excerpts (own)", excerpts())]
    for collection, (name, read) in PUBLIC.items():
        folder = gold_set(gold, name)
        sets += [(collection, read(folder))] if folder else []
    return [
        Answer(name, collection, true, _infer(article))
        for collection, articles in sets
        for name, article, true in articles
    ]


def _infer(article: Article) -> Published:
    return infer_publication(read_document(article, named=False), TODAY)


# -- tables ------------------------------------------------------------------------------------


def section(gold: Path | None = None) -> str:
    """The section of docs/accuracy.md; `gold` is the folder of the public sets."""
    found = answers(gold)
    lines = ["## Publication dates that nobody wrote down", "", _METHOD, ""]
    lines += ["### By collection", "", *_by_collection(found)]
    absent = [collection for collection, (name, _) in PUBLIC.items() if not gold_set(gold, name)]
    lines += ["", *(f"{collection}: {ABSENT}." for collection in absent)] if absent else []
    lines += ["", "### Confidence against truth", "", *_calibration(found)]
    return "\n".join([*lines, "", "### Answers that are wrong", "", *_wrong(found)])


def _by_collection(found: list[Answer]) -> list[str]:
    rows = [
        "| collection | articles | unknown | answered | right | right to the day | to the month "
        "| to the year |",
        "|---|---|---|---|---|---|---|---|",
    ]
    groups = list(dict.fromkeys(a.collection for a in found))
    for name in groups:
        rows.append(_row(name, [a for a in found if a.collection == name]))
    return [*rows, _row("all", found)] if len(groups) > 1 else rows


def _row(name: str, group: list[Answer]) -> str:
    given = [a for a in group if a.found.date]
    cells = [len(group), _share(len(group) - len(given), len(group)), len(given)]
    cells += [_share(sum(a.right for a in given), len(given))]
    cells += [str(sum(a.right_to(p) for a in given)) for p in ("day", "month", "year")]
    return f"| {name} | " + " | ".join(map(str, cells)) + " |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "-"


def _calibration(found: list[Answer]) -> Iterable[str]:
    yield "| confidence | answers | right to the stated precision |"
    yield "|---|---|---|"
    for low, high in (*_BINS, (0.8, 1.01)):
        group = [a for a in found if a.found.date and low <= a.found.confidence < high]
        name = f"{low:.2f} and more" if high > 1 else f"{low:.2f} to {high:.2f}"
        yield f"| {name} | {len(group)} | {_share(sum(a.right for a in group), len(group))} |"


def _wrong(found: list[Answer]) -> list[str]:
    rows = [
        f"- {a.collection}, {a.name}: {a.found.date} ({a.found.precision}, "
        f"{a.found.confidence:.2f}), true {a.true}"
        for a in found
        if a.found.date and not a.right
    ]
    return rows or ["none"]
