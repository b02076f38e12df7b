"""A batch of articles to a batch of rows, whoever maps it; and what a driver does with trouble."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from benchmarks.store_rows import rows_of
from events.batches import EXTRACTED, failed_row, rows_in
from events.model import Article, Published
from events.query import Query
from events.store import Appended, Store
from events.tables import FACTS
from loaders import pipeline, pool
from loaders.batch import ARTICLES, articles_batch, extract_batch, failures
from loaders.commit import commit
from loaders.load import load_found
from loaders.on_dask import OnDask
from loaders.readers.json_lines import article_from_record
from loaders.stage_error import StageError
from loaders.worker import CLOCK, DEAD, LATE, Call, Worker, start_ahead, started
from loaders.worker_process import NICENESS

TODAY = dt.date(2024, 12, 1)
TEXT = "Russia struck Kyiv on Monday."


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock for each article, and so a pool."""
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "60")
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    yield
    pool.end_kept()


def article(text: str = TEXT, number: int = 1) -> Article:
    return replace(
        article_from_record({"text": text, "published": "2024-11-26", "lang": "en"}), id=number
    )


def articles(count: int) -> list[Article]:
    return [article(f"{TEXT} Essay {n}.", n) for n in range(1, count + 1)]


@pytest.mark.usefixtures("no_models")
def test_a_batch_is_a_table_in_and_a_table_out(tmp_path: Path) -> None:
    broken = replace(article(number=2), text=None)  # type: ignore[arg-type]
    undated = replace(article(number=3), text=f"{TEXT} \ud83d", published=Published.unknown())
    given = articles_batch([article(), broken, undated], TODAY)
    assert given.schema == ARTICLES
    done = extract_batch(given)
    assert done.schema == EXTRACTED
    assert done.column("article_id").to_pylist() == [1, 2, 3]
    assert [error.stage if error else "" for error in failures(done)] == ["", "text", ""]
    event = rows_in(pa.Table.from_batches([done]), "events").to_pylist()[0]
    assert (event["type"], event["first"], event["sources"]) == (
        "ASSAULT", dt.date(2024, 11, 25), ["RUS"],
    )  # fmt: skip
    assert done.column("texts")[2][0]["text"].as_py().endswith("\ufffd")
    assert extract_batch(pickle.loads(pickle.dumps(given))).equals(done)
    pq.write_table(pa.Table.from_batches([done]), tmp_path / "part.parquet")
    assert pq.read_table(tmp_path / "part.parquet", schema=EXTRACTED).to_batches()[0].equals(done)
    assert extract_batch(given.slice(0, 0)).num_rows == 0


@pytest.mark.usefixtures("clock")
def test_a_pool_reads_as_this_process_does_and_outlives_its_workers() -> None:
    given = articles(20)
    found = article()
    assert pool.extract(found, TODAY, 0.0) == pipeline.extract(found, TODAY, 0.0)
    driver = pool.driver()
    assert isinstance(driver, pool.Pool)
    batches = [articles_batch(given[n : n + 4], TODAY) for n in range(0, 20, 4)]
    wanted = [extract_batch(batch) for batch in batches]
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(0.05):
            for worker in driver._busy[:1]:
                os.kill(worker.process.pid, signal.SIGKILL)
                return

    killer = threading.Thread(target=kill)
    killer.start()
    done = list(driver.map(iter(batches)))
    stop.set()
    killer.join()
    assert done == wanted


@pytest.mark.usefixtures("clock")
def test_what_is_late_or_kills_its_process_is_set_aside_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver = pool.Pool(1)
    asked: list[int] = []

    def ask(call: object, _articles: int) -> pa.RecordBatch:
        (batch,) = call[2]  # type: ignore[index]
        asked.append(batch.num_rows)
        ids = batch.column("id").to_pylist()
        for stage, bad in ((DEAD, 2), (CLOCK, 3)):
            if bad in ids:
                raise StageError(stage, "by hand", LATE)
        return extract_batch(batch)

    monkeypatch.setattr(driver, "ask", ask)
    done = pa.concat_batches(driver.map(iter([articles_batch(articles(3), TODAY)])))
    assert [error.stage if error else "" for error in failures(done)] == ["", DEAD, CLOCK]
    assert asked == [3, 3, 1, 1, 1, 1]  # once more, then alone: the dead one twice, the late once
    found = [(str(n), each) for n, each in enumerate(articles(3))]
    monkeypatch.setattr(driver, "size", 3)
    report = load_found(found, Store(tmp_path / "store"), TODAY, driver=driver)
    assert (report.kept, [item.remedy for item in report.set_aside]) == ([1], [LATE, LATE])


@pytest.mark.usefixtures("clock")
def test_a_late_article_is_tried_again_by_the_next_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = [("a", article(f"{TEXT} " * 50))]
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "0.001")
    report = load_found(iter(found), Store(tmp_path / "store"), TODAY)
    (aside,) = report.set_aside
    assert "not read within 0.001 s" in aside.problem
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "60")
    again = load_found(iter(found), Store(tmp_path / "store"), TODAY)
    assert (len(again.kept), again.set_aside) == (1, [])


@pytest.mark.usefixtures("clock")
def test_a_load_that_is_cut_leaves_the_pool_to_others() -> None:
    driver = pool.Pool(1)
    cut = driver.map(articles_batch([each], TODAY) for each in articles(50))
    next(cut)
    cut.close()
    batch = articles_batch(articles(2), TODAY)
    assert list(driver.map(iter([batch]))) == [extract_batch(batch)]
    (worker,) = driver._idle
    driver.end()
    assert worker.process.poll() is not None
    with pytest.raises(StageError, match="the load was ended"):
        driver.ask(((), extract_batch, (batch,)))


@pytest.mark.usefixtures("no_models")
def test_a_dask_cluster_reads_as_this_process_does(tmp_path: Path) -> None:
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with cluster:
        driver = OnDask(cluster.scheduler_address)
        found = [(str(n), each) for n, each in enumerate(articles(20))]
        report = load_found(found, Store(tmp_path / "dask"), TODAY, driver=driver)
    plain = load_found(found, Store(tmp_path / "plain"), TODAY)
    assert report.kept == plain.kept == list(range(1, 21))
    assert rows_without_times(tmp_path / "dask") == rows_without_times(tmp_path / "plain")


@pytest.mark.usefixtures("no_models")
def test_what_a_cluster_wrote_is_committed_once(tmp_path: Path) -> None:
    given = articles(6)
    folder, store = tmp_path / "night", Store(tmp_path / "store")
    folder.mkdir()
    broken = failed_row(None, "article", "no text", "Add it.")
    for part in (0, 3):
        done = extract_batch(articles_batch(given[part : part + 4], TODAY))
        table = pa.Table.from_batches([done, broken])
        pq.write_table(table, folder / f"part-{part}.parquet")

    class Killed(Store):
        def append_read(self, *told: object, **more: object) -> Appended:
            done = super().append_read(*told, **more)  # type: ignore[arg-type]
            raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt):
        commit(folder, Killed(store.location))
    report = commit(folder, store)
    assert (report.kept, len(report.known), len(report.set_aside)) == ([5, 6], 5, 2)
    plain = Store(tmp_path / "plain")
    load_found([(str(n), each) for n, each in enumerate(given)], plain, TODAY)
    assert rows_without_times(store.location) == rows_without_times(plain.location)
    version = Query(store.location).version()
    assert commit(folder, store).kept == []
    assert Query(store.location).version() == version
    (folder / "other.parquet").write_bytes(b"PAR1")
    with pytest.raises(ValueError, match=r"other\.parquet: it is no file of a run"):
        commit(folder, store)


def rows_without_times(location: Path) -> dict[str, list[str]]:
    """The rows of each table that articles fill."""
    return {name: rows_of(Store(location), name) for name in FACTS}


@pytest.mark.usefixtures("no_models")
def test_a_part_of_a_run_in_which_nothing_could_be_read_is_set_aside(tmp_path: Path) -> None:
    failed = pa.Table.from_batches([failed_row(None, "article", "no text", "Add it.")])
    folder = tmp_path / "night"
    folder.mkdir()
    pq.write_table(failed, folder / "part-0.parquet")
    report = commit(folder, Store(tmp_path / "store"))
    assert (report.read, report.kept, len(report.set_aside)) == (1, [], 1)


def test_a_worker_gives_way_and_has_neither_pandas_nor_the_engines_of_the_store() -> None:
    worker = Worker()
    call: Call = ((), extract_batch, (articles_batch(articles(1), TODAY),))
    try:
        assert failures(worker.ask(call, 60)) == [None]
        known = set(worker.ask(((), eval, ("list(__import__('sys').modules)",)), 60))
        niceness = worker.ask(((), os.nice, (0,)), 60)
    finally:
        worker.end()
    assert niceness == min(os.nice(0) + NICENESS, 19)  # readers of the dashboard go first
    assert "pyarrow" in known
    assert not {"pandas", "deltalake", "duckdb", "ibis"} & known


@pytest.mark.usefixtures("no_models")
def test_the_process_started_ahead_is_the_first_that_reads() -> None:
    start_ahead()
    workers = [started(), started()]
    call: Call = ((), os.getpid, ())
    try:
        asked = [worker.ask(call, 60) for worker in workers]
    finally:
        for worker in workers:
            worker.end()
    assert asked == [worker.process.pid for worker in workers]
    assert workers[0].process.pid < workers[1].process.pid
