"""The import table of the design, held: which folder may import which, and no cycles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# folder -> the folders of ours that it may import from, beside itself
ALLOWED: dict[str, frozenset[str]] = {
    "events": frozenset(),
    "loaders": frozenset({"events"}),
    "charts": frozenset({"events"}),
    "exports": frozenset({"events", "charts"}),
    "pages": frozenset({"events", "charts", "exports", "loaders"}),
    "dashboard": frozenset({"events", "charts", "exports", "loaders", "pages"}),
    "benchmarks": frozenset({"events", "loaders", "charts", "exports", "pages"}),
}
# what the making side and the showing side need nothing of
FORBIDDEN: dict[str, frozenset[str]] = {
    "events": frozenset({"streamlit", "plotly", "pydeck", "spacy"}),
    "loaders": frozenset({"streamlit", "plotly", "pydeck"}),
    "charts": frozenset({"streamlit", "spacy", "deltalake", "duckdb", "ibis"}),
    "exports": frozenset({"streamlit", "spacy", "deltalake", "duckdb", "ibis"}),
    "pages": frozenset({"spacy", "deltalake", "duckdb", "ibis"}),
}
# pages that load articles, and so may import the making side
LOADING = {"pages/articles_parts/loading.py", "pages/articles.py"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}


def sources() -> list[Path]:
    """Every module of ours outside the tests."""
    found = [ROOT / "dashboard.py"]
    for folder in ALLOWED:
        found += sorted((ROOT / folder).rglob("*.py"))
    return [path for path in found if path.exists()]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, lazy: bool = True) -> Iterator[str]:
    """Full names of the modules a file imports; `lazy=False` leaves out those in functions and
    those for type checkers only.
    """
    tree = ast.parse(path.read_text("utf-8"), str(path))
    later = (
        set() if lazy else {id(n) for top in ast.walk(tree) if _is_late(top) for n in ast.walk(top)}
    )
    for node in ast.walk(tree):
        if id(node) in later:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, path)


def _is_late(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _from(node: ast.ImportFrom, path: Path) -> Iterator[str]:
    base = node.module or ""
    if node.level:
        package = path.relative_to(ROOT).parent.parts
        inner = package[: len(package) - node.level + 1]
        base = ".".join([*inner, *([node.module] if node.module else [])])
    yield base
    # "from loaders.find import places" imports a module too
    yield from (f"{base}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_folder_may(path: Path) -> None:
    folder = module_name(path).split(".")[0]
    tops = {name.split(".")[0] for name in imports(path)}
    ours = tops & set(ALLOWED) - {folder}
    assert ours <= ALLOWED[folder], f"{path}: {folder} may not import {ours - ALLOWED[folder]}"
    outside = tops & FORBIDDEN.get(folder, frozenset())
    assert not outside, f"{path}: {folder} may not import {outside}"
    assert "tests" not in tops


def test_pages_load_articles_in_few_places() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in sources()
        if module_name(path).startswith("pages")
        and any(name.split(".")[0] == "loaders" for name in imports(path))
    }
    assert found <= LOADING


def test_no_cycles() -> None:
    modules = {module_name(path): path for path in sources()}
    graph = {
        name: {found for found in imports(path, lazy=False) if found in modules and found != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for found in sorted(graph[name]):
                walk(found, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())


def test_the_table_is_the_designs() -> None:
    """Each folder of the table exists, and each package at the top stands in the table."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests"} <= set(ALLOWED)


def test_no_empty_names() -> None:
    names: dict[str, Path] = {}
    for path in sources():
        names |= dict.fromkeys(module_name(path).split("."), path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names[node.name] = path
    taken = {name: path for name, path in names.items() if name.lower().strip("_") in EMPTY_NAMES}
    assert not taken


def test_no_module_hides_one_of_the_standard_library() -> None:
    tops = {path.stem for path in ROOT.glob("*.py")} | {
        p.parent.name for p in ROOT.glob("*/__init__.py")
    }
    assert not tops & sys.stdlib_module_names
    folders = [path for path in sources() if path.stem in sys.stdlib_module_names]
    assert not folders, f"named as modules of the standard library: {folders}"
