"""Browser tests are one unit and come first; every other file is a unit of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.units import BROWSER, pytest_collection_modifyitems, unit_of


def test_browser_tests_are_one_unit_and_come_first() -> None:
    ids = ["tests/a/test_x.py::T::test_1[a::b]", "tests/browser/test_y.py::test_2", "tests/z.py::t"]
    items: Any = [SimpleNamespace(nodeid=nodeid) for nodeid in ids]
    pytest_collection_modifyitems(items)
    units = [unit_of(item.nodeid) for item in items]
    assert units == [BROWSER, "tests/a/test_x.py", "tests/z.py"]


def test_a_run_of_several_workers_takes_units(pytestconfig: Any) -> None:
    """Of the browser's files none is a unit of its own."""
    known = {str(path) for path in (pytestconfig.rootpath / BROWSER).glob("test_*.py")}
    assert len(known) > 5
    files = (path.removeprefix(f"{pytestconfig.rootpath}/") for path in known)
    assert {unit_of(f"{file}::test") for file in files} == {BROWSER}
