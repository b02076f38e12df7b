"""Figures of the goals of intake: files read right, tables of events whole, sources that behave."""

from __future__ import annotations

import ast
import functools

from benchmarks.formats.samples import Counted, formats
from benchmarks.goals_faults import failed_tests
from benchmarks.performance_page import recorded
from benchmarks.served import ROOT
from events.coders import CODED_DIR
from events.ontology import EVENT_TYPES
from loaders.readers.coded.layout import kinds_of

SERVERS = ROOT / "tests" / "loaders" / "sources" / "test_web.py"
ACLED_TYPES, ACLED_SUB_TYPES, UCDP_TYPES, CAMEO_ROOTS = 6, 25, 3, 20


# -- files -------------------------------------------------------------------------------------


@functools.cache
def _formats() -> list[Counted]:
    return formats()


def percent_right() -> float:
    """Of the values expected of the sample files (title, date, outlet, language, text), those
    right."""
    rows = _formats()
    return 100 * sum(sum(row.right.values()) for row in rows) / sum(row.values for row in rows)


def dropped() -> list[str]:
    """Formats in which something expected was neither read nor set aside, or told too much."""
    return [row.name for row in _formats() if row.dropped or row.surplus]


def sample_files() -> int:
    """Sample files of all formats."""
    return sum(row.files for row in _formats())


def other_producers_misread() -> list[str]:
    """Files of other programs, wrong or ugly, that are not read or do not say what they lost."""
    return failed_tests("tests/loaders/readers/test_other_producers.py")


# -- tables of events --------------------------------------------------------------------------


def types_without_row() -> list[str]:
    """Types of the coders that no table of correspondences has."""
    cameo = set(kinds_of(CODED_DIR / "cameo_types.csv"))
    polecat = {name.upper() for name in kinds_of(CODED_DIR / "polecat_types.csv")}
    missing = [f"CAMEO {n:02}" for n in range(1, CAMEO_ROOTS + 1) if f"{n:02}" not in cameo]
    missing += [f"POLECAT {name}" for name in EVENT_TYPES if name not in polecat]
    counted = {"acled": ACLED_TYPES + ACLED_SUB_TYPES, "ucdp": UCDP_TYPES}
    for coder, wanted in counted.items():
        lacking = wanted - len(kinds_of(CODED_DIR / f"{coder}_types.csv"))
        missing += [f"{coder}: {lacking} types"] if lacking > 0 else []
    return missing


def minutes_of_large_table() -> float:
    """Minutes of work for 386,000 rows of UCDP's layout, as recorded in docs/performance.md."""
    return recorded("## Tables of events", "seconds of work") / 60


def gigabytes_of_large_table() -> float:
    """The most memory that they took, in GB, as recorded there."""
    return recorded("## Tables of events", "GB at most")


# -- sources -----------------------------------------------------------------------------------


def kinds_of_misbehaviour() -> int:
    """Ways in which the server of the tests misbehaves."""
    tree = ast.parse(SERVERS.read_text(encoding="utf-8"))
    tables = [n for n in tree.body if isinstance(n, ast.AnnAssign)]
    named = next(n for n in tables if getattr(n.target, "id", "") == "MISBEHAVIOUR")
    assert isinstance(named.value, ast.Dict)
    return len(named.value.keys)


def not_fetched_safely() -> list[str]:
    """Misbehaving servers that are not said in time, addresses that are asked and must not be."""
    return failed_tests(str(SERVERS))


def strangers_contacted() -> list[str]:
    """The test that watches every connection of a process, where it fails."""
    return failed_tests("tests/loaders/sources/test_watch.py", "-k", "nobody_is_contacted")
