"""Who writes to the store in a bucket now: an object that one writer at a time holds.

It spares two writers work that only one of them could keep. What keeps the store whole is the swap
of ``contents.json``: a writer who lost the lease and did not notice cannot overwrite anything.
Nobody's clock is asked: who waits takes the lease over once it was not renewed for EXPIRES seconds.
"""

from __future__ import annotations

import json
import logging
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from events.bucket.objects import ObjectMissing, Objects
from events.store_errors import StoreBusy, StoreError

KEY = "lease.json"
BEAT, EXPIRES, PAUSE = 1.5, 6.0, 0.1  # seconds
_seen: dict[str, tuple[str, float]] = {}  # address -> tag of the lease there, since when


@contextmanager
def held(objects: Objects, seconds: float) -> Iterator[None]:
    """Hold the lease, renewed by a thread. Raises StoreBusy after so many seconds of waiting,
    StoreUnreachable."""
    owner = secrets.token_hex(8)
    tag = _acquired(objects, owner, seconds)
    ended = threading.Event()
    beats = threading.Thread(target=_renew, args=(objects, owner, tag, ended), daemon=True)
    beats.start()
    try:
        yield
    finally:
        ended.set()
        beats.join()


def _acquired(objects: Objects, owner: str, seconds: float) -> str:
    """The tag of the lease, once it is ours."""
    began = time.monotonic()
    while True:
        holder, tag = _holder(objects)
        if holder == owner and tag:  # an answer was lost on its way, and asked for again
            return tag
        if not holder or time.monotonic() - _since(objects.address, tag) > EXPIRES:
            ours = objects.put_if(KEY, _body(owner), tag)
            if ours:
                return ours
        if time.monotonic() - began > seconds:
            raise StoreBusy.after(seconds, objects.address)
        time.sleep(PAUSE)


def _since(address: str, tag: str | None) -> float:
    """When this process first saw the lease as it is: several short waits count together."""
    if _seen.get(address, ("", 0.0))[0] != tag:
        _seen[address] = (tag or "", time.monotonic())
    return _seen[address][1]


def _holder(objects: Objects) -> tuple[str, str | None]:
    """(who holds it, "" for nobody; its tag, None where there is none)."""
    try:
        found = objects.get(KEY)
    except ObjectMissing:
        return "", None
    assert found
    try:
        return str(json.loads(found[0])["owner"]), found[1]
    except (ValueError, KeyError, TypeError):
        return "", found[1]  # a damaged one is nobody's


def _renew(objects: Objects, owner: str, tag: str | None, ended: threading.Event) -> None:
    """Until the end, which sets it free; stops where somebody took it over."""
    try:
        while tag and not ended.wait(BEAT):
            tag = objects.put_if(KEY, _body(owner), tag)
        if tag:
            objects.put_if(KEY, _body(""), tag)
    except StoreError as error:
        logging.warning("the lease could not be renewed or set free: %s", error)


def _body(owner: str) -> bytes:
    told = {"owner": owner, "host": socket.gethostname(), "beat": secrets.token_hex(4)}
    return json.dumps(told).encode()
