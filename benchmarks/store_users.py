"""A reader and an editor that use a store without a pause while others write it."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from typing import Any

from events.filters import Filters
from events.query import Query
from events.store import Store, StoreBusy, StoreMissing

ALL = Filters()
_PAUSE = 0.05


@contextmanager
def beside(folder: Path, store: Path) -> Iterator[dict[str, Any]]:
    """A reader and an editor run; what they saw stands in the mapping when they have ended."""
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    works: dict[str, Callable[..., None]] = {"reader": read, "editor": edit}
    processes = [
        spawn.Process(target=work, args=(store, folder / f"{name}.json", stop))
        for name, work in works.items()
    ]
    for process in processes:
        process.start()
    told: dict[str, Any] = {"faults": []}
    try:
        yield told
    finally:
        stop.set()
        for name, process in zip(works, processes, strict=True):
            process.join()
            said = folder / f"{name}.json"
            if process.exitcode or not said.exists():
                told["faults"].append(f"the {name} ended with {process.exitcode}")
                said.write_text('{"readings": 0, "partial": 0, "vanished": 0, "busy": 0}', "utf-8")
            found = json.loads(said.read_text(encoding="utf-8"))
            told["faults"] += found.pop("faults", [])
            told |= found


def read(location: Path, said: Path, stop: Flag) -> None:
    """Read all events again and again; no article may have a part of them, none may vanish."""
    query = Query(location)
    told: dict[str, Any] = {"readings": 0, "partial": 0, "vanished": 0, "faults": []}
    seen: set[int] = set()
    while not stop.is_set():
        try:
            before, events, after = query.articles(ALL), query.events(ALL), query.articles(ALL)
        except StoreMissing:
            time.sleep(_PAUSE)
            continue
        except Exception as error:  # whatever it is: a reader must never meet it
            told["faults"].append(f"reader: {type(error).__name__}: {error}")
            continue
        counted = Counter(events["article_id"].tolist())
        stated = dict(zip(after["article_id"], after["events"], strict=True))
        # an article that was there before has all its events, one that came meanwhile all or none
        must = set(before["article_id"][before["events"] > 0]) | set(counted)
        told["partial"] += sum(counted[article] != stated.get(article) for article in must)
        told["vanished"] += len(seen - set(events["event_id"]))
        seen = set(events["event_id"])
        told["readings"] += 1
        time.sleep(_PAUSE)
    said.write_text(json.dumps(told), encoding="utf-8")


def edit(location: Path, said: Path, stop: Flag) -> None:
    """Write edits one after another; each is noted in a file of its own after it returned."""
    told: dict[str, Any] = {"busy": 0, "faults": []}
    noted, number = said.with_name("edits.txt"), 0
    store = Store(location)
    with noted.open("a", encoding="utf-8") as file:
        while not stop.is_set():
            if not store.exists():
                time.sleep(_PAUSE)
                continue
            number += 1
            try:
                store.append_edit(number, "status", "denied", f"edit {number}", "kill test")
            except StoreBusy:
                told["busy"] += 1
                continue
            except Exception as error:  # whatever it is: an edit must never meet it
                told["faults"].append(f"editor: {type(error).__name__}: {error}")
                continue
            print(number, file=file, flush=True)
            time.sleep(4 * _PAUSE)
    said.write_text(json.dumps(told), encoding="utf-8")
