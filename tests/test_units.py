"""Browser tests are one unit and come first; every other file is a unit of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from xdist import newhooks
from xdist.scheduler import LoadFileScheduling

from tests import units
from tests.units import BROWSER, pytest_collection_modifyitems, unit_of


def test_browser_tests_are_one_unit_and_come_first() -> None:
    ids = ["tests/a/test_x.py::T::test_1[a::b]", "tests/browser/test_y.py::test_2", "tests/z.py::t"]
    items: Any = [SimpleNamespace(nodeid=nodeid) for nodeid in ids]
    pytest_collection_modifyitems(items)
    found = [unit_of(item.nodeid) for item in items]
    assert found == [BROWSER, "tests/a/test_x.py", "tests/z.py"]


@pytest.mark.parametrize(("dist", "is_ours"), [("loadfile", True), ("load", False)])
def test_a_run_of_several_workers_takes_units(dist: str, is_ours: bool) -> None:
    """The hook and the method are still those that xdist asks."""
    told = {"dist": dist, "tx": ["2*popen"], "maxfail": 0}
    config: Any = SimpleNamespace(getoption=told.get, getvalue=told.get)
    made = units.pytest_xdist_make_scheduler(config, None)
    assert isinstance(made, units.Units) == is_ours
    assert hasattr(newhooks, "pytest_xdist_make_scheduler")
    assert hasattr(LoadFileScheduling, "_split_scope")
    assert made is None or made._split_scope(f"{BROWSER}test_y.py::test_2") == BROWSER
