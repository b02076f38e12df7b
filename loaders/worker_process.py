"""What runs in a worker process (loaders/worker.py starts it): it answers calls one by one."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa

from loaders.acts.network import network
from loaders.stage_error import StageError
from loaders.text.models import import_spacy, model
from loaders.worker import BEGUN, Call, send

NICENESS = 19


def serve() -> None:
    """The worker: calls come in on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    _settle_arrow()
    _give_way()
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(network)  # every article needs it, whatever its language
        import_spacy()
        while True:
            try:
                call: Call = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            for lang in call[0]:
                model(lang)
            loading.result()
            send(out, BEGUN)
            send(out, _answer(call))


def _give_way() -> None:
    """A load takes all cores for as long as it lasts: whoever reads the dashboard goes first."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)


class _NoPandas:
    """Where Python looks for modules: there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _settle_arrow() -> None:
    """Arrow looks for pandas as it makes its first array; here it finds none, since to import it
    takes a third of a second and nothing that reads articles needs it."""
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(_NoPandas)


def _answer(call: Call) -> Any:
    _, function, arguments = call
    try:
        return function(*arguments)
    except StageError as error:
        return error


if __name__ == "__main__":
    serve()
