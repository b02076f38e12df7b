"""The command line's contract for `extract`, with the input that people really give."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import loaders.__main__ as command
from events.ontology import EVENT_TYPES, STATUSES
from loaders.find import places

ROOT = Path(__file__).resolve().parents[2]
CASES = [
    json.loads(line)
    for line in (ROOT / "tests/cases/extract_lines.jsonl").read_text("utf-8").splitlines()
]
PRECISIONS = {"day", "week", "month", "quarter", "year", "span"}
ROLES = {"event", "dateline", "mentioned", "government", "actor"}
PLACE_KINDS = {"city", "country", "region", "site", "water", "area"}

pytestmark = pytest.mark.usefixtures("no_models")


def run(
    monkeypatch: pytest.MonkeyPatch, given_bytes: bytes, *paths: str
) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and records of `extract` in this process."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
    monkeypatch.setattr(sys, "stdout", out)
    code = command.main(["extract", *paths])
    written = out.buffer.getvalue().decode("ascii")
    return code, [json.loads(line) for line in written.splitlines()]


def assert_contract(record: dict[str, Any], line: dict[str, Any]) -> None:
    """Keys, kinds and offsets of one output line against its input."""
    texts = {"title": line.get("title") or "", "text": line["text"]}
    assert record["title"] == texts["title"]
    published = record["published"]
    assert set(published) >= {
        "date", "basis", "precision", "confidence", "evidence", "alternatives",
    }  # fmt: skip
    assert published["basis"] in {"given", "inferred", "unknown"}
    for kind in ("dates", "places", "actors"):
        for found in record[kind]:
            assert texts[found["part"]][found["start"] : found["end"]] == found["text"] != ""
    for date in record["dates"]:
        assert date["precision"] in PRECISIONS
        assert date["from"] is None or date["to"] is None or date["from"] <= date["to"]
        assert date["value"]
    for place in record["places"]:
        assert place["role"] in ROLES
        assert place["kind"] is None or place["kind"] in PLACE_KINDS
    for event in record["events"]:
        quote = texts[event["part"]][event["start"] : event["end"]]
        assert quote == event["quote"] != ""
        assert event["type"] in EVENT_TYPES
        assert event["status"] in STATUSES
        assert (event["precision"] is None) == (event["date_basis"] is None)
        assert event["place"] is None or set(event["place"]) == {"name", "country", "lat", "lon"}
        assert all(isinstance(code, str) for code in event["sources"] + event["targets"])
        for told in event["also"]:
            assert texts[told["part"]][told["start"] : told["end"]] == told["quote"]
    for left in record["left_out"]:
        assert left["reason"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_one_line(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    code, records = run(monkeypatch, case["line"].encode("utf-8") + b"\n")
    assert len(records) == 1
    assert records[0]["id"] == case["id"]
    assert code == bool(case["error"])
    if case["error"]:
        assert set(records[0]) == {"id", "error"}
        assert case["error"] in records[0]["error"]
    else:
        assert_contract(records[0], json.loads(case["line"]))


def test_all_lines_in_input_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n\n".join(case["line"] for case in CASES)
    code, records = run(monkeypatch, lines.encode("utf-8"))
    assert code == 1
    assert [record["id"] for record in records] == [case["id"] for case in CASES]
    assert ["error" in record for record in records] == [bool(case["error"]) for case in CASES]


def test_no_input_is_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, b"\n  \n") == (0, [])


def test_broken_bytes_are_an_error_of_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    good = '{"id": 1, "text": "Un élève, été."}\n'.encode()
    broken = '{"id": 2, "text": "Un élève, été, à côté."}\n'.encode().replace(
        b"\xc3\xa9", b"\xc3", 1
    )
    code, records = run(monkeypatch, good + broken + good)
    assert code == 1
    assert ["error" in record for record in records] == [False, True, False]
    assert "UTF-8" in records[1]["error"]


def test_a_line_past_the_limit_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_MAX_FILE_MB", "0.001")
    long = json.dumps({"id": "l", "text": "abc " * 1000})
    code, records = run(monkeypatch, f'{long}\n{{"id": "s", "text": "Paris"}}\n'.encode())
    assert code == 1
    assert "larger than" in records[0]["error"]
    assert records[1]["id"] == "s"


def test_a_given_date_resolves_relative_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    line = {
        "id": 1,
        "lang": "fr",
        "published": "2024-11-23",
        "text": "Jeudi, la Russie a frappé Dnipro. En 2023, l’ONU a condamné la Russie.",
    }
    code, records = run(monkeypatch, json.dumps(line).encode())
    assert code == 0
    assert_contract(records[0], line)
    assert records[0]["published"] == {
        "date": "2024-11-23",
        "basis": "given",
        "precision": "day",
        "confidence": 1.0,
        "evidence": ["given with the article"],
        "alternatives": [],
    }
    dates = {date["text"]: date for date in records[0]["dates"]}
    assert (dates["Jeudi"]["value"], dates["Jeudi"]["precision"]) == ("2024-11-21", "day")
    assert dates["En 2023" if "En 2023" in dates else "2023"]["from"] == "2023-01-01"
    places = {place["name"]: place for place in records[0]["places"]}
    assert places["Dnipro"]["country"] == "UKR"


def test_paths_in_their_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Le 3 mars 2024, la Chine a protesté.", "utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "Paris"}\nbad\n', "utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    code, records = run(monkeypatch, b"", str(tmp_path))
    assert code == 1
    assert ["error" in record for record in records] == [False, True, False, True]
    assert "a.jsonl, line 2" in records[1]["error"]
    assert "c.pdf" in records[3]["id"]


def test_a_stage_that_fails_sets_one_article_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = places.find_places

    def fails(document: Any) -> Any:
        if "FAIL" in document.article.text:
            raise ZeroDivisionError("by hand")
        return whole(document)

    monkeypatch.setattr("loaders.pipeline.find_places", fails)
    lines = b'{"id": 1, "text": "Paris"}\n{"id": 2, "text": "FAIL"}\n{"id": 3, "text": "Kyiv"}\n'
    code, records = run(monkeypatch, lines)
    assert code == 1
    assert records[1]["id"] == 2
    assert records[1]["error"].startswith("stage 'places' failed: ZeroDivisionError: by hand. ")
    assert [record["id"] for record in records] == [1, 2, 3]


SAID = (
    "le 21 novembre 2024 hier jeudi la Russie a frappé l’Ukraine à Dnipro Moscou dément selon "
    "Kyiv On Tuesday NATO will meet in Brussels « » . , ! \n \u202b \u0301 🔥 <b> 31 février"
)
words = st.sampled_from(SAID.split(" "))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.one_of(
        st.lists(words, min_size=1, max_size=40).map(" ".join),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
    ),
    lang=st.sampled_from(["fr", "en", "", "uk"]),
    title=st.lists(words, max_size=6).map(" ".join),
)
def test_no_text_breaks_the_contract(
    monkeypatch: pytest.MonkeyPatch, text: str, lang: str, title: str
) -> None:
    line = {"id": 1, "text": text, "title": title, "lang": lang, "published": "2024-11-23"}
    code, records = run(monkeypatch, json.dumps(line).encode())
    if text.strip():
        assert code == 0, records
        assert_contract(records[0], line)
    else:
        assert "no text" in records[0]["error"]


def test_as_a_process_with_models_away() -> None:
    """The command as it is called from outside, with a console that knows ASCII only."""
    done = subprocess.run(
        [sys.executable, "-m", "loaders", "extract"],
        input='{"id": "é", "text": "Le 3 mars 2024, l’Élysée a protesté."}\nbad\n'.encode(),
        capture_output=True,
        cwd=ROOT,
        env={"FRISE_NO_MODELS": "1", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records[0]["id"] == "é"
    assert any("no language model" in note for note in records[0]["notes"])
    assert done.stderr == b""


def test_it_starts_without_the_store() -> None:
    """The engines of the store take a second to import, and nothing is stored."""
    script = (
        "import sys\nfrom loaders.__main__ import main\nmain(['extract'])\n"
        "print({'pandas', 'ibis', 'duckdb'} & set(sys.modules), file=sys.stderr)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        input='{"id": 1, "text": "Russia attacked Ukraine on Friday.", "lang": "en"}\n',
        env={**os.environ, "FRISE_NO_MODELS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout)["id"] == 1
    assert told.stderr.strip() == "set()"
