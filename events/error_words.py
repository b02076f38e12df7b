"""What an error says, in words that can be told in the reader's language."""

from __future__ import annotations

from collections.abc import Callable


class Words:
    """A sentence with ``{fields}`` and their values; a value may be `Words` itself."""

    def __init__(self, words: str, **values: object) -> None:
        self.words, self.values = words, values

    def __str__(self) -> str:
        return self.told(lambda words: words)

    def told(self, translate: Callable[[str], str]) -> str:
        """In the language that `translate` puts English words into."""
        values = {
            name: value.told(translate) if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return translate(self.words).format(**values) if values else translate(self.words)


class WordedError(Exception):
    """An error that says what is wrong, where, and what to do: ``words`` with {fields} in them."""

    def __init__(self, words: str | Words = "", **values: object) -> None:
        self.words = words if isinstance(words, Words) else Words(words, **values)
        super().__init__(str(self.words))
