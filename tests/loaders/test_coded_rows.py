"""Rows of event tables in the store: apart from reports, and replaced by a newer export."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from events.coders import ANYBODY, CODED_BY_OTHERS, KEPT_BACK
from events.filters import Filters
from events.listed_columns import ListedColumns
from events.query import Query
from events.store import Store
from events.withdrawal import withdraw
from exports import EXPORTERS
from exports.selection import select
from loaders.coded_rows import TableReport
from loaders.load import load_paths

CASES = Path(__file__).parents[1] / "cases" / "coded"
TODAY = dt.date(2025, 12, 31)
ALL = Filters(coders=(ANYBODY,))
REPORTS = {
    "meeting.md": "---\ntitle: Rencontre\nlang: fr\npublished: 2024-11-22\nsource: Autre\n---\n"
    "Mardi, le ministre Lavrov a rencontré son homologue turc à Ankara.\n",
    "strike.md": "---\ntitle: Nouvelles\nlang: fr\npublished: 2024-11-22\nsource: Essai\n---\n"
    "Jeudi, la Russie a frappé la ville de Dnipro avec un missile.\n",
}

pytestmark = pytest.mark.usefixtures("no_models")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one article and the rows of the ACLED sample: to be copied."""
    folder = tmp_path_factory.mktemp("made")
    article = folder / "article.md"
    article.write_text(
        "---\ntitle: Nouvelles\nlang: fr\npublished: 2024-11-22\nsource: Essai\n---\n"
        "Jeudi, la Russie a frappé la ville de Dnipro avec un missile.\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRISE_NO_MODELS", "1")
        load_paths([article, CASES / "acled.csv"], Store(folder / "store"), TODAY)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    """The same, to be written to."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Store(tmp_path / "store")


def events(store: Store, filters: Filters = ALL) -> pd.DataFrame:
    return Query(store.location).events(filters)


def load(store: Store, folder: Path, lines: list[str], name: str = "acled.csv") -> TableReport:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(lines), "utf-8")
    (report,) = load_paths([folder / name], store, TODAY).tables
    return report


@pytest.fixture
def lines() -> list[str]:
    return (CASES / "acled.csv").read_text("utf-8").splitlines()


def test_counts_of_reports_are_without_coded_rows(store: Store) -> None:
    query = Query(store.location)
    read, whole = query.account(Filters()), query.account(ALL)
    assert (read.shown, whole.shown, read.loaded, whole.loaded) == (1, 4, 4, 4)
    assert dict(read.hidden) == {CODED_BY_OTHERS: 3}
    assert read.articles == 1
    assert list(query.articles(Filters())["title"]) == ["Nouvelles"]
    assert len(query.articles(ALL)) == 4
    coded = query.events(Filters(coders=("ACLED",)))
    assert set(coded["coder"]) == {"ACLED"}
    assert list(query.events(Filters(coders=("read",)))["coder"]) == [""]
    assert list(coded["type"]) == ["ASSAULT", "", "ASSAULT"]
    stories = query.stories(ALL)
    # the row of Dnipro has joined the report of the strike, and is not counted as one
    assert stories["reports"].tolist() == stories["outlets"].tolist() == [1, 1, 1]
    (read,) = stories.loc[stories["coder"] == "", "story_id"]
    assert query.story(int(read))["coder"].tolist() == ["", "ACLED"]
    assert not query.disputed([int(read)], "any")
    assert int(query.bins(ALL, "month", by="coder")["events"].sum()) == 4
    assert len(query.reader_versions()) == 1  # no table is read again


def test_a_row_joins_its_story_whatever_came_first(store: Store, tmp_path: Path) -> None:
    apart = Store(tmp_path / "apart")
    for path in (CASES / "acled.csv", tmp_path / "article.md"):
        load_paths([path], apart, TODAY)
    joined = store.grouping()[1]
    assert len(joined) == 1
    assert apart.grouping()[1] == joined
    later = (CASES / "acled.csv").read_text("utf-8").replace("2024-11-21", "2024-11-14")
    load(apart, tmp_path / "newer", later.splitlines())
    assert not apart.grouping()[1]


def test_a_table_alone_is_joined_without_holding_whole_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large table they are more than a gigabyte, and there is no report to compare with."""

    def held(*_: object) -> None:
        raise AssertionError("whole rows are held")

    monkeypatch.setattr(ListedColumns, "take", held)
    (report,) = load_paths([CASES / "acled.csv"], Store(tmp_path / "alone"), TODAY).tables
    assert report.added == 3


def test_rows_that_may_not_be_passed_on_stay_out_of_exports(store: Store) -> None:
    query = Query(store.location)
    kept = select(query, ALL)
    assert (len(kept.events), dict(kept.account.hidden)) == (1, {KEPT_BACK: 3})
    assert not len(kept.hidden)
    assert len(select(query, ALL, may_pass_on=True).events) == 4
    assert not len(select(query, Filters()).hidden)


def test_a_newer_export_replaces_the_table(store: Store, lines: list[str], tmp_path: Path) -> None:
    more = lines[1].replace("UKR1001", "UKR2001").replace("Dnipro", "Lviv")
    moved = lines[2].replace("fought near", "fought at")
    report = load(store, tmp_path / "new", [lines[0], lines[1], moved, more], "acled-2.csv")
    assert (report.added, report.same, len(report.changed), len(report.withdrawn)) == (1, 1, 1, 1)
    assert "New kind of clash" in report.withdrawn[0]
    assert any("fought at" in quote for quote in events(store)["quote"])
    assert len(events(store)) == 4
    again = load(store, tmp_path / "new", lines)
    assert (again.added, len(again.changed), again.back) == (0, 1, report.withdrawn)
    assert len(again.withdrawn) == 1  # the row that only the other export had
    assert len(events(store)) == 4


def test_an_export_of_something_else_takes_nothing_out(
    store: Store, lines: list[str], tmp_path: Path
) -> None:
    other = [row.replace("UKR100", "SDN100").replace(",804,", ",729,") for row in lines]
    report = load(store, tmp_path / "new", other)
    assert (report.added, report.withdrawn, report.uncovered) == (3, [], 3)
    assert len(events(store)) == 7


def test_what_a_person_took_out_does_not_come_back(
    store: Store, lines: list[str], tmp_path: Path
) -> None:
    coded = events(store, Filters(coders=("ACLED",)))
    withdraw(store, {int(coded["article_id"].iloc[0]): ""}, "doubtful")
    report = load(store, tmp_path / "new", lines)
    assert (report.refused, report.same, report.back) == (1, 2, [])
    assert len(events(store)) == 3


def test_a_table_of_which_something_cannot_be_read_takes_nothing_out(
    store: Store, lines: list[str], tmp_path: Path
) -> None:
    report = load(store, tmp_path / "new", [*lines[:3], lines[3] + ",too,many"])
    assert report.incomplete
    assert not report.withdrawn
    assert len(events(store)) == 4


def test_frises_own_table_comes_back(store: Store, tmp_path: Path) -> None:
    selection = select(Query(store.location), ALL, may_pass_on=True)
    other = Store(tmp_path / "other")
    columns = [
        *("type", "mode", "status", "first", "last", "precision", "sources", "targets", "quad"),
        *("place_id", "place_name", "place_country", "place_kind", "quote"),
    ]
    for name in ("events.csv", "events.xlsx"):
        (tmp_path / name).write_bytes(EXPORTERS[name[-4:].strip(".")].write(selection))
        reports = load_paths([tmp_path / name], other, TODAY).tables
        assert {report.coder for report in reports} == {"Frise", "ACLED"}
        assert sum(report.added + len(report.changed) for report in reports) == 4
    there = events(other)
    assert set(there["coder"]) == {"Frise", "ACLED"}
    given, back = (
        table[columns].sort_values("quote", ignore_index=True)
        for table in (selection.events, there)
    )
    pd.testing.assert_frame_equal(given, back, check_dtype=False)


def test_a_table_in_an_archive_keeps_its_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.write(CASES / "acled.csv", "2024/acled mali 2024-11.csv")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "mail.zip", "mail.zip")
    for number, name in enumerate(("mail.zip", "outer.zip")):
        report = load_paths([tmp_path / name], Store(tmp_path / str(number)), TODAY)
        assert [table.table for table in report.tables] == ["acled mali"]


def test_a_row_is_no_copy_of_another_however_it_is_loaded(tmp_path: Path, lines: list[str]) -> None:
    """It has no text to compare: not after a small load into its story either."""
    twin = lines[1].replace("UKR1001", "UKR1999", 1)
    assert twin != lines[1]
    (tmp_path / "acled.csv").write_text("\n".join([*lines, twin]), "utf-8")
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    store = Store(tmp_path / "store")
    for name in ("meeting.md", "acled.csv", "strike.md"):
        load_paths([tmp_path / name], store, TODAY)
    assert store.read("copies", ["article_id"]).num_rows == 0
