"""The evidence for an event in plain words, as pages show it ("... (+0.42)")."""

from __future__ import annotations

from loaders.linking.choose import Choice

WORDS: dict[str, str] = {
    "network": "the learned reader sees this type of act",
    "rules: this type": "the words and their grammar tell this type of act",
    "rules: this word, no event": "the word is one of this type of act",
    "rules: negated": "negated",
    "rules: hypothetical": "hypothetical",
    "rules: content": "content of another act",
    "rules: weak word": "the word has other meanings",
    "rules: words of sport or business": "words of sport, culture or business near",
    "doer known": "who acts is told",
    "target known": "who is acted upon is told",
}


def reasons_of(choice: Choice) -> tuple[str, ...]:
    """Why an event is as sure as it is: the evidence that counted most, as log-odds."""
    return tuple(f"{WORDS.get(name, name)} ({share:+.2f})" for name, share in choice.reasons)
