"""Goals are read from rows, measured by functions, and the command tells which are missed."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import pytest

from benchmarks import goals_house
from benchmarks.goals import Goal, main, measure, read_goals

ROW = '[[{group}]]\nid = "{id}"\nwords = "w"\nfigure = "{figure}"\ngoal = "{goal}"\ncommand = "c"\n'


def _file(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "goals.toml"
    fields = ("group", "id", "figure", "goal")
    text = "\n".join(ROW.format(**dict(zip(fields, row, strict=True))) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_tells_which_goals_are_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(
        tmp_path,
        ("held", "recursion", "sys.getrecursionlimit", ">= 1"),
        ("missed", "argv", "sys.getallocatedblocks", "< 0"),
        ("absent", "none", "benchmarks.goals_house.no_such_figure", "== 0"),
    )
    assert main(["held"], path) == 0
    assert "held   recursion: " in capsys.readouterr().out
    assert main(["missed"], path) == 1
    assert "MISSED argv: " in capsys.readouterr().out
    assert main([], path) == 1
    told = capsys.readouterr().out
    assert "MISSED none: not measured (== 0)" in told
    assert "no_such_figure" in told
    assert "held   recursion" in told


@pytest.mark.parametrize(
    ("goal", "number", "held"),
    [("== 0", 0, True), ("<= 8", 8, True), ("< 8", 8, False), (">= 0.5", 0.4, False)],
)
def test_comparisons(goal: str, number: float, held: bool) -> None:
    assert Goal("a", "w", "f", goal, "c").held_by(number) is held


@pytest.mark.parametrize("goal", ["about 3", "0", "<= many"])
def test_a_goal_that_cannot_be_read_is_missed(goal: str) -> None:
    measured = measure(Goal("a", "w", "sys.getrecursionlimit", goal, "c"))
    assert not measured.held
    assert measured.number is None
    assert "ValueError" in measured.found[0]


def test_a_list_counts_and_its_first_entries_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [f"entry {n}" for n in range(12)]
    monkeypatch.setattr(goals_house, "import_circles", lambda: entries)
    measured = measure(Goal("a", "w", "benchmarks.goals_house.import_circles", "== 0", "c"))
    assert measured.number == 12
    told = str(measured)
    assert "entry 9" in told
    assert "entry 10" not in told
    assert "... and 2 more" in told


@pytest.mark.parametrize("change", [("goal = ", "gaol = "), ('id = "b"', 'id = "a"')])
def test_a_row_that_is_no_goal_is_told(tmp_path: Path, change: tuple[str, str]) -> None:
    path = _file(tmp_path, ("g", "a", "f", "== 0"), ("g", "b", "f", "== 0"))
    path.write_text(path.read_text("utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match="group g"):
        read_goals(path)


def test_every_goal_of_the_project_can_be_read_and_its_function_is_there() -> None:
    for group, rows in read_goals().items():
        module = f"benchmarks.goals_{group}"
        for row in rows:
            assert row.figure.startswith(f"{module}.")
            assert callable(pkgutil.resolve_name(row.figure))
            assert row.held_by(0) in (True, False)


LONG = "def long(a, b, *, c, **d):\n" + "    a\n" * goals_house.LONG_FILE
SHORT = 'class C:\n    def short(self, a):\n        "AID"\n        return "AID"\n'


def test_shape_of_the_product(tmp_path: Path) -> None:
    for folder in ("charts", "events", "benchmarks", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text(SHORT, encoding="utf-8")
    (tmp_path / "charts" / "map.py").write_text(f"from charts import bar\n{LONG}", "utf-8")
    (tmp_path / "charts" / "bar.py").write_text("def f():\n    import charts.map\n", "utf-8")
    assert goals_house.product_lines(tmp_path) == 2 * 4 + 2 + 402
    assert goals_house.long_files(tmp_path) == ["charts/map.py (402)"]
    assert goals_house.long_functions(tmp_path) == ["charts/map.py:2 long (401)"]
    assert goals_house.most_parameters(tmp_path) == 4
    assert goals_house.import_circles(tmp_path) == ["charts.bar <-> charts.map"]
    places = ["charts/__init__.py:3 AID", "charts/__init__.py:4 AID"]
    assert sorted(goals_house.literal_event_types(tmp_path)) == places


def test_minutes_are_read_from_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    monkeypatch.setattr(goals_house, "PERFORMANCE", page)
    page.write_text("## Tests\n\n| minutes | |\n", "utf-8")
    with pytest.raises(ValueError, match="section Tests"):
        goals_house.minutes_of_make_test()
    page.write_text("## Tests\n\n| minutes | 7.5 |\n", "utf-8")
    assert goals_house.minutes_of_make_test() == 7.5
