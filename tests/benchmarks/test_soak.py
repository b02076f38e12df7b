"""What a soak makes of what it saw; the soak itself runs by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.sessions import Answer, Load
from benchmarks.soak import Soak


def _soak(*answers: Answer, memory: tuple[float, ...] = (400.0,) * 40) -> Soak:
    rows = [(2.0 * n, mb, 0) for n, mb in enumerate(memory)]
    return Soak(Load(list(answers)), rows, edits=9, restarted=True)


def test_a_sound_one() -> None:
    assert _soak(Answer(0, 1, 9), Answer(1, 3, 9)).is_sound(3)


@pytest.mark.parametrize(
    "wrong",
    [
        _soak(),
        _soak(Answer(0, 4, 9)),
        _soak(Answer(0, 1, 9, failed=True)),
        _soak(Answer(0, 1, 9), memory=tuple(400.0 + 10 * n for n in range(40))),
        replace(_soak(Answer(0, 1, 9)), restarted=False),
        replace(_soak(Answer(0, 1, 9)), faults=["damage"]),
    ],
    ids=["no answer", "late", "failed", "a leak", "no restart in a load", "damage"],
)
def test_what_is_none(wrong: Soak) -> None:
    assert not wrong.is_sound(3)


def test_answers_while_the_machine_stood_still_are_counted_apart() -> None:
    told = _soak(Answer(0, 1, 9), Answer(2, 300, 9, failed=True), Answer(301, 302, 9))
    told.halts.append((3, 299))
    assert [each.answered for each in told.answers()] == [1, 302]
    assert told.is_sound(3)
    assert dict(told.rows())[next(what for what, _ in told.rows() if "stood still" in what)] == (
        "296 / 1"
    )


def test_memory_of_the_warm_up_does_not_count() -> None:
    memory = (100.0, 200.0, 300.0, *(400.0,) * 27)
    assert _soak(Answer(0, 1, 9), memory=memory).growth() == 1.0


def test_one_in_which_nobody_edited_says_nothing_of_edits() -> None:
    told = _soak(Answer(0, 1, 9), Answer(1, 3, 9))
    told.edits = 0
    assert not told.is_sound(3)
