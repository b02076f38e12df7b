"""The table of event types is whole, its errors are clear, and code knows no type by its name."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from events.event_type import NO_MODE, EventType
from events.ontology import (
    CONTEXTS,
    EVENT_TYPES,
    EVENT_TYPES_FILE,
    MODES,
    definition,
    read_ontology,
)
from loaders.text.words import languages, words

ROOT = Path(__file__).resolve().parents[2]
CODE = ("events", "loaders", "charts", "exports", "pages")
PLOVER = """
AGREE 1 2.5 03    CONSULT 1 2.5 04   SUPPORT 1 5.0 05    CONCEDE 1 4.5 08
COOPERATE 2 9.5 06   AID 2 10.0 07   RETREAT 2 6.5 08
REQUEST 3 0.0 02  ACCUSE 3 -3.0 11   REJECT 3 -2.0 12    THREATEN 3 -3.5 13
PROTEST 4 -5.0 14 SANCTION 4 -6.0 16 MOBILIZE 4 -5.5 15  COERCE 4 -7.0 17  ASSAULT 4 -9.0 19
"""
# what is changed in the table -> what the error says beside the file
BROKEN = [
    ("[AGREE]", "[AGREE", ["no valid TOML", "line 1"]),
    ("quad = 1", "quad = 7", ["AGREE: quad is 7; write 1, 2, 3 or 4"]),
    ("score = 2.5", 'score = "high"', ["AGREE: score is 'high'; write a number from -10.0"]),
    ('cameo = "03"', 'cameo = "3"', ["AGREE: cameo is '3'; write the CAMEO root in two digits"]),
    ('label = "Agree"\n', "", ["AGREE: label is missing; write a text"]),
    ('label = "Agree"\n', 'label = "Agree"\nhue = 3\n', ["AGREE: nothing reads the key hue"]),
    ('["symmetric"]', '["symetric"]', ["AGREE: properties is ['symetric'", "symmetric"]),
    ('en = "travels to the other party", ', "", ["CONSULT: visit: en is missing; write a text"]),
    ('contexts = [', 'TALK = 3\ncontexts = [', ["TALK is 3; make it a table or"]),
]  # fmt: skip


def test_the_types_are_those_of_plover() -> None:
    found = [(c, str(t.quad), str(t.score), t.cameo) for c, t in EVENT_TYPES.items()]
    assert [part for row in found for part in row] == PLOVER.split()
    assert all(code == known.code for code, known in EVENT_TYPES.items())


def test_modes_and_contexts_are_told_in_one_place() -> None:
    assert MODES["SANCTION"] == ("expel", "discontinue", "convict", "withdraw")
    assert "AGREE" not in MODES
    assert EVENT_TYPES["REQUEST"].mode("visit") == NO_MODE
    topics = {topic for lang in languages() for topic in words(lang, "events").get("topics", {})}
    assert topics == set(CONTEXTS)
    assert definition("CONSULT", "fr", "visit") == "se rend chez l'autre partie"
    assert definition("CONSULT", "de", "visit") == "travels to the other party"


@pytest.mark.parametrize(("old", "new", "told"), BROKEN, ids=[row[1][:30] for row in BROKEN])
def test_a_broken_row_is_told(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    path = tmp_path / "types.toml"
    text = EVENT_TYPES_FILE.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=re.escape(str(path))) as error:
        read_ontology(path)
    assert all(part in str(error.value) for part in told), error.value


@functools.cache
def _modules() -> list[tuple[Path, ast.Module]]:
    """Every module of ours but tests and benchmarks."""
    paths = [ROOT / "dashboard.py", *(p for name in CODE for p in (ROOT / name).rglob("*.py"))]
    return [(path, ast.parse(path.read_text("utf-8"))) for path in paths]


def _texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module outside its docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


def test_no_code_knows_a_type_by_its_name() -> None:
    """A rule asks what a type is like: its properties stand in event_types.toml."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
        for path, tree in _modules()
        for node in _texts(tree)
        if node.value in EVENT_TYPES
    ]
    assert not found


def test_no_code_compares_a_mode_with_a_name() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(getattr(side, "attr", getattr(side, "id", "")) == "mode" for side in _sides(node))
        and any(isinstance(side, ast.Constant) and side.value for side in _sides(node))
    ]
    assert not found


def _sides(node: ast.Compare) -> list[ast.expr]:
    found: list[ast.expr] = []
    for side in (node.left, *node.comparators):
        found += side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
    return found


def test_every_property_is_told_of_a_type_and_asked_by_code() -> None:
    asked = {
        node.attr
        for path, tree in _modules()
        if path.parent.name != "events"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    names = [f.name for f in fields(EventType) if f.type == "bool"]
    assert names
    for name in names:
        assert name in asked, f"no code asks whether a type is {name}"
        assert any(getattr(row, name) for row in EVENT_TYPES.values()), f"no row is {name}"


def test_the_documentation_lists_the_table() -> None:
    told = (ROOT / "docs" / "event-types.md").read_text("utf-8").splitlines()
    rows = [
        f"| {known.code} | {known.quad} | {known.score:+.1f} | {known.cameo} | "
        f"{known.meaning['en']} | {', '.join(known.modes) or '-'} |"
        for known in EVENT_TYPES.values()
    ]
    assert [line for line in told if line in rows] == rows
    assert (
        f"Contexts, given where the words of the sentence tell them: {', '.join(CONTEXTS)}." in told
    )
