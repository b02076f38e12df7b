"""Many readers at once: sessions of the dashboard over its own protocol, without a browser each.

Twenty browsers on the server's machine would measure the browsers. A session here opens the same
socket as the page, requests the page of a link, and reads all that the server sends until the
script is finished: all work of the server, none of the drawing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from events.filters import Filters
from events.query import Query

THINK_SECONDS = 5.0  # mean pause of a reader between two changes
ANSWER_SECONDS = 120.0
FEWEST = 30  # elements of a page that was drawn; one without any event has 35
MEGABYTE = 2**20


class Counted(ClientConnection):
    """A connection that counts received bytes, compressed as sent."""

    arrived = 0

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        self.arrived += len(data)
        super().data_received(data)


@dataclass(frozen=True)
class Answer:
    """One change of a session: when it was asked and answered (time.perf_counter, s), kB on the
    wire, whether it failed (it came too late, or the page could not be drawn), and the link."""

    asked: float
    answered: float
    kilobytes: float
    failed: bool = False
    link: str = ""


@dataclass
class Load:
    """The answers to all changes of all sessions."""

    answers: list[Answer] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """Of each answer."""
        return [each.answered - each.asked for each in self.answers]

    @property
    def kilobytes(self) -> list[float]:
        """Of each answer on the wire."""
        return [each.kilobytes for each in self.answers]

    @property
    def failed(self) -> int:
        """How many failed."""
        return sum(each.failed for each in self.answers)


def load(port: int, links: Sequence[str], rounds: int, think: bool) -> Load:
    """One session per link; each then requests `rounds` other links of the list.

    With `think` a reader pauses for a random time around THINK_SECONDS before each change;
    without it all change at once. Opening the page is not counted.
    """
    return asyncio.run(_load(port, links, rounds, think))


async def _load(port: int, links: Sequence[str], rounds: int, think: bool) -> Load:
    found = Load()
    together = asyncio.Barrier(len(links))
    tasks = [
        reader(port, [*links[n:], *links[:n]][: rounds + 1], think, together, found)
        for n in range(len(links))
    ]
    await asyncio.gather(*tasks)
    return found


async def reader(
    port: int,
    links: Sequence[str],
    think: bool,
    together: asyncio.Barrier,
    found: Load,
    lasting: float | None = None,
) -> None:
    """One session: each link once after the first, or over and over for `lasting` seconds from
    when all have their first page."""
    pauses = random.Random(links[0])
    address = f"ws://localhost:{port}/_stcore/stream"
    options: dict[str, Any] = {"max_size": 256 * MEGABYTE, "create_connection": Counted}
    options |= {"subprotocols": ["streamlit"], "origin": Origin(f"http://localhost:{port}")}
    async with connect(address, **options) as socket:
        await _ask(socket, links[0])
        await together.wait()
        until = None if lasting is None else time.monotonic() + lasting
        for link in links[1:] if until is None else cycle(links[1:]):
            if until is not None and time.monotonic() > until:
                return
            if think:
                await asyncio.sleep(pauses.uniform(0.5, 1.5) * THINK_SECONDS)
            found.answers.append(await _ask(socket, link))


async def _ask(socket: Any, link: str) -> Answer:
    """Ask for a link (page?parameters) and read until the script is finished."""
    page, _mark, query = link.partition("?")
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    began, before = time.perf_counter(), socket.arrived
    await socket.send(asked.SerializeToString())
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            drawn = await _drawn(socket)
    except TimeoutError:
        drawn = 0
    kilobytes = (socket.arrived - before) / 1024
    return Answer(began, time.perf_counter(), kilobytes, drawn < FEWEST, link)


async def _drawn(socket: Any) -> int:
    """How many elements arrive until the script is finished; 0 where one of them is an error."""
    drawn, sound = 0, True
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())
        kind = message.WhichOneof("type")
        drawn += kind in ("delta", "ref_hash")
        sound &= message.delta.new_element.WhichOneof("type") != "exception"
        if kind == "script_finished":
            sound &= message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            return drawn if sound else 0


def links(store: Path, count: int, page: str = "timeline") -> list[str]:
    """`count` different links to a page: the most frequent actors, types, places, and years."""
    known = Query(store).options(Filters())
    made = [f"{page}?actor={code}" for code in known.actors["value"].head(10)]
    made += [f"{page}?type={event_type}" for event_type in known.types["value"].head(8)]
    made += [f"{page}?place={place}" for place in known.places["value"].head(4)]
    made += [f"{page}?from={year}-01-01" for year in range(2016, 2026)]
    return made[:count]
