"""The words of texts as a search compares them, and the rows of the store's table of tokens.

A token is a word folded as `registry.fold` folds names, or two words of a known name ("south
sudan"), so that names of several words are found where they are whole. The table has a row a token
and part: the numbers of the rows (`row_number`) in whose text it stands. It is made of the other
tables alone, so it can be thrown away and made anew at any time (`events.token_table`).
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from events.other_names import known_pairs
from events.registry import fold
from events.tables import SCHEMAS
from events.transliteration import is_cyrillic, sound, sound_table, spellings, tables

Ints = npt.NDArray[np.int64]
EVENT, TITLE, TEXT = "event", "title", "text"  # parts: quote and headline; title; text of articles
# columns of the tables that the tokens are made of
ARTICLES = ("article_id", "load_id", "title")
EVENTS = ("article_id", "load_id", "event_id", "quote", "headline")
TEXTS = ("article_id", "load_id", "text")
COVERED = "covered"  # token `made_with`: the article rows whose words are in the table
SHORTEST_SOUND = 5  # letters: shorter words that sound alike (route, Rutte) are different words
# marks that a letter may be followed by: Latin and Cyrillic, Hebrew, Arabic
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]*)+")


def row_number(ids: Ints, load_ids: Ints) -> Ints:
    """The number of a row of events or articles: of this revision alone, not of others."""
    return ids ^ load_ids


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as written with its first and last offset, in code points, end exclusive."""
    for found in _WORD.finditer(text):
        yield found[0], found.start(), found.end()


@functools.lru_cache(maxsize=200_000)
def folded(word: str) -> tuple[str, ...]:
    """The tokens of a word as written: nearly always one."""
    return tuple(fold(word).split())


@functools.lru_cache(maxsize=200_000)
def sounds(word: str) -> tuple[str, ...]:
    """How a word as written sounds, in Latin letters: none for a short one or a number.

    A Cyrillic word sounds as each language would spell it, by Russian and by Ukrainian rules.
    """
    spelt = latin(word) if is_cyrillic(word) else folded(word)
    found = {_sound(each) for each in spelt if each.isascii() and each.isalpha()}
    return tuple(sorted(each for each in found if len(each) >= SHORTEST_SOUND))


def latin(word: str) -> tuple[str, ...]:
    """A Cyrillic word as the languages that use Latin letters spell it, folded."""
    spelt = {fold(each) for rules in (False, True) for each in spellings(word, rules)}
    return tuple(sorted(spelt))


def _sound(plain: str) -> str:
    for told, ending in sound_table()["endings"]:
        if plain.endswith(told):
            plain = plain[: -len(told)] + ending
    return sound(plain)


class TokenRows:
    """Tokens of texts, gathered by part."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._sounds: dict[str, set[str]] = defaultdict(set)

    def add(self, part: str, row: int, *texts: str) -> None:
        """The words of the texts stand in that row; each token counts once."""
        found: dict[str, str] = {}
        for text in texts:
            told = [(token, word) for word, _s, _e in words(text) for token in folded(word)]
            found.update(told)
            pairs = (f"{a} {b}" for (a, _w), (b, _v) in itertools.pairwise(told))
            found.update((pair, "") for pair in pairs if pair in known_pairs())
        for token, word in found.items():
            self._rows[token, part].append(row)
            self._sounds[token].update(sounds(word))

    def cover(self, row: int) -> None:
        """All words of that article row were added."""
        self._rows[made_with(), COVERED].append(row)

    def table(self) -> pa.Table:
        """The rows of the table of tokens, sorted by token."""
        told = sorted(self._rows.items())
        columns = {
            "token": [token for (token, _part), _rows in told],
            "part": [part for (_token, part), _rows in told],
            "sounds": [sorted(self._sounds.get(token, ())) for (token, _part), _rows in told],
            "rows": [rows for _key, rows in told],
        }
        return pa.table(columns, schema=SCHEMAS["tokens"])


@functools.cache
def made_with() -> str:
    """A hash of the names and spellings that tokens are made with: with others, they are others."""
    told = (*sorted(known_pairs()), json.dumps([sound_table(), tables()], sort_keys=True))
    return hashlib.blake2b("\n".join(told).encode(), digest_size=8).hexdigest()


def numbers(table: pa.Table, id_column: str = "article_id") -> Ints:
    """`row_number` of each row."""
    return row_number(*(table.column(name).to_numpy() for name in (id_column, "load_id")))


def of_rows(articles: pa.Table, events: pa.Table, texts: pa.Table) -> pa.Table:
    """Tokens of article rows (ARTICLES), of the rows of EVENTS and of TEXTS that go with them."""
    found, among = TokenRows(), numbers(articles)
    for number, title in zip(among.tolist(), articles.column("title").to_pylist(), strict=True):
        found.add(TITLE, number, title or "")
        found.cover(number)
    mine = events.filter(np.isin(numbers(events), among))
    told = (mine.column(name).to_pylist() for name in ("quote", "headline"))
    for number, *told_of in zip(numbers(mine, "event_id").tolist(), *told, strict=True):
        found.add(EVENT, number, *(each or "" for each in told_of))
    mine = texts.filter(np.isin(numbers(texts), among))
    for number, text in zip(numbers(mine).tolist(), mine.column("text").to_pylist(), strict=True):
        found.add(TEXT, number, text or "")
    return found.table()


def merged(table: pa.Table, current: Ints) -> pa.Table:
    """One row a token and part, with the numbers that are `current`; sorted by token."""
    rows, counts = _flattened(table)
    key = pa.array([f"{t}\n{p}" for t, p in _pairs(table)], pa.string()).dictionary_encode()
    code = np.repeat(key.indices.to_numpy(), counts)
    kept = np.isin(rows, current)
    rows, code = rows[kept], code[kept]
    order = np.argsort(code, kind="stable")
    filled, starts = np.unique(code[order], return_index=True)
    offsets = np.append(starts, len(code)).astype(np.int32)
    first = np.unique(key.indices.to_numpy(), return_index=True)[1][filled]
    told = table.select(["token", "part", "sounds"]).take(pa.array(first))
    lists = pa.ListArray.from_arrays(pa.array(offsets), pa.array(rows[order]))
    return told.append_column("rows", lists).cast(SCHEMAS["tokens"]).sort_by("token")


def _pairs(table: pa.Table) -> Iterable[tuple[str, str]]:
    columns = (table.column(name).to_pylist() for name in ("token", "part"))
    return zip(*columns, strict=True)


def _flattened(table: pa.Table) -> tuple[Ints, Ints]:
    """All numbers of the rows, and how many each row has."""
    lists = table.column("rows").combine_chunks()
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    return lists.flatten().to_numpy(), np.diff(lists.offsets.to_numpy())
