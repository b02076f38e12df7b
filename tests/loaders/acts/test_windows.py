"""Every word stands in exactly one window, and no window is too long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from loaders.acts.network import VOCABULARY
from loaders.acts.windows import windows_of
from tests.loaders.acts.made import made_input

TOKENIZER = Tokenizer.from_file(str(VOCABULARY))


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="aé ,.\n'’Шж1-€", min_size=1, max_size=300), st.integers(8, 40))
def test_every_word_stands_in_one_window(text: str, limit: int) -> None:
    if not text.strip():
        return
    found = made_input(text)
    windows = windows_of(found, TOKENIZER, limit)
    covered = [word for w in windows for word in range(w.first_word, w.last_word)]
    assert covered == list(range(len(found.words)))
    assert all(len(window.ids) <= limit + 2 for window in windows)


@pytest.mark.parametrize("limit", range(30, 50))
def test_a_sentence_longer_than_a_window_behind_a_short_one(limit: int) -> None:
    found = made_input("Oui. " + "Verfassungsänderungsgesetze " * 60 + ".")
    windows = windows_of(found, TOKENIZER, limit)
    assert max(len(window.ids) for window in windows) <= limit + 2


def test_no_window_is_longer_than_the_encoder_takes() -> None:
    found = made_input("é\u0301ж中x" * 900 + " Kiev.")
    assert all(len(window.ids) <= 42 for window in windows_of(found, TOKENIZER, 40))


def test_a_window_ends_with_a_sentence() -> None:
    found = made_input(" ".join(["La Russie a bombardé la ville de Dnipro."] * 12))
    windows = windows_of(found, TOKENIZER, 40)
    assert len(windows) > 2
    assert all(len(window.ids) <= 42 for window in windows)
    ends = [window.last_word - 1 for window in windows]
    assert all(found.word(end) == "." for end in ends)


@pytest.mark.parametrize("title", ["", "Frappe à Kiev"])
def test_offsets_of_words_are_those_of_their_part(title: str) -> None:
    text = "L'armée russe a tiré."
    found = made_input(text, title)
    for n in range(len(found.words)):
        mention = found.mention(n, n)
        part = title if mention.part == "title" else text
        assert part[mention.start : mention.end] == mention.text == found.word(n)
        assert list(found.words_at(mention.part, mention.start, mention.end)) == [n]
