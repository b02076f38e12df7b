"""The evidence for an event in plain words, as pages show it ("... (+0.42)")."""

from __future__ import annotations

from loaders.linking.choose import Choice

WORDS: dict[str, str] = {
    "network": "the learned reader sees this type of act",
    "network: an act": "the learned reader sees an act in the word",
    "network: acts in the article": "how many acts the article tells",
    "network: planned": "reads like a plan",
    "doer known": "who acts is told",
    "a word of this type": "the word is one of this type of act",
    "near: negated": "a negation near",
    "near: hypothetical": "a condition near",
    "near: unreal": "words of a wish or a refusal near",
    "near: sport": "words of sport, culture or business near",
}


def reasons_of(choice: Choice) -> tuple[str, ...]:
    """Why an event is as sure as it is: the evidence that counted most, as log-odds."""
    return tuple(f"{WORDS.get(name, name)} ({share:+.2f})" for name, share in choice.reasons)
