"""The words that name actors in one language, as an index from the first token to phrases.

An entry is a phrase of tokens with what it stands for. Tokens are compared folded (no case, no
accents) and, where the language inflects, without the ending; a capital in the entry must be a
capital in the text, and an acronym matches capitals only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any, Literal

from events.languages import language_codes
from events.model import ActorKind
from events.reference import (
    demonyms,
    office_holders,
    organisations,
    outlets,
    state_aliases,
    states,
)
from events.registry import fold
from loaders.text.words import words

Role = Literal[
    "name", "capital", "adjective", "people", "person", "agent", "office", "definite", "group"
]

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+")
_GLUE = re.compile(r"[\s\-\u2010\u2011'’ʼ.\u00a0\u202f]{0,3}")
_SHORT_STEM = 3


@dataclass(frozen=True)
class ActorToken:
    """One word. `key` is its form for comparison with entries; `glued`: no break before it."""

    text: str
    key: str
    start: int
    end: int
    glued: bool
    gap: str


@dataclass(frozen=True)
class ActorEntry:
    """A phrase of the lexicon. `code` is an actor's, or "" for agent and office nouns."""

    keys: tuple[str, ...]
    shape: tuple[str, ...]
    role: Role
    code: str = ""
    kind: ActorKind = "state"
    label: str = ""


@dataclass(frozen=True)
class Atom:
    """Entries of one length found at tokens first:last (last exclusive)."""

    first: int
    last: int
    entries: tuple[ActorEntry, ...]

    def of_role(self, *roles: Role) -> tuple[ActorEntry, ...]:
        """The entries that have one of the roles."""
        return tuple(entry for entry in self.entries if entry.role in roles)


@dataclass(frozen=True)
class ActorLexicon:
    """All entries of a language and its word lists."""

    lang: str
    index: dict[str, tuple[ActorEntry, ...]]
    lists: dict[str, frozenset[str]]
    tables: dict[str, Any]
    endings: tuple[str, ...]
    home: frozenset[str] = frozenset()


def tokenise(text: str, endings: tuple[str, ...]) -> list[ActorToken]:
    """Words of a text in order, with folded and stemmed keys."""
    tokens: list[ActorToken] = []
    last = 0
    for found in _TOKEN.finditer(text):
        gap = text[last : found.start()]
        glued = bool(tokens) and _GLUE.fullmatch(gap) is not None and not _ends(gap, tokens[-1])
        word = found.group()
        tokens.append(ActorToken(word, _key(word, endings), found.start(), found.end(), glued, gap))
        last = found.end()
    return tokens


def _ends(gap: str, before: ActorToken) -> bool:
    """True where the gap is a full stop that closes a sentence rather than an abbreviation."""
    return "." in gap and len(before.text) > 3


@functools.lru_cache(maxsize=65_536)
def _key(word: str, endings: tuple[str, ...]) -> str:
    key = fold(word).replace(" ", "")
    if not endings or (word.isupper() and len(word) > 1):
        return key
    for ending in endings:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORT_STEM:
            return key[: -len(ending)]
    return key


@functools.cache
def lexicon(lang: str) -> ActorLexicon:
    """The lexicon of a language; without a word table only names are known."""
    table = words(lang, "actors")
    endings = tuple(sorted(map(_plain, table.get("endings", ())), key=len, reverse=True))
    index: dict[str, list[ActorEntry]] = {}
    for entry in _entries(lang, table, endings):
        if entry.keys:
            index.setdefault(entry.keys[0], []).append(entry)
    ordered = {
        key: tuple(sorted(found, key=lambda e: (-len(e.keys), _PRIORITY[e.role])))
        for key, found in index.items()
    }
    lists = {
        name: frozenset(_key(token.text, endings) for word in value for token in tokenise(word, ()))
        for name, value in table.items()
        if isinstance(value, list)
    }
    home = frozenset(fold(text) for text in table.get("home", ()))
    return ActorLexicon(lang, ordered, lists, table, endings, home)


_PRIORITY: dict[Role, int] = {
    "name": 0,
    "definite": 1,
    "capital": 2,
    "person": 3,
    "people": 4,
    "adjective": 5,
    "office": 6,
    "agent": 7,
    "group": 8,
}


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")


def _entries(lang: str, table: dict[str, Any], endings: tuple[str, ...]) -> Iterator[ActorEntry]:
    def entry(
        text: str, role: Role, code: str = "", party_kind: ActorKind = "state", label: str = ""
    ) -> ActorEntry:
        tokens = tokenise(text, endings)
        shape = tuple(token.text for token in tokens)
        return ActorEntry(tuple(t.key for t in tokens), shape, role, code, party_kind, label)

    for state in states():
        for tongue in dict.fromkeys((lang, *language_codes())):
            if state.get(f"name_{tongue}") and (tongue == lang or _alien(lang, tongue)):
                yield entry(state[f"name_{tongue}"], "name", state["code"])
    for row in state_aliases():
        if row.lang in ("*", lang):
            role: Role = "capital" if row.form == "capital" else "name"
            for text in row.texts:
                yield entry(text, role, row.code, _FORM_KINDS[row.form], row.form)
    for code, body in organisations().items():
        texts = [*body.get("any", ()), *body.get(lang, ()), *body.get("bodies", ())]
        for text in dict.fromkeys(texts):
            yield entry(text, "name", code, body["kind"], "organisation")
    for outlet in outlets():
        for text in (outlet.name, *outlet.aliases):
            yield entry(text, "name", f"X:{outlet.name}", "media", "organisation")
    for row_ in demonyms(lang):
        for text in row_.adjectives:
            yield entry(text, "adjective", row_.code)
        for text in row_.nouns:
            yield entry(text, "people", row_.code, "group")
    for person in dict.fromkeys(holder.person for holder in office_holders()):
        for text in _person_names(person):
            yield entry(text, "person", person, "person")
    for party_kind, texts in table.get("agents", {}).items():
        for text in texts:
            yield entry(text, "agent", "", party_kind)
    for office, texts in table.get("offices", {}).items():
        for text in texts:
            yield entry(text, "office", "", "person", office)
    for label in ("definite", "always"):
        for code, texts in table.get(label, {}).items():
            for text in texts:
                yield entry(text, "definite", code, "bloc", label)
    for party_kind, texts in table.get("groups", {}).items():
        for text in texts:
            yield entry(text, "group", "", party_kind)


_FORM_KINDS: dict[str, ActorKind] = {
    "name": "state",
    "capital": "government",
    "palace": "government",
    "government": "government",
    "ministry": "government",
    "parliament": "government",
    "agency": "government",
    "military": "military",
}


def _alien(lang: str, tongue: str) -> bool:
    """Latin names of other languages are read too where a language has no table of its own."""
    return not words(lang, "actors") and tongue == "en"


@functools.cache
def _names_of_persons() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for holder in office_holders():
        table[holder.person] = (*table.get(holder.person, ()), holder.person, *holder.aliases)
    return table


def _person_names(person: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_names_of_persons()[person]))


def find_atoms(tokens: Sequence[ActorToken], lex: ActorLexicon) -> list[Atom]:
    """The longest entries at each token, left to right, non-overlapping."""
    atoms: list[Atom] = []
    at = 0
    while at < len(tokens):
        atom = longest(tokens, at, lex)
        if atom is not None:
            atoms.append(atom)
        at = atom.last if atom is not None else at + 1
    return atoms


def longest(tokens: Sequence[ActorToken], at: int, lex: ActorLexicon) -> Atom | None:
    """The entries that begin at a token, all of the greatest length that fits."""
    found: list[ActorEntry] = []
    size = 0
    for entry in lex.index.get(tokens[at].key, ()):
        if found and len(entry.keys) < size:
            break
        if fits(tokens[at : at + len(entry.keys)], entry):
            found.append(entry)
            size = len(entry.keys)
    if lex.endings:
        # one stem, two words ("Ukraine", "Ukrainer"): what shares more letters comes first
        found.sort(key=lambda entry: -_shared(tokens[at + size - 1].text, entry.shape[-1]))
    return Atom(at, at + size, tuple(found)) if found else None


def _shared(left: str, right: str) -> int:
    """Number of leading letters that two words share, case aside."""
    return len(commonprefix([left.casefold(), right.casefold()]))


def fits(found: Sequence[ActorToken], entry: ActorEntry) -> bool:
    """True where the tokens are those of the entry, unbroken and with its capitals."""
    if len(found) != len(entry.keys):
        return False
    if any(token.key != key for token, key in zip(found, entry.keys, strict=True)):
        return False
    if any(not token.glued for token in found[1:]):
        return False
    return all(map(_same_shape, (token.text for token in found), entry.shape))


def _same_shape(text: str, shape: str) -> bool:
    """Capitals asked for are there: the first letter of a name, all of an acronym."""
    letters = shape.replace(".", "")
    if len(letters) > 1 and letters.isupper():
        return text.isupper()
    return text[0].isupper() if letters[0].isupper() else True
