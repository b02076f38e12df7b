"""A driver that reads each text once: what agencies sell to many outlets is mostly the same words.

What was read for one article is told for the next that shows the reader the same: title, text,
language, day of publication, what its file said, and of its outlet what places are told by. Ids and
what only the row of the article holds are its own. Nothing else is compared: a text that differs in
one letter, or was published on another day, is read.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import pyarrow as pa

from events.batches import as_other
from loaders.batch import Row, article_of, failures
from loaders.find.places.publisher import unnamed
from loaders.pool import Batches, Driver
from loaders.text.way_back import repair

MOST_BYTES = 64_000_000  # of readings that are held, packed: some thousands of articles
OWN = ("source", "url", "sha256", "reader", "retrieved")  # columns of an article that are not read
_PACKING = pa.ipc.IpcWriteOptions(compression="zstd")


class Readings:
    """What was read, by what the reader saw; the oldest go where `most` bytes are full. `bytes`:
    how many are held. Thread-safe."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self.bytes = most, 0
        self._packed: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: bytes) -> bool:
        return key in self._packed

    def get(self, key: bytes) -> pa.Table | None:
        """One row of EXTRACTED, None where it is not held."""
        packed = self._packed.get(key)
        return None if packed is None else pa.ipc.open_stream(packed).read_all()

    def put(self, key: bytes, read: pa.RecordBatch) -> None:
        """Hold one row of EXTRACTED."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, read.schema, options=_PACKING) as stream:
            stream.write_batch(read)
        packed = sink.getvalue().to_pybytes()
        with self._lock:
            self.bytes += len(packed) - len(self._packed.pop(key, b""))
            self._packed[key] = packed
            while self.bytes > self._most:
                self.bytes -= len(self._packed.popitem(last=False)[1])


_KEPT: WeakKeyDictionary[Driver, Readings] = WeakKeyDictionary()  # as long as the models are


@dataclass(frozen=True)
class _Asked:
    """A batch of ARTICLES with the key of each row, and the numbers of those that are read."""

    batch: pa.RecordBatch
    rows: Sequence[Row]
    keys: Sequence[bytes]
    new: Sequence[int]


class Once:
    """Has another driver read what is not known yet."""

    def __init__(self, driver: Driver) -> None:
        self.size = driver.size
        self._driver = driver
        self._readings = _KEPT.setdefault(driver, Readings())

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        """See Driver."""
        asked: deque[_Asked] = deque()
        with closing(self._driver.map(self._new(batches, asked))) as done:
            for read in done:
                yield self._whole(asked.popleft(), read)

    def _new(
        self, batches: Iterator[pa.RecordBatch], asked: deque[_Asked]
    ) -> Iterator[pa.RecordBatch]:
        """Of each batch what nobody read, and no batch before it will."""
        for batch in batches:
            rows = batch.to_pylist()
            keys = [_key(row) for row in rows]
            under_way = {each.keys[n] for each in asked for n in each.new}
            first = {key: n for n, key in reversed([*enumerate(keys)])}
            new = [
                n
                for n, key in enumerate(keys)
                if first[key] == n and key not in under_way and key not in self._readings
            ]
            asked.append(_Asked(batch, rows, keys, new))
            yield batch if len(new) == len(rows) else batch.take(pa.array(new, pa.int64()))

    def _whole(self, asked: _Asked, read: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of EXTRACTED of a whole batch, of which `read` are the new ones."""
        parts = {n: read.slice(at, 1) for at, n in enumerate(asked.new)}
        for (n, part), error in zip(parts.items(), failures(read), strict=True):
            if error is None:
                self._readings.put(asked.keys[n], part)
        if len(parts) == len(asked.rows):
            return read
        for n, row in enumerate(asked.rows):
            known = None if n in parts else self._readings.get(asked.keys[n])
            if known is not None:
                parts[n] = as_other(known, row["id"], {name: row[name] for name in OWN})
        parts |= self._read_late(asked, [n for n in range(len(asked.rows)) if n not in parts])
        return pa.concat_batches([parts[n] for n in range(len(asked.rows))])

    def _read_late(self, asked: _Asked, late: Sequence[int]) -> dict[int, pa.RecordBatch]:
        """Copies whose original could not be read, or was forgotten, read together."""
        if not late:
            return {}
        read = self._driver.map(asked.batch.slice(n, 1) for n in late)
        return dict(zip(late, read, strict=True))


def _key(row: Row) -> bytes:
    """Of a row of ARTICLES all that its reading depends on; of a text that is repaired, whose ids
    count in words that are not stored, also which article it is."""
    article = unnamed(article_of(row))
    alone = repair(article).article is not article
    seen = replace(article, id=row["id"] if alone else 0, sha256="", reader="", retrieved=None)
    today = row["today"] if article.published.date is None else None
    told = repr((seen, today, row["may_skip"]))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
