"""Public gold is named by whoever measures; own gold tells the country of each of its places."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import accuracy, accuracy_plover
from benchmarks.gold_events import SETS, own_gold, wrong_place
from benchmarks.gold_folder import ABSENT, gold_folder, gold_set
from events.geography import country_codes
from events.model import Event, Place, PlaceMention

PLACES_WITHOUT_COUNTRY = {"Europe", "Red Sea", "Hormuz"}


def test_the_folder_given_comes_before_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FRISE_GOLD", raising=False)
    assert gold_folder() is None
    (tmp_path / "set").mkdir()
    monkeypatch.setenv("FRISE_GOLD", str(tmp_path / "set"))
    assert gold_folder() == tmp_path / "set"
    assert gold_folder(str(tmp_path)) == tmp_path
    assert gold_set(tmp_path, "set") == tmp_path / "set"
    assert gold_set(tmp_path, "other") is None
    assert gold_set(None, "set") is None


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        accuracy.main(["dates", "--no-write", "--gold", str(tmp_path / "none")])
    assert stopped.value.code == 2
    assert "is no folder: name another by --gold" in " ".join(capsys.readouterr().err.split())


def test_a_set_that_is_not_there_is_named() -> None:
    assert accuracy_plover.lines(None) == [f"PLOVER records: {ABSENT}"]


def test_every_place_of_own_gold_has_its_country() -> None:
    wanted = [want for name in SETS for row in own_gold(name) for want in row["events"]]
    placed = [want for want in wanted if want.get("place")]
    assert len(placed) > 150
    without = {want["place"] for want in placed if "country" not in want}
    assert without <= PLACES_WITHOUT_COUNTRY
    assert not [want for want in wanted if "country" in want and not want.get("place")]
    assert {want["country"] for want in placed if "country" in want} <= set(country_codes())


@pytest.mark.parametrize(
    ("country", "want", "told"),
    [
        ("ESP", {"place": "Barcelona", "country": "ESP"}, ""),
        ("VEN", {"place": "Barcelona", "country": "ESP"}, "other country"),
        ("ESP", {}, "none told"),
        ("ITA", {"place": "Europe"}, ""),
        ("", {}, ""),
    ],
)
def test_a_wrong_place_is_seen(country: str, want: dict[str, str], told: str) -> None:
    place = Place("1", "Barcelona", country, 0.0, 0.0, "city") if country else None
    mention = PlaceMention("text", 0, 9, "Barcelona", place)
    event = Event(
        1, 1, "PROTEST", "", "reported", None, (), (), mention, None, "Barcelona", "text", 0, 9
    )
    assert wrong_place(event, want) == told
