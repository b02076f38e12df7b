"""Which first line of a plain text is its title."""

from __future__ import annotations

import pytest

from loaders.readers.plain_text import split_title

BODY = "The port will stay shut until repairs are done, the operator said."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Port stays shut\n\n", "Port stays shut"),
        ("Port stays shut\nOslo, 9 December 2024\nThe Harbour Review\n\n", "Port stays shut"),
        ("Port stays shut\nBy Jane Marlow\n \n", "Port stays shut"),
        # a paragraph cut into lines, a list of addresses, and a line that goes on
        ("The port of Oslo stays shut and\nferries leave from the old quay.\n\n", ""),
        ("One\nTwo\nThree\nFour\nFive\n\n", ""),
        ("Port stays shut:\nOslo\n\n", ""),
        ("", ""),
    ],
)
def test_a_title_stands_alone_or_above_a_head(head: str, title: str) -> None:
    found, text = split_title(head + BODY)
    assert found == title
    assert text == (head + BODY)[len(title) :].strip()
    assert split_title(f"{title}\nOslo")[0] == ""
