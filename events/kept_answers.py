"""Answers to questions, each made of one version of the store, kept until it changes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import pandas as pd

from events.snapshot import Snapshot

_KEPT_ANSWERS = 64
_KEPT_LASTING = 12
P = ParamSpec("P")
T = TypeVar("T")


class KeptAnswers:
    """What one object has answered of a snapshot that others share with it, and their lock."""

    def __init__(
        self, snapshot: Snapshot, lock: threading.RLock, forget: Callable[[], None]
    ) -> None:
        """`forget` gives up what else its holder keeps of a version that is over."""
        self._snapshot, self._lock, self._forget = snapshot, lock, forget
        self._seen = 0  # the build of the snapshot that cached answers are of
        self._loads = 0  # the load of the snapshot that lasting answers are of
        self.answers = functools.lru_cache(maxsize=_KEPT_ANSWERS)(_answer)
        self.lasting = functools.lru_cache(maxsize=_KEPT_LASTING)(_answer)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Alone, with one version of the store from the beginning of an answer to its end; what is
        kept of a version that is over is forgotten."""
        with self._lock, self._snapshot.answering():
            if self._seen != self._snapshot.builds:
                self.answers.cache_clear()
                self._forget()
                self._seen = self._snapshot.builds
            if self._loads != self._snapshot.loads:
                self.lasting.cache_clear()
                self._loads = self._snapshot.loads
            yield


class Keeping(Protocol):
    """An object that answers questions and keeps the answers."""

    @property
    def _kept(self) -> KeptAnswers: ...


K = TypeVar("K", bound=Keeping)


def cached(method: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """Decorator: keep the result of a method, by its arguments, until the store changes."""
    return _keeping(method, lambda kept: kept.answers)


def cached_until_load(method: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """The same for what no edit changes: until more than edits comes."""
    return _keeping(method, lambda kept: kept.lasting)


def _keeping(
    method: Callable[Concatenate[K, P], T], cache: Callable[[KeptAnswers], Any]
) -> Callable[Concatenate[K, P], T]:
    def ask(self: K, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._kept.answering():
            answer: T = cache(self._kept)(method, self, *args, **kwargs)
        if isinstance(answer, pd.DataFrame):
            # copy-on-write: a caller that changes its frame does not change the cached one
            return answer.copy(deep=False)
        return answer

    functools.update_wrapper(ask, method)
    return ask


def _answer(method: Callable[..., T], *args: object, **kwargs: object) -> T:
    return method(*args, **kwargs)
