"""What goes wrong with a source: in words, with how long to wait."""

from __future__ import annotations

from events.error_words import WordedError, Words


class SourceError(WordedError):
    """A source, or one address of it, that gave nothing: what, where, what to do.

    retry_after: seconds that a server asked to wait, 0 where it did not. lasting: trying again
    soon cannot help (it is gone, or never asked).
    """

    def __init__(
        self,
        words: str | Words,
        *,
        retry_after: float = 0.0,
        lasting: bool = False,
        **values: object,
    ) -> None:
        super().__init__(words, **values)
        self.retry_after, self.lasting = retry_after, lasting
