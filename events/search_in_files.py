"""A text search over a store whose events stay in its files: where a word stands, as a condition.

What the words mean is planned as for events in memory (`events.word_search`), over the distinct
tokens and names of the store; which rows hold a token is asked of the files of the table of tokens.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable

import pyarrow as pa

from events.conditions import ALWAYS, ColumnsInFiles, Condition, all_of, any_of, listed
from events.events_in_files import COUNTED
from events.registry import actor
from events.search_index import Names, all_names
from events.tokens import EVENT, TITLE
from events.word_search import (
    ACTOR,
    FIELDS,
    OUTLET,
    PLACE,
    SENTENCE,
    Group,
    Plan,
    Vocabulary,
    plan,
)

TOKENS = "tokens_asked"  # the view of tokens, those of the files and those made when asked
_KEYS = {SENTENCE: (EVENT, "event_key"), TITLE: (TITLE, "article_key")}
_KEPT = 16


class SearchInFiles:
    """Searches one version of a store; `ask` runs SQL where TOKENS is a view."""

    def __init__(self, columns: ColumnsInFiles, ask: Callable[[str], pa.Table]) -> None:
        self._columns, self._ask = columns, ask
        self._codes = columns.delegates.codes()
        self._names = {
            OUTLET: Names([value] for value in columns.text("source").values),
            PLACE: Names(all_names([value]) for value in columns.text("place_name").values),
            ACTOR: Names(all_names(actor(code).names.values()) for code in self._codes),
        }
        told = ask(f"SELECT token, any_value(sounds) AS sounds FROM {TOKENS} GROUP BY token")
        tokens, sounding = (told.column(name).to_pylist() for name in ("token", "sounds"))
        self._tokens = dict(zip(tokens, sounding, strict=True))
        heard: dict[str, Iterable[str]] = dict(self._tokens)
        for names in self._names.values():
            heard |= names.sounds
        self._vocabulary = Vocabulary(heard)
        self.plan = functools.lru_cache(maxsize=_KEPT)(self._plan)

    def _plan(self, text: str) -> Plan:
        return plan(text, self._vocabulary)

    def matching(self, text: str) -> Condition:
        """Which events hold all of the search text."""
        groups = self.plan(text).groups
        return all_of(any_of(self._in_fields(group).values()) for group in groups)

    def fields_of(self, text: str, event_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """The fields in which some events hold the text, the best first; () where not all of it."""
        groups = [self._in_fields(group) for group in self.plan(text).groups]
        best = [
            "".join(f" WHEN {told.text} THEN '{name}'" for name, told in each.items())
            for each in groups
        ]
        if not best or not event_ids:
            return dict.fromkeys(event_ids, ())
        named = ", ".join(f"CASE{sql} END AS g{n}" for n, sql in enumerate(best))
        rows = self._ask(
            f"SELECT event_id, {named} FROM {COUNTED} WHERE event_id IN ({listed(event_ids)})"
        )
        return {row["event_id"]: _fields(list(row.values())[1:]) for row in rows.to_pylist()}

    def _in_fields(self, group: Group) -> dict[str, Condition]:
        """Where the group stands, field by field, the best first."""
        found = {name: self._standing(group, *_KEYS[name]) for name in _KEYS}
        values = {name: self._names[name].values(group) for name in self._names}
        found[OUTLET] = self._columns.text("source").of(values[OUTLET])
        found[PLACE] = self._columns.text("place_name").of(values[PLACE])
        found[ACTOR] = self._columns.naming({self._codes[n] for n in values[ACTOR]})
        return {name: found[name] for name in FIELDS if name in found}

    def _standing(self, group: Group, part: str, key: str) -> Condition:
        """Which rows hold a phrase: one of the tokens of each of its words."""
        single = frozenset[str]().union(*(p.keys[0] for p in group if len(p.keys) == 1))
        phrases = [(single,), *(p.keys for p in group if len(p.keys) > 1)]
        return any_of(self._holding(keys, part, key) for keys in phrases)

    def _holding(self, keys: Collection[frozenset[str]], part: str, key: str) -> Condition:
        known = [meant & self._tokens.keys() for meant in keys]
        if not all(known):
            return ~ALWAYS
        return all_of(
            Condition(
                f"({key} IN (SELECT unnest(rows) FROM {TOKENS} "
                f"WHERE part = '{part}' AND token IN ({listed(meant)})))"
            )
            for meant in known
        )


def _fields(best: list[str | None]) -> tuple[str, ...]:
    found = {name for name in best if name is not None}
    return tuple(name for name in FIELDS if name in found) if None not in best else ()
