"""A language is data: no word of one stands in the code that reads articles.

A string constant that is a word of data/languages is either a key of our own, which stands in
tests/cases/internal_keys.toml with its reason, or belongs into a word group.
"""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.text.words import LANGUAGES_DIR

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("grammar", "acts", "linking", "tellings", "find", "text")
KEYS = ROOT / "tests" / "cases" / "internal_keys.toml"
WORD = re.compile(r"[^\W\d_]+'|[^\W\d_]{2,}")  # "qu'", "que"
# what asks for a group, a field or a row by its name
BY_NAME = {"get", "pop", "says", "listed", "word_group", "any_word_group", "cue_set", "value"}
BY_NAME |= {
    "any_cue_set",
    "stems_of",
    "phrases",
    "ends_with_cue",
    "of_role",
    "children",
    "_has_stem",
}
NOT_PATTERN = re.compile(r"\\.|\(\?P<\w+>|\(\?[aiLmsux-]+[:)]|\{.*?\}")  # of a regular expression


@functools.cache
def words_of_languages() -> frozenset[str]:
    files = (tomllib.loads(f.read_text(encoding="utf-8")) for f in LANGUAGES_DIR.glob("*.toml"))
    return frozenset(word for table in files for word in _words(table))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from WORD.findall(value.lower().replace("’", "'"))
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _words(part)


@functools.cache
def own_keys() -> frozenset[str]:
    listed = tomllib.loads(KEYS.read_text(encoding="utf-8"))["keys"]
    trees = (ast.parse(f.read_text("utf-8")) for d in ("events", "loaders") for f in _code(d))
    literals = {text for tree in trees for text in _literals(tree)}
    return frozenset(w for row in listed for w in row["words"].split()) | literals


def _code(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _literals(tree: ast.AST) -> Iterator[str]:
    """Members of every Literal[...] of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            yield from (text for _, text in _strings(node.slice))


def _strings(tree: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value


def told_words(source: str) -> Iterator[tuple[int, str]]:
    """(line, word) of each constant that is one word of a language, or a pattern with some."""
    tree = ast.parse(source)
    named, patterns = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            owner, _, called = ast.unparse(node.func).rpartition(".")
            if called in BY_NAME:
                named |= {id(arg) for arg in node.args}
            if owner == "re":
                patterns |= {id(part) for arg in node.args for part in ast.walk(arg)}
        elif isinstance(node, ast.Subscript):
            named.add(id(node.slice))
        elif isinstance(node, ast.Expr):
            named.add(id(node.value))  # a docstring
        elif isinstance(node, ast.JoinedStr):
            named |= {id(part) for part in node.values}  # what is said to a person
    for node, text in _strings(tree):
        if id(node) not in named or id(node) in patterns:
            yield from ((node.lineno, word) for word in _told(text, id(node) in patterns))


def _told(text: str, is_pattern: bool) -> list[str]:
    plain = text.replace("’", "'").replace("['']", "'")
    if is_pattern:
        return [w for w in WORD.findall(NOT_PATTERN.sub(" ", plain)) if w in words_of_languages()]
    bare = plain.strip(" ,")
    known = bare == bare.lower() and bare in words_of_languages()
    return [bare] if known and WORD.fullmatch(bare) else []


def test_no_word_of_a_language_stands_in_code() -> None:
    skipped = {row["path"] for row in tomllib.loads(KEYS.read_text(encoding="utf-8"))["files"]}
    found = [
        f"loaders/{path}:{line}: {word!r}"
        for room in ROOMS
        for file in _code(f"loaders/{room}")
        if (path := file.relative_to(ROOT / "loaders").as_posix()) not in skipped
        for line, word in told_words(file.read_text(encoding="utf-8"))
        if word not in own_keys()
    ]
    assert not found, (
        "words of a language belong into a word group (docs/languages.md), keys of our own into "
        "tests/cases/internal_keys.toml:\n" + "\n".join(found)
    )


def test_the_check_sees_words_in_tuples_comparisons_and_patterns() -> None:
    source = """
RELATIVE = ("que", "who")
def starts(word, groups):
    '''de la même'''
    if word.low == "lorsque" or word.low in groups.get("avec", ()):
        return word.text.startswith("d’")
    return re.compile(r"(?:sans|without)\\\\s+\\\\w+").match(word.text)
"""
    told = {word for _, word in told_words(source)}
    assert told == {"que", "who", "lorsque", "d'", "sans", "without"}


def test_a_word_of_a_language_alone_is_no_key() -> None:
    """Keys are English: the small words of the other languages are never let through."""
    small = {"que", "qui", "avec", "sans", "pour", "und", "der", "mit", "para", "desde"}
    assert not (small & own_keys()) - {"und"}
