"""Event tables: each row of the samples is read as what stands beside them, with its evidence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from events.coders import CODED_DIR, coders
from events.model import Extraction
from loaders.readers import SetAside, read_path
from loaders.readers.coded.actors import codes_of
from loaders.readers.coded.days import day
from loaders.readers.coded.guess import mapping_of
from loaders.readers.coded.layout import kinds_of, known_layout, read_layout

CASES = Path(__file__).parents[3] / "cases" / "coded"
with (CASES / "expected.toml").open("rb") as _file:
    EXPECTED = {
        name: (table, rows)
        for table, files in tomllib.load(_file).items()
        for name, rows in files.items()
    }


def rows_of(path: Path) -> list[Extraction]:
    found = list(read_path(path))
    assert all(isinstance(item, Extraction) for item in found), found
    return [item for item in found if isinstance(item, Extraction)]


def told_row(row: Extraction) -> list[str]:
    (event,) = row.events
    place = event.place.place if event.place else None
    assert event.date is not None
    days = [day for day in (event.date.first, event.date.last) if day]
    return [
        *(event.source_type, event.type, event.mode, event.status),
        *(day.isoformat() for day in days),
        event.date.precision,
        *(" ".join(event.sources), " ".join(event.targets)),
        *((place.name, place.country, place.kind) if place else ("", "", "")),
        " ".join(value for _, value, _ in event.attributes),
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_rows_are_read_as_they_were_coded(name: str) -> None:
    layout, expected = EXPECTED[name]
    found = rows_of(CASES / name)
    assert [told_row(row) for row in found] == expected
    assert {row.events[0].coder for row in found} == {known_layout(layout).coder} <= set(coders())


@pytest.mark.parametrize("name", EXPECTED)
def test_the_row_is_the_evidence(name: str) -> None:
    found = rows_of(CASES / name)
    assert len({row.article.id for row in found}) == len(found)
    for row in found:
        (event,), text = row.events, row.article.text
        assert event.quote
        assert text[event.start : event.end] == event.quote
        marked = [event.date, event.place, *event.actor_mentions]
        assert all(text[m.start : m.end] == m.text for m in marked if m)


def test_the_correspondences_are_complete() -> None:
    acled = kinds_of(CODED_DIR / "acled_types.csv")
    assert len(acled) == 25 + 6
    assert len(kinds_of(CODED_DIR / "ucdp_types.csv")) == 3
    cameo = kinds_of(CODED_DIR / "cameo_types.csv")
    roots = sorted(code for code in cameo if len(code) == 2)
    assert roots == [f"{root:02}" for root in range(1, 21)]
    bases = {code for code in cameo if len(code) == 3}
    assert all(f"{root:02}0" in bases for root in range(1, 21))


def test_what_does_not_fit_is_set_aside(tmp_path: Path) -> None:
    text = (CASES / "acled.csv").read_text("utf-8").splitlines()
    broken = [text[0], text[1] + ",more,cells", text[2].replace("UKR1002", ""), text[3]]
    (tmp_path / "a.csv").write_text("\ufeff" + "\n".join(broken), "utf-8")
    found = list(read_path(tmp_path / "a.csv"))
    aside = [item for item in found if isinstance(item, SetAside)]
    assert len(found) == 3
    assert [(a.where.split(",")[0], a.problem) for a in aside] == [
        ("line 2", "the row does not fit its header"),
        ("line 3", "the row has no id"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-01-31", "2023-01-31"), ("16 May 2025", "2025-05-16"), ("20241121", "2024-11-21"),
        ("2023-03-04 00:00:00.000", "2023-03-04"), ("05-Jan-2018", "2018-01-05"),
        ("2023-02-30", None), ("3/4/2023", None), ("", None), ("May 2025", None),
    ],
)  # fmt: skip
def test_days_as_tables_write_them(text: str, expected: str | None) -> None:
    found = day(text)
    assert (found.isoformat() if found else None) == expected


def test_a_mapping_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    head = 'coder = "Ours"\nid = ["n"]\n[date]\nfirst = "day"\n[type]\ncolumns = ["kind"]\n'
    path.write_text(f'{head}values = {{ attack = "ASSULT" }}\n')
    with pytest.raises(ValueError, match=r"m\.toml.*attack: no type 'ASSULT'"):
        read_layout(path)
    path.write_text(f"{head}colums = 1\n")
    with pytest.raises(ValueError, match="nothing reads the key colums"):
        read_layout(path)


def test_any_table_is_read_by_a_mapping(tmp_path: Path) -> None:
    mapping, table = tmp_path / "m.toml", tmp_path / "mine.csv"
    mapping.write_text(
        'coder = "Ours"\nid = ["n"]\nquote = ["words"]\n[date]\nfirst = "day"\n'
        '[type]\ncolumns = ["kind"]\nvalues = { raid = "ASSAULT firearms" }\n'
        '[place]\nnames = { town = "city" }\ncountry = ["land"]\nlat = "y"\nlon = "x"\n'
        '[[parties]]\nname = "who"\n[[parties]]\nside = "second"\nname = "whom"\n'
    )
    table.write_text(
        "n;day;kind;who;whom;town;land;y;x;words\n"
        "1;2024-02-03;raid;Police Forces of Mali;Civilians;Gao;Mali;16.27;-0.04;Shots in Gao.\n"
    )
    (row,) = read_path(table, read_layout(mapping))
    assert isinstance(row, Extraction)
    assert told_row(row)[1:10] == [
        *("ASSAULT", "firearms", "reported", "2024-02-03", "2024-02-03", "day"),
        *("MLI:POL", "MLI:CVL", "Gao"),
    ]
    assert row.events[0].quote == "Shots in Gao."


def test_a_guessed_mapping_reads_the_table(tmp_path: Path) -> None:
    mapping, table = tmp_path / "m.toml", tmp_path / "raids.csv"
    table.write_text(
        "Numéro;Jour;Nature;Acteur;Victime;Ville;Pays;Latitude;Longitude;Résumé;Morts\n"
        'a-1;2024-02-03;raid "nocturne";Police Forces of Mali;Civilians;'
        "Gao;Mali;16.27;-0.04;Tirs.;4\n"
    )
    told = mapping_of(table)
    mapping.write_text(
        told.replace(r'"raid \"nocturne\"" = ""', r'"raid \"nocturne\"" = "ASSAULT"')
    )
    (row,) = read_path(table, read_layout(mapping))
    assert isinstance(row, Extraction)
    assert row.events[0].quote == "Tirs."
    assert told_row(row)[1:] == [
        *("ASSAULT", "", "reported", "2024-02-03", "2024-02-03", "day"),
        *("MLI:POL", "MLI:CVL", "Gao", "MLI", "city", "4"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("JNIM: Group for Support of Islam and Muslims", "JNIM"),
        ("RSF: Rapid Support Forces (2013-)", "RSF"),
        ("XYZ: Nobody Known", "X:XYZ: Nobody Known"),
        ("Gao: the town", "X:Gao: the town"),
    ],
)
def test_a_group_is_known_by_its_abbreviation(name: str, code: str) -> None:
    party = next(p for p in known_layout("acled").parties if p.name == "actor1")
    assert codes_of(party, lambda column: name * (column == "actor1"), "MLI") == [code]
