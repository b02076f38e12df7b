"""The evidence for an event in plain words, as pages show it ("... (+0.42)")."""

from __future__ import annotations

from loaders.linking.choose import Choice

WORDS: dict[str, str] = {
    "network": "the learned reader sees this type of act",
    "network: an act": "the learned reader sees an act in the word",
    "rules: this type": "the words and their grammar tell this type of act",
    "rules: another type": "the words tell another type of act",
    "rules: this word, no event": "the word is one of this type of act",
    "rules: no event": "the words tell no event",
    "rules: left out": "something near speaks against an event",
    "rules: negated": "negated",
    "rules: hypothetical": "hypothetical",
    "rules: content": "content of another act",
    "rules: confidence": "how sure the words are",
    "rules: weak word": "the word has other meanings",
    "rules: words of sport or business": "words of sport, culture or business near",
    "network: background": "reads like background",
    "network: main": "reads like the main news",
    "network: planned": "reads like a plan",
    "in the title": "told in the title",
    "network: acts in the article": "how many acts the article tells",
    "doer known": "who acts is told",
    "target known": "who is acted upon is told",
}


def reasons_of(choice: Choice) -> tuple[str, ...]:
    """Why an event is as sure as it is: the evidence that counted most, as log-odds."""
    return tuple(f"{WORDS.get(name, name)} ({share:+.2f})" for name, share in choice.reasons)
