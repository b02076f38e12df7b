"""Every reason for which a reader sets something aside, and every remedy, has its French words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.aside_words import SHAPES, aside_line, reason_words
from loaders.sources.addresses import checked_addresses
from loaders.sources.errors import SourceError

LOADERS = Path(__file__).parents[3] / "loaders"
# arguments: what is wrong, what to do; of functions that make the error, what is wrong
PLACES = {"UnreadableError": (2, 3), "SetAside": (3, 4), "_bad_front": (1,), "_too_much": (1,)}
Names = dict[str, list[ast.expr]]


def reasons() -> dict[str, str]:
    """Sentence with its values as 7 -> where it stands."""
    found: dict[str, str] = {}
    for path in LOADERS.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        outer = _assigned(tree.body)
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            names = outer | _assigned(ast.walk(function))
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                for told in _sentences(call, names):
                    found[told] = f"{path.name}:{call.lineno}"
    return found


def _assigned(nodes: object) -> Names:
    names: Names = {}
    for node in nodes:  # type: ignore[attr-defined]
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    names.setdefault(name.id, []).append(value)
    return names


def _sentences(call: ast.Call, names: Names) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    for place in PLACES.get(name, ()):
        if place < len(call.args):
            yield from _texts(call.args[place], names)
    for keyword in call.keywords:
        if keyword.arg in ("problem", "remedy") and name == "replace":
            yield from _texts(keyword.value, names)


def _texts(node: ast.expr, names: Names) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, names), *_texts(node.orelse, names))
    elif isinstance(node, ast.Name):
        for value in names.get(node.id, ()):
            yield from _texts(value, names)


def test_every_reason_has_its_french_words() -> None:
    found = reasons()
    assert len(found) > 120
    # told by words that are put together: the decision of a withdrawal, the number of feeds
    found = {told: at for told, at in found.items() if told not in ("it was 7",) and at}
    found.pop("a list of 7, which holds no articles")
    assert not {told: at for told, at in found.items() if reason_words(told, "fr") == told}
    english = [shape for shape in SHAPES if " " in shape and not re.match(r"\{n} MB", shape)]
    same = {"article {n}", "document {n}", "message {n}", "page {n}", "{n} pages"}
    filled = {shape: re.sub(r"\{\w+}", "7", shape) for shape in english if shape not in same}
    assert not [shape for shape, told in filled.items() if reason_words(told, "fr") == told]


def test_why_an_address_gave_nothing_has_its_french_words() -> None:
    told = {
        call.args[0].value
        for name in ("web", "request", "addresses")
        for call in ast.walk(ast.parse((LOADERS / "sources" / f"{name}.py").read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("SourceError", "Words")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(told) > 20
    filled = {words: re.sub(r"\{\w+}", "7", words) for words in told}
    assert not [words for words, told in filled.items() if reason_words(told, "fr") == told]


def test_the_reason_within_a_reason_is_told_too() -> None:
    with pytest.raises(SourceError) as refused:
        checked_addresses("127.0.0.1", 80)
    assert "c’est cette machine" in reason_words(str(refused.value), "fr")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            ("a.zip", "b.json, line 3", "12 bytes", "larger than 20 MB", "Leave it out."),
            "a.zip, b.json, ligne 3\u00a0: plus grand que 20\u00a0Mo (12\u00a0octets). "
            "Laissez-le de côté.",
        ),
        (
            ("x", "text", "withdrawn", "it was withdrawn on 2024-11-21 by L.: faux", "Do it."),
            "x, text\u00a0: il a été retiré le 2024-11-21 par L.\u00a0: faux (withdrawn). Do it.",
        ),
    ],
)
def test_a_line_keeps_its_values(fields: tuple[str, ...], told: str) -> None:
    assert aside_line(fields, "fr") == told
    assert aside_line(fields, "en").startswith(f"{fields[0]}, {fields[1]}: {fields[3]} (")
