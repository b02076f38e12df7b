"""The word groups of the languages: documented, spelt right, read, and listed in the docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.text.word_group_list import DOCS, markdown, with_list
from loaders.text.word_groups import ANY, WordGroup, check, word_groups
from loaders.text.words import KINDS, LANGUAGES_DIR, languages, words

LOADERS = Path(__file__).resolve().parents[3] / "loaders"

# How code asks for a group: what is called, on what, where the name stands, and the table.
DOORS = (
    ("get", r"(word_)?groups?", 0, "events", ("word_groups",)),
    ("word_group", "", 1, "events", ("word_groups",)),
    ("any_word_group", "", 0, "events", ("word_groups",)),
    ("get", "voice", 0, "events", ("voice",)),
    ("says", ".*", 0, "events", ("voice",)),
    ("get", "attributes", 0, "events", ("attributes",)),
    ("get", "(lists|tables)", 0, "actors", ()),
    ("listed", ".*", 1, "actors", ()),
    ("get", r"cues\(.*\)", 0, "places", ()),
    ("cue_set", "", 1, "places", ()),
    ("stems_of", "", 1, "places", ()),
    ("phrases", "", 1, "places", ()),
    ("ends_with_cue", "", 2, "places", ()),
)
ROOMS = ("grammar", "acts", "linking", "tellings", "find/actors", "find/places")


def asked(file: Path) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    """(line, group, file kind, table) of every group that a module asks for by name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        owner, _, called = ast.unparse(node.func).rpartition(".")
        for name, base, at, kind, table in DOORS:
            if called == name and re.fullmatch(rf"(.*\.)?{base}", owner) and len(node.args) > at:
                asks_for = node.args[at]
                if isinstance(asks_for, ast.Constant) and isinstance(asks_for.value, str):
                    yield node.lineno, asks_for.value, kind, table


def modules() -> list[Path]:
    return sorted(file for room in ROOMS for file in (LOADERS / room).glob("*.py"))


def test_code_asks_for_documented_groups_alone() -> None:
    known = {(group.file, group.table, group.name) for group in word_groups()}
    unknown, seen = [], 0
    for file in modules():
        for line, group, kind, table in asked(file):
            seen += 1
            if (kind, table, group) not in known:
                unknown.append(f"{file.relative_to(LOADERS)}:{line}: {kind} {table} {group}")
    assert not unknown, "not in data/reference/word_groups.toml:\n" + "\n".join(unknown)
    assert seen > 90  # the doors are those that the code goes through


@pytest.mark.parametrize("group", word_groups(), ids=lambda g: ".".join((g.file, *g.path)))
def test_every_group_is_read_where_the_list_says(group: WordGroup) -> None:
    if group.name == ANY:
        return
    room = LOADERS / group.read_by
    named = re.compile(rf"[\"']{re.escape(group.name)}[\"']|\{{kind\}}_words")
    assert any(named.search(file.read_text(encoding="utf-8")) for file in room.glob("*.py")), (
        f"nothing in loaders/{group.read_by} names the group {group.name!r}"
    )


@pytest.mark.parametrize("file", sorted(LANGUAGES_DIR.glob("*.toml")), ids=lambda f: f.name)
def test_the_groups_of_every_file_are_documented(file: Path) -> None:
    lang, _, kind = file.stem.partition(".")
    assert words(lang, kind)  # raises where a group is not documented


@pytest.mark.parametrize(
    ("kind", "table", "said"),
    [
        ("events", {"word_groups": {"pasive": "by"}}, "'passive'"),
        ("events", {"ASALT": {"verbs": "bomb"}}, "'ASSAULT'"),
        ("events", {"ASSAULT": {"heavy-weapon": {"verbs": "bomb"}}}, "'heavy-weapons'"),
        ("events", {"topics": {"nuklear": "uranium"}}, "'nuclear'"),
        ("actors", {"particels": ["van"]}, "'particles'"),
        ("places", {"loactive": ["in"]}, "'locative'"),
        ("main", {"dates": {"context": {"befor_edge": "early"}}}, "'before_edge'"),
    ],
)
def test_a_misspelt_group_is_refused_with_the_nearest_name(
    kind: str, table: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=r"data/languages/xx\.toml: no word group") as error:
        check("xx.toml", kind, table)
    assert said in str(error.value)


def test_free_tables_take_any_name() -> None:
    check("xx.toml", "main", {"dates": {"words": {"month": {"1": "janvye"}, "count": {"x": "y"}}}})
    check("xx.actors.toml", "actors", {"offices": {"doge": ["doge"]}})


def test_the_docs_list_what_each_language_lacks() -> None:
    """Written by `python -m loaders.text.word_group_list`."""
    page = DOCS.read_text(encoding="utf-8")
    listed = markdown()
    assert with_list(page, listed) == page
    assert all(f"{lang}" in listed for lang in languages())


def test_the_list_covers_every_kind_of_file() -> None:
    assert {group.file for group in word_groups()} == set(KINDS)
