"""Which date an event gets: that of its clause, its sentence, the running date of its paragraph,
or, only for current acts in title and opening, the publication day (as an inferred date).

Dates that date no event (named years, ages, anniversaries, durations) are skipped. An act in the
past perfect ("qui avait été tué le 27 septembre") takes a date from its own clause only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.model import DateSpan, LeftOut, Published
from loaders.grammar.clauses import Clause
from loaders.grammar.mood import Voice
from loaders.grammar.syntax import link
from loaders.grammar.tokens import Words
from loaders.text.document import Sentence

COUNTED = "counts from another event"  # a reason in data/languages
OWN, SENTENCE, RUNNING, INFERRED = "clause", "sentence", "paragraph", "publication"
LEAD = 4  # sentences of the opening that tell the dispatch's own present
_VERBAL = ("VERB", "AUX")


@dataclass
class ParagraphDay:
    """The day that the paragraph tells of, and the paragraph it was set in."""

    paragraph: int = -2
    date: DateSpan | None = None

    def forget(self) -> None:
        """The story went to another day, which is not known."""
        self.paragraph, self.date = -2, None


@dataclass(frozen=True)
class Dated:
    """A date with where it came from: OWN, SENTENCE, RUNNING, INFERRED, or "" for none."""

    date: DateSpan | None
    how: str = ""


def dates_in(sentence: Sentence, dates: Sequence[DateSpan]) -> list[DateSpan]:
    """Dates of a sentence that may date an event, in reading order."""
    return [
        date
        for date in dates
        if date.part == sentence.part
        and sentence.start <= date.start < sentence.end
        and not date.not_event
        and (date.first is not None or date.last is not None)
    ]


def is_adrift(sentence: Sentence, undated: Sequence[LeftOut]) -> bool:
    """Whether a sentence counts its day from another event ("a week after the ceasefire").

    It tells then of a day that is not known: neither the running one nor that of publication.
    """
    return any(
        told.reason == COUNTED
        and told.part == sentence.part
        and sentence.start <= told.start < sentence.end
        for told in undated
    )


def owners_of(
    words: Words, dates: Sequence[DateSpan], clauses: Sequence[Clause]
) -> dict[int, list[int]]:
    """Index of a date -> indices of the clauses it dates: the one it stands in, and the verb
    that this clause's noun hangs on ("wounded two in an attack on Thursday")."""
    owners: dict[int, list[int]] = {}
    for i, date in enumerate(dates):
        owner = _owner(words, date, clauses)
        owners[i] = [] if owner is None else [owner, *_above(owner, clauses)]
    return owners


def _above(owner: int, clauses: Sequence[Clause]) -> list[int]:
    noun = clauses[owner].noun
    if noun is None or clauses[owner].verb is not None:
        return []
    step = link(noun)
    return [
        n
        for n, clause in enumerate(clauses)
        if n != owner and clause.verb is not None and clause.verb == step.head
    ]


def _owner(words: Words, date: DateSpan, clauses: Sequence[Clause]) -> int | None:
    covered = words.at(date.start, date.end)
    tokens = [word.token for word in covered if word.token is not None]
    if not tokens:
        return _nearest(words, date, clauses)
    heads = _clause_tokens(clauses)
    numbers = {token.i for token in tokens}
    outward = [t for t in tokens if t.head.i not in numbers or t.head == t]
    node = (outward or tokens)[0]
    if covered[0].i <= 2 and (opening := _main_clause(clauses)) is not None:
        return opening  # a date that opens the sentence dates its main clause
    for _ in range(12):
        if node.i in heads and node.i not in numbers:
            return heads[node.i]
        step = link(node)
        if step.head == node:
            return None
        if node.pos_ in _VERBAL and step.kind in ("relative", "content", "adverbial"):
            return None  # the clause of another verb: not an event's
        node = step.head
    return None


def _clause_tokens(clauses: Sequence[Clause]) -> dict[int, int]:
    heads: dict[int, int] = {}
    for number, clause in enumerate(clauses):
        for token in (clause.noun, clause.verb, *(w.token for w in clause.match.found)):
            if token is not None:
                heads.setdefault(token.i, number)
    return heads


def _main_clause(clauses: Sequence[Clause]) -> int | None:
    """The clause whose verb is the root, or a conjunct of it that opens the sentence."""
    for number, clause in enumerate(clauses):
        verb = clause.verb
        if verb is not None and (verb.dep_ == "ROOT" or link(verb).kind in ("and", "aside")):
            return number
    return None


def _nearest(words: Words, date: DateSpan, clauses: Sequence[Clause]) -> int | None:
    """Without a parse: the trigger nearest to the date in words."""
    covered = words.at(date.start, date.end)
    if not clauses or not covered:
        return None
    at = covered[0].i

    def distance(number: int) -> int:
        head = clauses[number].match.head.i
        between = words[min(head, at) : max(head, at)]
        return abs(head - at) + 10 * sum(word.low in (",", ";") for word in between)

    return min(range(len(clauses)), key=distance)


def date_of(
    number: int,
    clause: Clause,
    voice: Voice,
    main: bool,
    dates: Sequence[DateSpan],
    owners: dict[int, list[int]],
    running: ParagraphDay,
    sentence: Sentence,
    published: Published,
) -> Dated:
    """The date of clause `number` of a sentence and how it was found."""
    own = [i for i in range(len(dates)) if number in owners[i]]
    if own:
        return Dated(_best([dates[i] for i in own], clause), OWN)
    before_story = voice.past_perfect and voice.teller is None
    background = before_story or _mentioned_by_the_way(clause) or _counted(clause)
    if background:
        return Dated(None)
    free = [dates[i] for i in range(len(dates)) if not owners[i]]
    if free:
        return Dated(_best(free, clause), SENTENCE)
    if dates and clause.match.trigger.kind == "verb" and _is_coordinate(clause):
        return Dated(dates[0], SENTENCE)
    if dates or voice.future or not (main or not clause.parsed):
        return Dated(None)
    if running.date is not None and _reaches(running, sentence, published):
        return Dated(_as_running(running.date), RUNNING)
    return _inferred(sentence, voice, published)


def _mentioned_by_the_way(clause: Clause) -> bool:
    """A noun without a verb of its own, unless it is the subject of its sentence."""
    if clause.noun is None or clause.verb is not None:
        return False
    return link(clause.noun).kind not in ("subject", "patient")


def _counted(clause: Clause) -> bool:
    """A clause so many days away from its sentence's date: "five days after Russia struck"."""
    marks = [] if clause.verb is None else [c for c in clause.verb.children if c.dep_ == "mark"]
    before = [mark.nbor(-1) for mark in marks if mark.i > 0]
    return any(
        noun.pos_ == "NOUN" and any(child.dep_ == "nummod" for child in noun.children)
        for noun in before
    )


def _reaches(running: ParagraphDay, sentence: Sentence, published: Published) -> bool:
    """Whether the running date holds for a past clause: same paragraph, and no planned day."""
    if running.date is None or running.paragraph != sentence.paragraph:
        return False
    first = running.date.first
    return first is None or published.date is None or first <= published.date


def _best(dates: list[DateSpan], clause: Clause) -> DateSpan:
    """Of several, the finest; of these, the nearest to the trigger."""
    order = {"day": 0, "week": 1, "month": 2, "quarter": 3, "span": 2, "year": 4}
    at = clause.match.start
    return min(dates, key=lambda d: (order.get(d.precision, 5), abs(d.start - at)))


def _is_coordinate(clause: Clause) -> bool:
    return clause.verb is not None and link(clause.verb).kind in ("and", "adverbial", "infinitive")


def _as_running(date: DateSpan) -> DateSpan:
    return replace(date, basis="anaphoric", confidence=min(date.confidence, 0.6))


def _inferred(sentence: Sentence, voice: Voice, published: Published) -> Dated:
    """The day of publication, for finite acts of the title and the opening alone."""
    opening = sentence.part == "title" or sentence.index < LEAD
    if published.date is None or published.precision != "day" or not opening:
        return Dated(None)
    return Dated(publication_span(published.date, sentence), INFERRED)


def publication_span(day: dt.date, sentence: Sentence) -> DateSpan:
    """The publication day as an inferred date; no words gave it, so its span is empty."""
    return DateSpan(
        sentence.part,
        sentence.start,
        sentence.start,
        "",
        first=day,
        last=day,
        precision="day",
        basis="inferred",
        value=day.isoformat(),
        implied=("year", "month", "day"),
        confidence=0.5,
    )


def keep_running(running: ParagraphDay, sentence: Sentence, dated: Dated) -> None:
    """Remember the day of a main clause for the rest of its paragraph."""
    if dated.how in (OWN, SENTENCE) and dated.date is not None and dated.date.precision == "day":
        running.paragraph, running.date = sentence.paragraph, dated.date
