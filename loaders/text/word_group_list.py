"""The word groups and the languages that lack them, as a list in docs/languages.md.

`python -m loaders.text.word_group_list` writes it there.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from events.ontology import EVENT_TYPES
from loaders.text.word_groups import ANY, WordGroup, word_groups
from loaders.text.words import KINDS, languages, words

DOCS = Path(__file__).resolve().parents[2] / "docs" / "languages.md"
BEGIN, END = "<!-- word groups: begin -->\n", "<!-- word groups: end -->\n"

Tables = Mapping[str, Mapping[str, Any]]  # language -> the tables of one of its files


def tables_of(kind: str) -> Tables:
    """The files of a kind by language, languages without such a file left out."""
    found = {lang: words(lang, "" if kind == "main" else kind) for lang in languages()}
    return {lang: table for lang, table in found.items() if table}


def lacks(group: WordGroup, tables: Tables) -> list[str]:
    """Languages of these tables that lack the group, in order."""
    return [lang for lang, table in tables.items() if not _has(table, group.path)]


def _has(table: Any, path: tuple[str, ...]) -> bool:
    if not path:
        return True
    if not isinstance(table, dict):
        return False
    name, rest = path[0], path[1:]
    if name in (ANY, "TYPE", "MODE"):
        return any(_has(value, rest) for key, value in table.items() if _fits(name, key))
    return name in table and _has(table[name], rest)


def _fits(name: str, key: str) -> bool:
    return key in EVENT_TYPES if name == "TYPE" else True


def markdown() -> str:
    """The list as Markdown, a table a kind of file."""
    return "".join(map(_section, KINDS))


def _section(kind: str) -> str:
    tables = tables_of(kind)
    suffix = "" if kind == "main" else f".{kind}"
    lines = [
        f"\n### `<lang>{suffix}.toml`\n",
        f"Written for {', '.join(tables)}.\n",
        "| group | what it holds | example | read by | lacking in |",
        "|---|---|---|---|---|",
    ]
    lines += [_row(group, tables) for group in word_groups() if group.file == kind]
    return "\n".join(lines) + "\n"


def _row(group: WordGroup, tables: Tables) -> str:
    name, missing = ".".join(group.path), " ".join(lacks(group, tables))
    return f"| `{name}` | {group.means} | `{group.example}` | `{group.read_by}` | {missing} |"


def with_list(page: str, listed: str) -> str:
    """The page with the list between its two marks; ValueError where a mark is missing."""
    if BEGIN not in page or END not in page:
        raise ValueError(f"docs/languages.md: the marks {BEGIN.strip()} and {END.strip()} are gone")
    head, _, rest = page.partition(BEGIN)
    return head + BEGIN + listed + END + rest.partition(END)[2]


def main() -> int:
    """Command line: write the list into docs/languages.md."""
    page = DOCS.read_text(encoding="utf-8")
    DOCS.write_text(with_list(page, markdown()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
