"""Drafts of actor mentions: token spans with an actor code, before they get text offsets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from events.model import ActorForm, ActorKind
from loaders.find.actors.lexicon import ActorLexicon, ActorToken, Atom
from loaders.text.document import Sentence


@dataclass
class ActorDraft:
    """A mention at tokens first:last. `offices` are the possible labels of its office noun."""

    first: int
    last: int
    code: str
    kind: ActorKind
    form: ActorForm
    confidence: float
    person: str = ""
    offices: tuple[str, ...] = ()
    role: str = ""
    dropped: bool = False


@dataclass
class SentenceDrafts:
    """The state of one sentence: its tokens, nouns that still lack an actor, drafts in order."""

    sentence: Sentence
    tokens: list[ActorToken]
    lexicon: ActorLexicon
    drafts: list[ActorDraft] = field(default_factory=list)
    nouns: list[Atom] = field(default_factory=list)

    def text(self, first: int, last: int) -> str:
        """The words of tokens first:last as written."""
        return self.sentence.text[self.tokens[first].start : self.tokens[last - 1].end]

    def key(self, at: int) -> str:
        """The key of a token, "" outside the sentence."""
        return self.tokens[at].key if 0 <= at < len(self.tokens) else ""

    def listed(self, at: int, name: str) -> bool:
        """Whether the token is in a word list of the language."""
        return 0 <= at < len(self.tokens) and self.key(at) in self.lexicon.lists.get(name, ())

    def glued(self, at: int) -> bool:
        """Whether only a space, hyphen or apostrophe separates the token from the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at].glued

    def starting(self, at: int) -> ActorDraft | None:
        """The draft that begins at a token."""
        return self._one(lambda draft: draft.first == at)

    def ending(self, at: int) -> ActorDraft | None:
        """The draft that ends before a token."""
        return self._one(lambda draft: draft.last == at)

    def noun_ending(self, at: int) -> Atom | None:
        """The agent or office noun that ends before a token."""
        return next((noun for noun in self.nouns if noun.last == at), None)

    def _one(self, test: Callable[[ActorDraft], bool]) -> ActorDraft | None:
        return next((d for d in self.drafts if not d.dropped and test(d)), None)
