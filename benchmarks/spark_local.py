"""Spark on this machine against the bare function: `python -m benchmarks.spark_local`.

Twenty articles and a line that is none: the rows must be equal, and a commit of them, repeated,
must change nothing. Needs requirements-spark.txt and Java 17; says so where they are missing.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.kill_store import write_articles
from benchmarks.store_rows import rows_of
from events.query import Query
from events.store import Store
from events.tables import FACTS
from loaders.commit import commit
from loaders.load import load_paths

MASTER = (
    "--master local[2] --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 "
    "--conf spark.driver.bindAddress=127.0.0.1 pyspark-shell"
)
COUNT = 20


def main() -> int:
    """Run it; 1 where anything differs."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        print("not run: Spark needs requirements-spark.txt and Java 17 (docs/scale.md)")
        return 0
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", MASTER)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        wrong = differences(Path(folder))
    print(f"Spark: {COUNT} articles,", "; ".join(wrong) or "equal rows, committed once")
    return int(bool(wrong))


def differences(folder: Path) -> list[str]:
    """What is not as the bare function and one commit make it."""
    from loaders import spark  # pyspark is not installed everywhere

    write_articles(folder / "articles", COUNT)
    (folder / "articles" / "broken.jsonl").write_text(json.dumps({"title": "no text"}) + "\n")
    spark.main([str(folder / "articles"), str(folder / "night")])
    store, plain = Store(folder / "store"), Store(folder / "plain")
    report = commit(folder / "night", store)
    load_paths([folder / "articles"], plain, dt.date.today())
    version = Query(store.location).version()
    again = commit(folder / "night", store)
    checks = {
        f"{len(report.kept)} kept": len(report.kept) == COUNT,
        f"{len(report.set_aside)} set aside": len(report.set_aside) == 1,
        "a second commit stored something": not again.kept
        and Query(store.location).version() == version,
        **{f"rows of {name} differ": _same(store, plain, name) for name in FACTS},
    }
    return [what for what, holds in checks.items() if not holds]


def _same(store: Store, plain: Store, name: str) -> bool:
    told = (
        row.replace("'reader': 'spark'", "'reader': 'json_lines'") for row in rows_of(store, name)
    )
    return sorted(map(_without_digest, told)) == sorted(map(_without_digest, rows_of(plain, name)))


def _without_digest(row: str) -> str:
    """Spark has no line of a file to take the hash of."""
    return row.partition("'sha256'")[0] + row.partition("'reader'")[2]


if __name__ == "__main__":
    sys.exit(main())
