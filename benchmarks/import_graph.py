"""Import graph of our modules, including imports in functions and for type checkers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parents[1]


def packages(root: Path = ROOT) -> list[str]:
    """The packages at the top of the project, without the tests."""
    return sorted({path.parent.name for path in root.glob("*/__init__.py")} - {"tests"})


def sources(root: Path = ROOT) -> list[Path]:
    """Every module outside the tests: those at the top, and those of each package."""
    found = sorted(root.glob("*.py"))
    return found + [path for name in packages(root) for path in sorted((root / name).rglob("*.py"))]


def module_name(path: Path, root: Path = ROOT) -> str:
    """The dotted name under which a file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, root: Path = ROOT) -> set[str]:
    """Full names of all imports of a file, at any level.

    `from a.b import c` gives `a.b` and `a.b.c`, since `c` may be a module.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(_imported_from(node, path.relative_to(root).parent.parts))
    return found


def _imported_from(node: ast.ImportFrom, package: tuple[str, ...]) -> Iterator[str]:
    above = package[: len(package) - node.level + 1] if node.level else ()
    base = ".".join([*above, *([node.module] if node.module else [])])
    yield base
    yield from (f"{base}.{alias.name}" for alias in node.names)


def circles(root: Path = ROOT) -> list[list[str]]:
    """Groups of modules that import each other, directly or through others of the group."""
    modules = {module_name(path, root): path for path in sources(root)}
    graph = nx.DiGraph(
        (name, found)
        for name, path in modules.items()
        for found in imports(path, root) & modules.keys() - {name}
    )
    return sorted(
        sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1
    )
