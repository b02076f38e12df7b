"""In which role a place is named: dateline, government, actor, or just mentioned.

A capital or a palace that speaks, acts or is dealt with is a government ("Moscou a averti", "aide
à Kyiv"); a country that acts or is dealt with is an actor; a spot where something lies or happens
stays "mentioned" (events turn it into "event"). Cues are words of the language (data); the parse
tells subject and object, without one the word order does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from events.geography import read_reference
from events.model import PlaceRole
from loaders.find.places.candidates import Span
from loaders.find.places.gazetteer import Entry
from loaders.find.places.words_near import cue_set, cues, ends_with_cue, stems_of, tokens
from loaders.text.document import Document, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

# what may stand between the place of a dateline and its dash: region, date, agency
_REGION = r"(?:\s*,\s*[^\W\d_][\w .’'-]{0,30})?"
_DAY = (
    r"(?:\s*,?\s*(?:le\s+|den\s+)?\d{1,2}\.?(?:er)?\s+[^\W\d_]+\.?(?:\s+\d{4})?"
    r"|\s*,?\s*[^\W\d_]+\.?\s+\d{1,2}(?:,?\s+\d{4})?)?"
)
_AGENCY = r"(?:\s*\([^)\n]{2,40}\))?(?:\s*,\s*[A-ZÀ-Ý]{2,8})?"
_DATELINE = re.compile(r"\.?" + _REGION + _DAY + _AGENCY + r"\s*(?:—|–|--|-)\s")
_CLAUSE = re.compile(r"[,;:()«»\"“”—–]")


def role_of(document: Document, sentence: Sentence, span: Span, entry: Entry | None) -> PlaceRole:
    """The role of a mention; "mentioned" where nothing says otherwise."""
    if _is_dateline(document, sentence, span):
        return "dateline"
    if entry is None:
        return "mentioned"
    acting = _acting_role(entry)
    if acting is None:
        return "mentioned"
    return acting if _acts(sentence, span, document.lang) else "mentioned"


def _acting_role(entry: Entry) -> PlaceRole | None:
    """The role this place has when it acts, None where it cannot stand for a state."""
    if entry.place.kind == "country":
        return "actor"
    if entry.capital or entry.place.id in palaces() | seats():
        return "government"
    return None


@functools.cache
def palaces() -> frozenset[str]:
    """Ids of own places that stand for a government or a command (Kremlin, Pentagon ...)."""
    rows = read_reference("places.csv")
    return frozenset(row["id"] for row in rows if row.get("role") == "government")


@functools.cache
def seats() -> frozenset[str]:
    """Ids of cities that stand for a government without being the listed capital (Tel Aviv)."""
    rows = read_reference("city_names.csv")
    return frozenset(row["id"] for row in rows if row.get("role") == "government")


def _is_dateline(document: Document, sentence: Sentence, span: Span) -> bool:
    """At the head of one of the first paragraphs, with a dash soon after."""
    if sentence.part != "text" or sentence.paragraph > 3:
        return False
    source = document.source_text("text")
    start, end = sentence.start + span.start, sentence.start + span.end
    line_start = source.rfind("\n", 0, start) + 1
    if source[line_start:start].strip(" (\u00a0*"):
        return _follows_dateline(source[line_start:start], source[end : end + 90])
    return _DATELINE.match(source[end : end + 90]) is not None and _dateline_like(
        source, start, end
    )


def _dateline_like(source: str, start: int, end: int) -> bool:
    """Capitals, or a date, an agency or a long dash after the name."""
    found = _DATELINE.match(source[end : end + 90])
    between = found.group() if found else ""
    return (
        source[start:end].isupper() or len(between.strip()) > 1 or "—" in between or "–" in between
    )


def _follows_dateline(head: str, rest: str) -> bool:
    """The second place of a dateline: "BEYROUTH/DAMAS", "SPRINGFIELD, Ill."."""
    short = len(head) < 40 and head.split(",")[0].split("/")[0].strip().isupper()
    return short and head.rstrip()[-1:] in ",/" and _DATELINE.match(rest) is not None


def _acts(sentence: Sentence, span: Span, lang: str) -> bool:
    """Whether the place is spoken of as a party and not as a spot."""
    before = _before(sentence, span, lang)
    if _is_second_of_two(before, lang):
        return True
    if ends_with_cue(before, lang, "dealing"):
        return not any(_stem_in(word.casefold(), lang, "travel_verbs") for word in before)
    if span.located:
        return _is_dealt_with(before, lang)
    complement = _noun_of(before, lang)
    if complement is not None:
        return _stem_in(complement, lang, "government_nouns", whole=True)
    return _parsed_role(sentence, span, lang)


def _is_second_of_two(before: list[str], lang: str) -> bool:
    """ "entre Pékin et Washington": the far side of a word for between."""
    bare = [word.casefold() for word in before]
    joined = bool(bare) and bare[-1] in cue_set(lang, "conjunctions")
    return joined and bool(set(bare[-4:-1]) & cue_set(lang, "between"))


def _before(sentence: Sentence, span: Span, lang: str) -> list[str]:
    """Words of the same clause before the mention, at most eight, as written."""
    head = _CLAUSE.split(sentence.text[: span.start])[-1]
    return [t.text for t in tokens(head, lang) if t.is_word][-8:]


def _is_dealt_with(before: list[str], lang: str) -> bool:
    """ "fournit à Kyiv", "aide militaire à Kyiv": giving to, asking or telling a party."""
    prepositions = cue_set(lang, "dative")
    bare = [word.casefold().rstrip("’'ʼ") for word in before]
    while bare and bare[-1] in cue_set(lang, "articles"):
        bare.pop()
    if not bare or bare[-1] not in prepositions:
        return False
    near = bare[-5:-1]
    verbs = any(_stem_in(word, lang, "dealing_verbs") for word in near)
    nouns = any(word in cue_set(lang, "dative_nouns") for word in near)
    return verbs or nouns


def _noun_of(before: list[str], lang: str) -> str | None:
    """The noun that a genitive preposition ties the mention to; None without one."""
    bare = [word.casefold().rstrip("’'ʼ") for word in before]
    while len(bare) > 1 and bare[-1] in cue_set(lang, "articles"):
        bare.pop()
    if not bare or bare[-1] not in cue_set(lang, "genitive"):
        return None
    if any(_stem_in(word, lang, "travel_verbs") for word in bare[-3:-1]):
        return ""
    nouns = cue_set(lang, "government_nouns") | cue_set(lang, "place_nouns")
    return next((word for word in reversed(bare[-4:-1]) if word in nouns), "")


def _stem_in(word: str, lang: str, name: str, whole: bool = False) -> bool:
    if whole:
        return word in cue_set(lang, name)
    return word.startswith(stems_of(lang, name))


def _parsed_role(sentence: Sentence, span: Span, lang: str) -> bool:
    """Subject, agent, possessor or object of a verb that is not one of places."""
    token = _head_token(sentence, span)
    if token is None:
        return _by_word_order(sentence, span, lang)
    first = token
    while _hangs_on_its_like(token) and token.head is not token:
        token = token.head
    label = token.dep_.split(":")[0]
    if label in ("compound", "amod", "poss", "nmod") and not list(_prepositions(token)):
        return _is_modifier_of_a_party(token, lang)
    if label in ("nsubj", "nsubjpass", "csubj", "agent"):
        return not _is_place_verb(token.head, lang, token.dep_)
    if label in ("obj", "dobj", "iobj", "dative"):
        return not _is_place_verb(token.head, lang, "obj")
    if token is not first and label in ("pobj", "obl", "nmod"):
        return any(word in cue_set(lang, "dealing") for word in _prepositions(token))
    return _by_word_order(sentence, span, lang)


def _hangs_on_its_like(token: Token) -> bool:
    """In a list or an apposition; or the second word of a name ("Aviv" of "Tel")."""
    if token.dep_ in ("conj", "appos"):
        return True
    of_name = token.head.i == token.i - 1 and token.head.text[0].isupper()
    return token.dep_ in ("nmod", "flat:name", "flat") and of_name


def _is_modifier_of_a_party(token: Token, lang: str) -> bool:
    """ "US troops", "London's reply" are parties; "Kyiv's streets" and "London's tram" are not."""
    noun = token.head.text.casefold()
    return noun in cue_set(lang, "government_nouns")


def _prepositions(token: Token) -> Iterator[str]:
    """The preposition a noun hangs on: its head in English, its `case` child in French."""
    if token.head.pos_ == "ADP":
        yield token.head.text.casefold()
    cases = (child.text.casefold() for child in token.children if child.dep_ == "case")
    yield from (word for word in cases if word[0].isalpha())  # not the "'s" of a possessor


def _head_token(sentence: Sentence, span: Span) -> Token | None:
    if sentence.parse is None:
        return None
    piece = sentence.parse.char_span(span.start, span.end, alignment_mode="expand")
    return piece.root if piece is not None else None


def _is_place_verb(verb: Token, lang: str, label: str) -> bool:
    """A verb that treats a place as a spot: as its object, or as its subject in the passive."""
    stems = cue_set(lang, "place_verbs")
    text, lemma = verb.text.casefold(), verb.lemma_.casefold()
    struck = any(text.startswith(s) or lemma.startswith(s) for s in stems)
    if label == "obj" or "pass" in label:
        return struck
    still = cue_set(lang, "still_verbs")
    return any(text.startswith(s) or lemma.startswith(s) for s in still)


def _by_word_order(sentence: Sentence, span: Span, lang: str) -> bool:
    """Without a parse: a bare name at the head of a clause, a word without a stop after it."""
    if not cues(lang):
        return False
    head = _CLAUSE.split(sentence.text[: span.start])[-1]
    words_before = [t for t in tokens(head, lang) if t.is_word]
    articles = cue_set(lang, "articles") | cue_set(lang, "conjunctions")
    while words_before and words_before[-1].text.casefold().rstrip("’'ʼ") in cue_set(
        lang, "articles"
    ):
        words_before.pop()
    if words_before and words_before[-1].text.casefold().rstrip("’'ʼ") not in articles:
        return False
    after = [t.text for t in tokens(sentence.text[span.end : span.end + 40], lang)[:4]]
    if not after or not after[0][0].isalpha() or after[0][0].isupper():
        return False
    return not any(_stem_in(word.casefold(), lang, "place_verbs") for word in after)
