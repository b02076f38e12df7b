"""Whether work grows with the length of a text alone: processor seconds at n, 2n and 4n characters.

    python -m benchmarks.growth [--most 300000] [--reader on|off|both] [--kept FILE] [--minutes N]
                                [PATTERN ...]

The patterns stand in benchmarks/growth.toml. A pattern is linear if four times the length costs at
most LINEAR times the seconds, or less than SHORT. What a file or an article is set aside for counts
as read: that is the limit of its work. With `--kept` each row is added to a file when it is
measured, and what stands there of the same reader and length is not measured again: a run that was
cut, or that `--minutes` ended, is gone on with.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from events.model import Article, Published
from loaders.pipeline import extract
from loaders.reader_version import READER_VERSION
from loaders.readers.fields import make_article
from loaders.readers.source_file import UnreadableError
from loaders.readers.web_page import article_of_page

PATTERNS = Path(__file__).with_name("growth.toml")
MOST = 300_000  # characters
LINEAR = 6.0  # times the seconds of a quarter: four, and what a busy machine adds
SHORT = 2.0  # seconds: below, start-up and noise weigh more than length
TODAY = dt.date(2024, 12, 1)
PUBLISHED = Published(dt.date(2024, 11, 26), "given", "day", 1.0, ("given",))


@dataclass(frozen=True)
class Pattern:
    """Text that is repeated: `unit` in `frame`, which is "{}" for plain text. "#" in the unit is
    the number of the repetition."""

    unit: str
    frame: str = "{}"

    def __str__(self) -> str:
        told = self.unit if self.frame == "{}" else self.frame.replace("{}", f"{{{self.unit}}}")
        return ascii(told)[1:-1]

    def text(self, length: int) -> str:
        """The pattern, of that many characters at least."""
        times = range(length // len(self.unit) + 1)
        body = "".join(self.unit.replace("#", str(n)) for n in times)[:length]
        return self.frame.replace("{}", body)


def read_patterns(path: Path = PATTERNS) -> list[Pattern]:
    """The patterns of the file, in order."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["patterns"]
    return [
        Pattern(fill, text) if row["form"] == "page" else Pattern(text)
        for row in rows
        for text in row["texts"]
        for fill in row.get("fills", [""])
    ]


def seconds(pattern: Pattern, length: int) -> float:
    """Processor seconds of this process, all threads, that reading takes, from the file's text to
    the events: what others do on the machine counts little."""
    text = pattern.text(length)
    begun = time.process_time()
    with suppress(UnreadableError):  # set aside: that is a limit of its work
        extract(_article(pattern, text), TODAY)
    return time.process_time() - begun


def _article(pattern: Pattern, text: str) -> Article:
    if pattern.frame != "{}":
        return article_of_page(f"<html><body><article>{text}</article></body></html>")
    return make_article(f"News: {text}", title="Russia strikes", published=PUBLISHED)


def is_linear(quarter: float, whole: float) -> bool:
    """Whether a text costs no more than its share beside one a quarter as long."""
    return whole < SHORT or whole <= LINEAR * quarter


@dataclass(frozen=True)
class Row:
    """The seconds of a pattern at a quarter, a half and the whole of `most` characters; reader:
    "on" or "off", version: that of the reader."""

    pattern: str
    reader: str
    most: int
    version: str
    seconds: tuple[float, ...]

    @property
    def linear(self) -> bool:
        return is_linear(self.seconds[0], self.seconds[-1])

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What is not measured twice."""
        return self.pattern, self.reader, self.most, self.version

    def __str__(self) -> str:
        told = "  ".join(f"{each:7.2f}" for each in self.seconds)
        return f"{'' if self.linear else 'NOT LINEAR '}{told}  reader {self.reader}  {self.pattern}"


def not_linear(most: int = MOST) -> list[str]:
    """The patterns that grow faster than their length, with both readers."""
    return [str(row) for row in measured(read_patterns(), most, ("off", "on")) if not row.linear]


def measured(
    patterns: Sequence[Pattern],
    most: int,
    readers: Sequence[str],
    kept: Sequence[Row] = (),
    until: float = float("inf"),
) -> Iterator[Row]:
    """A row for each pattern and reader, taken from those `kept` where it stands there. Ends
    before a row that would begin later than `until` (time.monotonic)."""
    known = {row.key: row for row in kept}
    for reader in readers:
        os.environ["FRISE_LOADING_READER"] = str(int(reader == "on"))
        for language in ("Russia struck Kyiv on Monday. ", "La Russie a frappé Kiev lundi. "):
            seconds(Pattern(language), 200)  # models are loaded here
        for pattern in patterns:
            found = known.get((str(pattern), reader, most, READER_VERSION))
            if found is None and time.monotonic() > until:
                return
            yield found or _measured(pattern, most, reader)


def _measured(pattern: Pattern, most: int, reader: str) -> Row:
    row = tuple(round(seconds(pattern, most // part), 3) for part in (4, 2, 1))
    return Row(str(pattern), reader, most, READER_VERSION, row)


def read_rows(path: Path | None) -> list[Row]:
    """The rows of an earlier run, one a line of JSON; a last line that was cut is none."""
    if path is None or not path.exists():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):
            told = json.loads(line)
            rows.append(Row(**(told | {"seconds": tuple(told["seconds"])})))
    return rows


def _keep(row: Row, path: Path) -> None:
    """Add a row to a file, whose last line may have been cut."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{json.dumps(asdict(row))}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line a pattern; 1 where one is not linear or not all were measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("patterns", nargs="*", help="the words of patterns; all by default")
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--reader", choices=("on", "off", "both"), default="both")
    parser.add_argument("--kept", type=Path, help="a file of rows: written, and gone on with")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    asked = parser.parse_args(arguments)
    wanted = [p for p in read_patterns() if not asked.patterns or str(p) in asked.patterns]
    readers = ("off", "on") if asked.reader == "both" else (asked.reader,)
    print(f"processor seconds at {asked.most // 4}, {asked.most // 2} and {asked.most} characters")
    kept, until = read_rows(asked.kept), time.monotonic() + 60 * asked.minutes
    rows = []
    for row in measured(wanted, asked.most, readers, kept, until):
        print(row, flush=True)
        rows.append(row)
        if asked.kept is not None and row not in kept:
            _keep(row, asked.kept)
    held, asked_for = sum(row.linear for row in rows), len(wanted) * len(readers)
    print(f"{held} of {len(rows)} linear; {asked_for - len(rows)} not measured")
    return int(held < asked_for)


if __name__ == "__main__":
    sys.exit(main())
