"""`load`: what is kept, known, set aside; nothing is lost, nothing is double."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import loaders.__main__ as command
from events.filters import Filters
from events.model import Published
from events.query import Query
from events.store import Store
from loaders import batch, load, load_report, pipeline
from loaders.load import load_again, load_paths
from loaders.load_report import MAX_ASIDE, LoadReport
from loaders.readers import SetAside, read_path
from loaders.stage_error import StageError

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2024, 12, 31)
ALL = Filters()
STRIKE = (
    "---\ntitle: Frappe sur Dnipro\nlang: fr\npublished: 2024-11-22\nsource: Essai\n---\n"
    "Jeudi, la Russie a frappé la ville de Dnipro avec un missile.\n"
)
UNDATED = (
    "---\ntitle: Une visite\nlang: fr\nsource: Essai\n---\n"
    "Hier, le Japon a condamné l'attaque de la Chine.\n"
)

pytestmark = pytest.mark.usefixtures("no_models")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles that can be read."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "strike.md").write_text(STRIKE, "utf-8")
    (made / "undated.md").write_text(UNDATED, "utf-8")
    return made


def bad_inputs(folder: Path) -> dict[str, str]:
    """The inputs that people get wrong -> what the report says of each."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "large.txt").write_bytes(b"Le missile. " * 4_200_000)
    (folder / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)))
    (folder / "broken.txt").write_bytes("Été à Kiev, été à Paris. ".encode() * 9 + b"\xc3(")
    (folder / "lines.jsonl").write_text('{"text": "Un mot à Paris."}\n{"text": \n', "utf-8")
    (folder / "date.md").write_text("---\npublished: 2024-02-31\n---\nUn texte.\n", "utf-8")
    (folder / "notes.xyz").write_text("Rien.", "utf-8")
    return {
        "empty.txt": "the file is empty",
        "large.txt": "larger than 20 MB",
        "binary.txt": "no text",
        "broken.txt": "can't be decoded",
        "lines.jsonl": "no JSON",
        "date.md": "2024-02-31",
        "notes.xyz": "no reader",
    }


def test_bad_input_is_set_aside_and_the_rest_goes_on(folder: Path, store: Store) -> None:
    expected = bad_inputs(folder)
    (folder / "word.txt").write_text("Dnipro", "utf-8")
    (folder / "rtl.txt").write_text("\u202bزار الرئيس دمشق.\u202c ‏שלום‏", "utf-8")
    (folder / "tags.txt").write_text(
        "La Russie a frappé Dnipro le 21 novembre 2024.\n<script>alert(1)</script>\n", "utf-8"
    )
    report = load_paths([folder], store, TODAY)
    told = {Path(item.file).name: str(item) for item in report.set_aside}
    assert set(told) == set(expected)
    for name, words in expected.items():
        assert words in told[name]
        assert str(folder / name) in told[name]
    assert len(report.kept) == 6  # two good ones, one line, one word, right to left, tags
    query = Query(store.location)
    assert len(query.articles(ALL)) == 6
    assert set(query.rejected()["file"].map(lambda f: Path(f).name)) == set(expected)
    texts = [query.article(int(i))["text"].iloc[0] for i in query.articles(ALL)["article_id"]]
    assert any("<script>alert(1)</script>" in text for text in texts)


def test_loading_twice_changes_nothing(folder: Path, store: Store) -> None:
    first = load_paths([folder], store, TODAY)
    query = Query(store.location)
    version, events = query.version(), query.events(ALL)
    again = load_paths([folder, folder / "strike.md"], store, TODAY)
    assert len(first.kept) == 2
    assert (again.read, again.kept, again.events) == (3, [], 0)
    assert (len(again.known), len(again.repeated)) == (2, 1)
    assert query.version() == version
    assert query.events(ALL).equals(events)


def test_the_report_accounts_for_every_article(folder: Path, store: Store) -> None:
    bad_inputs(folder)
    (folder / "copy.md").write_text(STRIKE, "utf-8")
    report = load_paths([folder], store, TODAY)
    assert report.read == len(report.kept) + len(report.known) + len(report.repeated)
    said = "\n".join(report.lines())
    assert "given twice: " + str(folder / "strike.md") in said
    assert said.count("set aside: ") == len(report.set_aside) == 7
    events = Query(store.location).count(ALL)
    assert f"{events} events" in said


def test_what_was_stored_is_what_was_extracted(folder: Path, store: Store) -> None:
    load_paths([folder / "strike.md"], store, TODAY)
    event = Query(store.location).events(Filters(types=("ASSAULT",))).iloc[0]
    assert (event["sources"], event["targets"]) == (["RUS"], ["UKR"])
    assert str(event["first"].date()) == "2024-11-21"
    assert (event["precision"], event["place_name"]) == ("day", "Dnipro")
    article = Query(store.location).article(int(event["article_id"])).iloc[0]
    text = article[event["part"]]
    assert text[event["start"] : event["end"]] == event["quote"]
    for _, part, start, end in json.loads(event["spans"]):
        assert article[part][start:end].strip()


def test_a_date_that_a_person_chose_resolves_the_article_again(folder: Path, store: Store) -> None:
    path = folder / "undated.md"
    load_paths([path], store, TODAY)
    article = next(iter(read_path(path)))
    chosen = Published.given(dt.date(2024, 5, 10), "chosen by a person")
    load_again(article, chosen, store, TODAY)  # type: ignore[arg-type]
    query = Query(store.location)
    row = query.articles(ALL).iloc[0]
    assert (row["revision"], row["published_basis"]) == (2, "given")
    yesterday = query.mentions(ALL).query("text == 'Hier'")
    assert [str(day.date()) for day in yesterday["first"]] == ["2024-05-09"]
    # the file still has no date: the person's choice stays
    assert len(load_paths([path], store, TODAY).known) == 1
    assert query.articles(ALL)["revision"].iloc[0] == 2


def test_a_date_written_into_the_file_later_counts(folder: Path, store: Store) -> None:
    path = folder / "undated.md"
    load_paths([path], store, TODAY)
    path.write_text(UNDATED.replace("lang: fr", "lang: fr\npublished: 2024-05-10"), "utf-8")
    report = load_paths([path], store, TODAY)
    assert (len(report.redated), report.kept, report.known) == (1, [], [])
    assert Query(store.location).articles(ALL)["revision"].iloc[0] == 2
    assert len(load_paths([path], store, TODAY).known) == 1


def test_a_stage_that_fails_sets_one_article_aside(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.extract

    def fails(article: object, today: dt.date, threshold: float) -> object:
        if "Dnipro" in article.title:  # type: ignore[attr-defined]
            raise StageError("events", "by hand")
        return whole(article, today, threshold)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "extract", fails)
    report = load_paths([folder], store, TODAY)
    assert len(report.kept) == 1
    assert "stage 'events' failed: by hand" in str(report.set_aside[0])
    assert "Frappe sur Dnipro" in str(report.set_aside[0])
    assert len(Query(store.location).rejected()) == 1
    monkeypatch.undo()  # a later run with the cause mended loads it
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    assert len(load_paths([folder], store, TODAY).kept) == 1


def test_ctrl_c_keeps_what_was_ready(folder: Path, store: Store) -> None:
    def stop(file: str, report: LoadReport) -> None:
        raise KeyboardInterrupt

    report = load_paths([folder], store, TODAY, stop)
    assert report.interrupted
    assert len(report.kept) == 1 == len(Query(store.location).articles(ALL))
    assert "interrupted" in report.lines()[-1]


def test_long_lists_of_known_articles_are_counted() -> None:
    report = LoadReport(known=[f"file {n}" for n in range(load_report.MAX_LISTED + 5)])
    assert report.lines()[-1] == "already in the store: 5 more"


def test_the_command(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "other"))
    assert command.main(["load", str(folder)]) == 0
    assert "2 articles read: 2 kept" in capsys.readouterr().out
    assert command.main(["load", str(folder / "none.txt"), str(folder)]) == 1
    assert "No such file" in capsys.readouterr().out
    assert command.main(["maintain"]) == 0
    assert "articles 1, texts 1" in capsys.readouterr().out
    assert len(Query(tmp_path / "other").articles(ALL)) == 2


def test_a_store_that_cannot_be_used_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(folder / "strike.md" / "store"))
    assert command.main(["load", str(folder)]) == 1
    assert "cannot be made" in capsys.readouterr().err
    monkeypatch.setenv("FRISE_STORE", str(folder / "nothing"))
    assert command.main(["maintain"]) == 1
    assert "load articles first" in capsys.readouterr().err


def test_a_killed_load_keeps_what_was_stored_and_can_be_repeated(
    tmp_path: Path, store: Store
) -> None:
    told = "Le {} mars 2024, la Russie a frappé Dnipro. Essai numéro {}."
    many = [{"text": told.format(n % 28 + 1, n), "lang": "fr"} for n in range(1100)]
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in many), "utf-8")
    call = [sys.executable, "-m", "loaders", "load", str(path)]
    env = os.environ | {"FRISE_STORE": str(store.location), "FRISE_NO_MODELS": "1"}
    process = subprocess.Popen(call, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    for _ in range(3000):
        if store.exists() and len(store.published_bases()) >= 64:
            break
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = set(store.published_bases())
    assert 64 <= len(kept) < len(many)
    query = Query(store.location)
    before = query.events(ALL).set_index("event_id")
    assert before.index.is_unique
    counts = before.groupby("article_id").size()
    articles = query.articles(ALL).set_index("article_id")["events"]
    assert articles[articles > 0].to_dict() == counts.to_dict()
    more = list(read_path(path))[: len(kept) + 10]
    load.load_found([(str(path), item) for item in more], store, TODAY)
    after = query.events(ALL).set_index("event_id")
    assert after.index.is_unique
    assert set(before.index) <= set(after.index)
    assert set(store.published_bases()) == {item.id for item in more}  # type: ignore[union-attr]


def test_two_loads_at_once_store_each_article_once(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "many.jsonl"
    lines = [{"text": f"Le {n % 28 + 1} mars 2024, Paris. Essai {n}."} for n in range(90)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    call = [sys.executable, "-m", "loaders", "load", str(path)]
    env = os.environ | {"FRISE_STORE": str(store.location), "FRISE_NO_MODELS": "1"}
    runs = [
        subprocess.Popen(call, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    kept = [int(text.split(" kept")[0].split()[-1]) for text in said]
    assert sum(kept) == 90
    articles = Query(store.location).articles(ALL)
    assert len(articles) == 90
    assert articles["article_id"].is_unique
    assert (articles["revision"] == 1).all()


def test_many_files_that_are_set_aside_for_one_reason_are_summed_up() -> None:
    empty = [
        SetAside("a.zip", f"{n}.txt", "", "the file is empty", "Leave it out.") for n in range(250)
    ]
    locked = SetAside("a.zip", "b.txt", "", "it has a password", "Unpack it.")
    told = LoadReport(set_aside=[*empty, locked]).lines()[1:]
    assert len(told) == MAX_ASIDE + 2
    assert f"set aside: {locked}" in told
    assert told[-1] == "set aside: 150 more: the file is empty. Leave it out."
