"""Goals of code structure: is every test run, and does the code keep its limits of size.

"Product" is all of our code outside tests/ and benchmarks/. Lines are lines of the file.
"""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.import_graph import ROOT, circles, sources
from benchmarks.performance_page import PAGE as PERFORMANCE
from benchmarks.performance_page import recorded
from events.ontology import EVENT_TYPES

LONG_FILE = 400
LONG_FUNCTION = 55
Function = ast.FunctionDef | ast.AsyncFunctionDef


# -- tests -------------------------------------------------------------------------------------


@functools.cache
def collected_test_files() -> frozenset[Path]:
    """The files in which a full run of pytest finds tests."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--no-header"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"pytest could not collect the tests: {done.stdout[-800:]}{done.stderr}")
    found = re.findall(r"^(tests/\S+\.py): [1-9]\d*$", done.stdout, re.MULTILINE)
    return frozenset(ROOT / name for name in found)


def uncollected_test_files() -> list[str]:
    """Test files on disk that pytest does not collect."""
    on_disk = set((ROOT / "tests").rglob("test_*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in on_disk - collected_test_files())


def minutes_of_make_test() -> float:
    """Minutes that a whole `make test` took, as recorded in docs/performance.md."""
    return recorded("## Tests", "minutes", PERFORMANCE)


# -- shape of the code -------------------------------------------------------------------------


def import_circles(root: Path = ROOT) -> list[str]:
    """Groups of modules that import each other, imports in functions included."""
    return [" <-> ".join(group) for group in circles(root)]


def product_lines(root: Path = ROOT) -> int:
    """Lines of product code, blank lines and comments included."""
    return sum(lines for _, lines in _lengths(root))


def long_files(root: Path = ROOT) -> list[str]:
    """Product files of more than LONG_FILE lines."""
    return [f"{name} ({lines})" for name, lines in _lengths(root) if lines > LONG_FILE]


def long_functions(root: Path = ROOT) -> list[str]:
    """Functions of the product of more than LONG_FUNCTION lines."""
    lengths = [
        (f"{name}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for name, node in _nodes(root)
        if isinstance(node, Function)
    ]
    return [f"{name} ({lines})" for name, lines in lengths if lines > LONG_FUNCTION]


def most_parameters(root: Path = ROOT) -> int:
    """Parameters of the function of the product that takes the most, without self and cls."""
    return max(_parameters(node.args) for _, node in _nodes(root) if isinstance(node, Function))


def literal_event_types(root: Path = ROOT) -> list[str]:
    """Places outside events/ where code names an event type instead of asking for a property."""
    return [
        f"{name}:{node.lineno} {node.value}"
        for name, node in _nodes(root)
        if isinstance(node, ast.Constant) and node.value in EVENT_TYPES
        if not name.startswith("events/")
    ]


def _product(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every Python file of the product."""
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith("benchmarks/"):
            yield name, path.read_text(encoding="utf-8")


def _lengths(root: Path) -> list[tuple[str, int]]:
    return [(name, len(text.splitlines())) for name, text in _product(root)]


def _nodes(root: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every syntax tree node of the product, with the name of its file."""
    for name, text in _product(root):
        yield from ((name, node) for node in ast.walk(ast.parse(text, name)))


def _parameters(given: ast.arguments) -> int:
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    own = [each for each in named if each.arg not in ("self", "cls")]
    return len(own) + bool(given.vararg) + bool(given.kwarg)
