"""Tense and mood of a verb, without its governors: has its act happened?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.model import Status
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import ancestors, auxiliaries, feature
from loaders.text.words import word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATED, HYPOTHETICAL, QUESTION = "negated", "hypothetical", "question"
CONTENT = "content of another act"


@dataclass(frozen=True)
class Voice:
    """How an act is reported. `left_out` is the reason why it is no event, "" when it is one.

    `teller` is the reporting verb above it. `future` and `past_perfect` are used for the date.
    """

    status: Status = "reported"
    left_out: str = ""
    teller: Token | None = None
    teller_kind: str = ""
    future: bool = False
    past_perfect: bool = False
    finite: bool = False


def own_mood(clause: Clause, lexicon: Lexicon) -> Voice:
    """Tense and mood of the clause's own verb."""
    verb = clause.verb
    if verb is None:
        return Voice()
    helpers = auxiliaries(verb)
    lows = [aux.lower_.replace("’", "'") for aux in helpers]
    if _is_inverted(verb, helpers, lexicon):
        return Voice(left_out=HYPOTHETICAL)
    conditional = any("Cnd" in feature(t, "Mood") for t in [verb, *helpers])
    perfect = any("Past" in feature(verb, "Tense") for _ in [0]) and bool(helpers)
    if conditional or any(lexicon.says("conditional", low) for low in lows):
        if conditional and perfect:
            return Voice("claimed", teller_kind="hearsay")
        return Voice(future=True, left_out="" if _is_told(verb, lexicon) else HYPOTHETICAL)
    if any(lexicon.says("must", low) or lexicon.says("hypothetical", low) for low in lows):
        return Voice(left_out=HYPOTHETICAL)
    future = any("Fut" in feature(t, "Tense") for t in [verb, *helpers])
    if future or any(lexicon.says("future", low) for low in lows):
        return Voice("planned", future=True)
    return Voice(past_perfect=_past_perfect(helpers, lexicon), finite=_finite(verb, helpers))


def _is_inverted(verb: Token, helpers: list[Token], lexicon: Lexicon) -> bool:
    """Whether an auxiliary precedes its subject, not in a question: "Had London signed"."""
    own = [child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return bool(own) and any(
        aux.i < min(own) and lexicon.says("inverted", aux.lower_) for aux in helpers
    )


def _is_told(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a conditional is a future in reported speech: "announced that it would"."""
    for _, step in ancestors(verb):
        if step.kind in ("content", "infinitive"):
            return lexicon.says("claim", step.head.lower_) or lexicon.says(
                "confirm", step.head.lower_
            )
    return False


def _past_perfect(helpers: list[Token], lexicon: Lexicon) -> bool:
    past = lexicon.word_groups.get("past_perfect", frozenset())
    return any(
        aux.lower_ in past or ("Imp" in feature(aux, "Tense") and aux.dep_.startswith("aux:"))
        for aux in helpers
    )


def _finite(verb: Token, helpers: list[Token]) -> bool:
    return any(
        "Fin" in feature(token, "VerbForm") or token.tag_ in ("VBD", "VBZ", "VBP")
        for token in [verb, *helpers]
    )


def is_negation(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower_.replace("’", "'")
    if token.dep_ == "neg":
        return True
    if token.dep_ in ("advmod", "det", "preconj", "cc", "mark", "case", "nsubj"):
        return lexicon.says("negation", low)
    return False


def mood_of(verb: Token, lexicon: Lexicon) -> str:
    """The reason why a noun's clause is no event (its verb is negated or only possible), or ""."""
    helpers = auxiliaries(verb)
    near = [*verb.children, *(c for aux in helpers for c in aux.children)]
    if any(is_negation(child, lexicon) for child in near):
        return NEGATED
    lows = [aux.lower_ for aux in helpers]
    if any(lexicon.says("hypothetical", low) or lexicon.says("conditional", low) for low in lows):
        return HYPOTHETICAL
    if any("Cnd" in feature(t, "Mood") for t in [verb, *helpers]):
        return HYPOTHETICAL
    return ""


def is_future(verb: Token) -> bool:
    """Whether a verb is future, by its form or its auxiliary ("will", "shall")."""
    helpers = auxiliaries(verb)
    lows = {aux.lower_ for aux in helpers}
    return bool(lows & word_group(verb.lang_, "will")) or any(
        "Fut" in feature(token, "Tense") for token in [verb, *helpers]
    )
