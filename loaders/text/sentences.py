"""Sentence boundaries by rules, the same for every language and with or without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.text.words import words

_BREAK = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*|[.!?…]+[\s\u00a0\u202f]*»)(?=[\s\u00a0\u202f])")
_OPENERS = "\"'“‘«([—–-¿¡"
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$")  # "J." in "J. Biden", "U.S."
_COMMON = ("M", "Mr", "Mrs", "Ms", "Dr", "St", "Mme", "vs", "etc", "No", "Gen", "Col", "Lt", "Sgt")


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each non-empty line, stripped of outer white space."""
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        piece = line.group()
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if body:
            yield line.start() + lead, line.start() + lead + len(body)


def sentence_spans(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of text[start:end], stripped of outer white space."""
    abbreviations = frozenset(_COMMON) | frozenset(words(lang).get("abbreviations", ()))
    begin = start
    for found in _BREAK.finditer(text, start, end):
        if _is_boundary(text, begin, found, end, abbreviations):
            yield from _stripped(text, begin, found.end())
            begin = found.end()
    yield from _stripped(text, begin, end)


def _is_boundary(
    text: str, begin: int, found: re.Match[str], end: int, abbreviations: frozenset[str]
) -> bool:
    rest = text[found.end() : min(end, found.end() + 12)].lstrip().lstrip(_OPENERS).lstrip()
    if not rest:
        return True
    if not (rest[0].isupper() or rest[0].isdigit() or not rest[0].isalpha()):
        # scripts without letter case have no capitals to wait for
        return rest[0].isalpha() and rest[0].upper() == rest[0].lower()
    if not found.group().startswith(".") or len(found.group()) > 1:
        return True
    before = text[max(begin, found.start() - 24) : found.start() + 1]
    word = re.split(r"[\s(\u00a0\u202f'’]", before)[-1].rstrip(".")
    return not (word in abbreviations or _INITIAL.search(before))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    body = piece.strip()
    if body:
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + lead + len(body)
