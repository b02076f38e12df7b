"""`python -m benchmarks.formats [FORMAT...]`: what is read right from the sample files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from benchmarks.formats.rows import ROW_FIELDS
from benchmarks.formats.samples import FIELDS, SAMPLES, Counted, counted, formats

LEAST = 0.97  # share of values that must be right


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row a format and what is wrong; 1 where too little is right or anything dropped."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__)
    parser.add_argument("formats", nargs="*", help="folders of benchmarks/formats; all by default")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.formats if not (SAMPLES / name).is_dir()]
    if unknown:
        parser.error(f"no folder of samples: {', '.join(unknown)}")
    rows = [counted(SAMPLES / name) for name in asked.formats] if asked.formats else formats()
    print("\n".join(table(rows)))
    for wrong in (each for row in rows for each in row.wrong):
        print(f"wrong: {wrong}")
    right = sum(sum(row.right.values()) for row in rows)
    dropped = sum(row.dropped + row.surplus for row in rows)
    return int(dropped > 0 or right < LEAST * sum(row.values for row in rows))


def table(rows: Sequence[Counted]) -> Iterator[str]:
    """The table in Markdown, with its sums."""
    yield f"| format | files | articles | {' | '.join(FIELDS)} | set aside | dropped |"
    yield "|---|" + "--:|" * (len(FIELDS) + 4)
    yield from (_line(row) for row in rows if not row.rows)
    yield ""
    yield f"| table of events | files | rows | {' | '.join(ROW_FIELDS)} | dropped |"
    yield "|---|" + "--:|" * (len(ROW_FIELDS) + 3)
    yield from (_line_of_rows(row) for row in rows if row.rows)
    values, right = sum(row.values for row in rows), sum(sum(r.right.values()) for r in rows)
    files = sum(row.files for row in rows)
    yield ""
    yield f"{right} of {values} values right ({right / max(1, values):.1%}) in {files} files"


def _line_of_rows(row: Counted) -> str:
    shares = " | ".join(f"{row.right[each]}/{row.rows}" for each in ROW_FIELDS)
    return f"| {row.name} | {row.files} | {row.rows} | {shares} | {row.dropped} |"


def _line(row: Counted) -> str:
    shares = " | ".join(f"{row.right[each]}/{row.articles}" for each in FIELDS)
    return f"| {row.name} | {row.files} | {row.articles} | {shares} | {row.aside} | {row.dropped} |"


if __name__ == "__main__":
    sys.exit(main())
