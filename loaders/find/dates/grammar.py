r"""The date grammar of one language, compiled from data/languages/<lang>.toml.

A table maps a value to its spellings, divided by "|"; in a spelling a space stands for any white
space, ' for any apostrophe, a closing * for any ending. A form is a regular expression in which
``{month}`` stands for a spelling of that table, caught under its name, ``{month:month_2}`` under
another, and ``{=unit}`` uncaught. ``{day}``, ``{year}``, ``{year__modern}`` (from 1800), ``{yy}``,
``{n}``, ``{hour}`` and ``{minute}`` are built in. A table named ``weekday__stem`` gives the field
``weekday``; __stem begins a longer word, __tail ends one ("Freitagabend"). How to write one:
docs/languages.md.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from loaders.text.words import words

SPACE = r"(?:[\s\u00a0\u202f]+)"
TOKEN = re.compile(r"\d+|[^\W\dʼ]+")
_FLAGS = re.IGNORECASE
_BUILT_IN = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "mm": r"(?:1[0-2]|0?[1-9])",
    "year": r"(?:1\d{3}|20\d\d)",
    "year__modern": r"(?:1[89]\d\d|20\d\d)",
    "yy": r"\d\d",
    "hour": r"(?:2[0-4]|1\d|0?\d)",
    "minute": r"[0-5]\d",
    "decade": r"1[0-9]\d0|20\d0",
    "decade_yy": r"[0-9]0",
}
_CLASS_OR_MARK = re.compile(r"\[(?:\\.|[^\]\\])*\]|[ ']")
_HOLE = re.compile(r"\{(=?)([a-z_]+)(?::([a-z_0-9]+))?\}")


@dataclass(frozen=True)
class Form:
    """One pattern: the compiled expression, the cue words it needs, and what it means."""

    regex: re.Pattern[str]
    needs: frozenset[str]
    meaning: Mapping[str, Any]
    order: int


@dataclass(frozen=True)
class Guard:
    """A context pattern in which an expression dates no event, or is no date at all."""

    reason: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    text: re.Pattern[str] | None
    drop: bool


@dataclass(frozen=True)
class Grammar:
    """The date grammar of a language. `context` holds the patterns for words around a date,
    `bounds` phrases that bound an act by another one ("hours before", "since then")."""

    lang: str
    forms: tuple[Form, ...]
    cues: Mapping[str, frozenset[str]]
    stems: tuple[tuple[str, frozenset[str]], ...]
    guards: tuple[Guard, ...]
    context: Mapping[str, re.Pattern[str]]
    bounds: tuple[Form, ...]
    tenses: tuple[tuple[str, re.Pattern[str]], ...]
    settings: Mapping[str, Any]
    tables: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(repr=False)
    seen: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    def value(self, table: str, text: str) -> str:
        """The value of a spelling in a table; "" where it has none."""
        key = (table, text)
        if key not in self.seen:
            rows = self.tables.get(table, ())
            self.seen[key] = next((v for pattern, v in rows if pattern.fullmatch(text)), "")
        return self.seen[key]


@functools.cache
def grammar(lang: str) -> Grammar | None:
    """The date grammar of a language, or None where data/languages/ holds none.

    Raises ValueError naming the file, the form and the fault where a form cannot be compiled.
    """
    data = words(lang).get("dates")
    if not data:
        return None
    tables = {name: _table(rows) for name, rows in data.get("words", {}).items()}
    cased = set(data.get("settings", {}).get("cased", ()))
    sources = {name: _alternatives(rows, cased) for name, rows in tables.items()}
    sources |= {k: v for k, v in _BUILT_IN.items() if k not in sources}
    sources["n"] = f"(?:\\d{{1,3}}|{sources['number']})" if "number" in sources else r"\d{1,3}"
    cues, stems = _cues(tables)
    compiler = functools.partial(_compile, lang, sources)
    return Grammar(
        lang=lang,
        forms=tuple(_forms(data.get("forms", ()), compiler, tables)),
        bounds=tuple(_forms(data.get("bounds", ()), compiler, tables)),
        cues=cues,
        stems=stems,
        guards=tuple(_guard(row, compiler) for row in data.get("guards", ())),
        context={k: _context(k, v, compiler) for k, v in data.get("context", {}).items()},
        tenses=tuple(
            (name.split("_")[0], compiler("|".join(rows), edges=True))
            for name, rows in data.get("tense", {}).items()
        ),
        settings=data.get("settings", {}),
        tables={
            name: tuple((re.compile(_word(w, cased), _FLAGS), value) for w, value in rows)
            for name, rows in tables.items()
        },
    )


def _forms(
    rows: Iterable[Mapping[str, Any]],
    compiler: functools.partial[re.Pattern[str]],
    tables: Mapping[str, Any],
) -> Iterator[Form]:
    for number, row in enumerate(rows):
        meaning = {k: v for k, v in row.items() if k != "form"}
        needs = _required_cues(row["form"], tables)
        yield Form(compiler(row["form"], edges=True), needs, meaning, number)


def _table(rows: Mapping[str, str]) -> list[tuple[str, str]]:
    """(spelling, value) of a table, the longest spelling first."""
    pairs = [(word, value) for value, spelt in rows.items() for word in spelt.split("|")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _word(word: str, cased: set[str]) -> str:
    """A spelling as a regular expression."""
    source = re.escape(word.rstrip("*")).replace(r"\ ", SPACE).replace("'", "['’ʼ]")
    source += r"\w*" if word.endswith("*") else ""
    return f"(?-i:{source})" if word in cased else source


def _alternatives(rows: list[tuple[str, str]], cased: set[str]) -> str:
    return f"(?:{'|'.join(_word(word, cased) for word, _ in rows)})"


def _compile(lang: str, sources: Mapping[str, str], form: str, edges: bool) -> re.Pattern[str]:
    try:
        taken: dict[str, int] = {}
        source = _HOLE.sub(lambda m: _as_group(m, sources, taken), _CLASS_OR_MARK.sub(_mark, form))
        if edges:
            source = rf"(?<![\w])(?<!\d[.,:])(?:{source})(?!\w)(?![.,:]\d)"
        return re.compile(source, _FLAGS)
    except (KeyError, re.error) as error:
        raise ValueError(
            f"data/languages/{lang}.toml: the form {form!r} does not compile ({error}); "
            "check the names in braces against the tables of [dates.words]"
        ) from error


def _mark(found: re.Match[str]) -> str:
    """A space or an apostrophe of a form; in a [class] they stay members of the class."""
    text = found.group()
    if text.startswith("["):
        return text.replace(" ", r"\s\u00a0\u202f").replace("'", "'’ʼ")
    return SPACE if text == " " else "['’ʼ]"


def _as_group(hole: re.Match[str], sources: Mapping[str, str], taken: dict[str, int]) -> str:
    """A placeholder ({month}) as a regex group; a repeated name gets a number after "__"."""
    source = sources[hole[2]]
    if hole[1]:
        return source
    name = hole[3] or hole[2]
    taken[name] = taken.get(name, 0) + 1
    return f"(?P<{name}>{source})" if taken[name] == 1 else f"(?P<{name}__{taken[name]}>{source})"


def _context(name: str, form: str, compiler: functools.partial[re.Pattern[str]]) -> re.Pattern[str]:
    """Patterns named before_* end where the date begins; after_* begin where it ends."""
    if name.startswith("before"):
        return compiler(rf"(?<!\w)(?:{form})$", edges=False)
    return compiler(form, edges=False)


def _guard(row: Mapping[str, Any], compiler: functools.partial[re.Pattern[str]]) -> Guard:
    return Guard(
        row["reason"],
        compiler(rf"(?<!\w)(?:{row['before']})$", edges=False) if "before" in row else None,
        compiler(row["after"], edges=False) if "after" in row else None,
        compiler(row["text"], edges=False) if "text" in row else None,
        bool(row.get("drop", False)),
    )


def _required_cues(form: str, tables: Mapping[str, Any]) -> frozenset[str]:
    """The cues that a form needs: its placeholders outside brackets and alternatives."""
    if _has_top_alternatives(form):
        return frozenset()
    flat, depth = [], 0
    for char in form:
        depth += (char == "(") - (char == ")")
        flat.append(char if depth == 0 else " ")
    names = set()
    for hole in _HOLE.finditer("".join(flat)):
        optional = "".join(flat)[hole.end() : hole.end() + 1] in ("?", "*")
        if not optional and not hole[2].endswith("__tail"):
            names.add(hole[2] if hole[2] in tables else "digit" if hole[2] in _BUILT_IN else "")
    return frozenset(names - {""})


def _has_top_alternatives(form: str) -> bool:
    """Whether a form has alternatives outside brackets."""
    depth = 0
    for char in form:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _cues(
    tables: Mapping[str, list[tuple[str, str]]],
) -> tuple[dict[str, frozenset[str]], tuple[tuple[str, frozenset[str]], ...]]:
    """First word of every spelling -> names of the tables it may begin; and the same for stems."""
    first: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for name, rows in tables.items():
        for word, _ in () if name.endswith("__tail") else rows:
            found = TOKEN.match(word.lower())
            if found:
                stem = name.endswith("__stem") or word[found.end() :] == "*"
                (stems if stem else first).setdefault(found.group(), set()).add(name)
    return (
        {word: frozenset(names) for word, names in first.items()},
        tuple((stem, frozenset(names)) for stem, names in stems.items()),
    )
