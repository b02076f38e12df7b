"""A first mapping of a table that Frise does not know: its columns guessed by their names.

It is TOML to be mended by hand; the values of the column of types are listed for Frise's types.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from events.coders import CODED_DIR
from events.ontology import EVENT_TYPES
from loaders.readers.coded.cells import cells_of, fitted
from loaders.readers.source_file import UnreadableError

ROWS = 2_000  # that are looked at for the values of the type
MOST_VALUES = 60


def mapping_of(path: Path) -> str:
    """The mapping as TOML, with what could not be guessed as words to fill in.

    Raises UnreadableError where the file is no table.
    """
    rows = cells_of(path)
    header = [cell.strip() for cell in next(rows, ("", []))[1]]
    if len(header) < 2:
        remedy = "Give a CSV or XLSX with the names of its columns in the first row."
        raise UnreadableError("header", ", ".join(header), "the file is no table", remedy)
    found = _guessed(header)
    values: Counter[str] = Counter()
    if "type" in found:
        place = header.index(found["type"])
        for _, (_where, cells) in zip(range(ROWS), rows, strict=False):
            values[fitted(cells, header)[place].strip()] += 1
    return "\n".join(_lines(path, header, found, [v for v, _ in values.most_common(MOST_VALUES)]))


def _guessed(header: Sequence[str]) -> dict[str, str]:
    """What the columns may tell -> the column; each column once."""
    left = {name.casefold(): name for name in reversed(header) if name}
    found = {}
    for what, names in _names().items():
        known = next((name for name in names if name in left), None)
        if known:
            found[what] = left.pop(known)
    return found


def _lines(
    path: Path, header: Sequence[str], found: dict[str, str], values: list[str]
) -> list[str]:
    def text(what: str) -> str:
        return _quoted(found.get(what, "?"))

    names = {found[kind]: kind for kind in ("city", "region", "country") if kind in found}
    quote = [f"quote = [{text('quote')}]"] if "quote" in found else []
    url = [f"url = {text('url')}"] if "url" in found else []
    last = [f"last = {text('last')}"] if "last" in found else []
    told = [
        f"# columns of the table: {', '.join(header)}",
        f'# types of Frise: {", ".join(EVENT_TYPES)}, with a mode or without; "" for none',
        f"coder = {_quoted(path.stem)}",
        f"id = [{text('id')}]",
        *quote,
        *url,
        "[date]",
        f"first = {text('first')}",
        *last,
        "[type]",
        f"columns = [{text('type')}]",
        "[type.values]",
        *(f'{_quoted(value)} = ""' for value in values if value),
    ]
    if names:
        told += ["[place.names]", *(f"{_quoted(n)} = {_quoted(k)}" for n, k in names.items())]
        told.insert(-len(names) - 1, _place(found))
    if "killed" in found:
        told += ["[deaths]", f"killed = {text('killed')}"]
    for side, what in (("first", "acting"), ("second", "acted_upon")):
        if what in found:
            told += ["[[parties]]", f'side = "{side}"', f"name = {text(what)}"]
    return [*told, ""]


def _place(found: dict[str, str]) -> str:
    lines = ["[place]"]
    if "country" in found:
        lines.append(f"country = [{_quoted(found['country'])}]")
    lines += [f"{what} = {_quoted(found[what])}" for what in ("lat", "lon") if what in found]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a basic string of TOML is one of JSON


@functools.cache
def _names() -> dict[str, list[str]]:
    with (CODED_DIR / "column_names.toml").open("rb") as file:
        return tomllib.load(file)
