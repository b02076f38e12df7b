"""Writes compound files (OLE2) as Outlook does for its messages: [MS-CFB] and [MS-OXMSG] as far as
a reader looks. For tests: no library that may be used here writes them."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


@dataclass
class Entry:
    """A storage or a stream of the directory."""

    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END


@dataclass
class _Chains:
    """Blocks of one size, and which block follows which."""

    size: int
    blocks: list[bytes] = field(default_factory=list)
    following: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        first = len(self.blocks)
        pieces = [data[at : at + self.size] for at in range(0, len(data), self.size)]
        for number, piece in enumerate(pieces, start=1):
            self.blocks.append(piece.ljust(self.size, b"\0"))
            self.following.append(END if number == len(pieces) else first + number)
        return first if pieces else END


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with these storages and streams."""
    entries = [Entry("Root Entry", 5)]
    entries[0].child = _lay_out(tree, entries)
    sectors, minis = _Chains(SECTOR), _Chains(MINI)
    for entry in entries:
        if entry.kind == 2:
            entry.start = (minis if len(entry.data) < CUTOFF else sectors).add(entry.data)
    entries[0].data = b"".join(minis.blocks)
    entries[0].start = sectors.add(entries[0].data)
    mini_fat = sectors.add(_numbers(minis.following))
    directory = sectors.add(b"".join(map(_directory_entry, entries)))
    used = len(sectors.blocks)
    tables = 1
    while tables * (SECTOR // 4) < used + tables:
        tables += 1
    sectors.following += [FAT] * tables
    fat = _numbers(sectors.following)
    places = list(range(used, used + tables)) + [FREE] * (109 - tables)
    head = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory, 0, CUTOFF, mini_fat, len(_numbers(minis.following)) // SECTOR, END, 0,
    )  # fmt: skip
    return head + struct.pack("<109I", *places) + b"".join(sectors.blocks) + fat


def _lay_out(tree: Tree, entries: list[Entry]) -> int:
    """Add a storage's members as a chain of right siblings; the first one's number."""
    first = before = FREE
    for name in sorted(tree, key=lambda n: (len(n), n.upper())):
        content = tree[name]
        made = Entry(name, 2, content) if isinstance(content, bytes) else Entry(name, 1)
        entries.append(made)
        here = len(entries) - 1
        if isinstance(content, dict):
            made.child = _lay_out(content, entries)
        if before == FREE:
            first = here
        else:
            entries[before].right = here
        before = here
    return first


def _directory_entry(entry: Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", name, len(name), entry.kind, 1, FREE, entry.right, entry.child,
        entry.start if entry.kind != 1 else 0, len(entry.data),
    )  # fmt: skip


def _numbers(values: list[int]) -> bytes:
    raw = struct.pack(f"<{len(values)}I", *values)
    return raw.ljust(-(-len(raw) // SECTOR) * SECTOR, b"\xff")


TEXT, BINARY, TIME, NUMBER = 0x001F, 0x0102, 0x0040, 0x0003  # types of properties
SUBJECT, BODY, HTML, SENDER, ADDRESS, SENT, HEADERS, KIND = (
    0x0037, 0x1000, 0x1013, 0x0C1A, 0x0C1F, 0x0039, 0x007D, 0x001A,
)  # fmt: skip
FILE_NAME, FILE, METHOD = 0x3707, 0x3701, 0x3705
Value = str | bytes | int | dt.datetime


def outlook_message(properties: dict[int, Value], *attached: dict[int, Value]) -> bytes:
    """A message (MSG) with these properties and attachments."""
    tree = _properties(
        {KIND: "IPM.Note", **properties},
        8 * b"\0" + struct.pack("<4I", 0, 0, 0, len(attached)) + 8 * b"\0",
    )
    for number, each in enumerate(attached):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties({METHOD: 1, **each}, 8 * b"\0")
    return compound_file(tree)


def _properties(properties: dict[int, Value], head: bytes) -> Tree:
    tree: Tree = {}
    table = head
    for number, value in properties.items():
        kind, fixed, stream = _stored(value)
        if stream is not None:
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = stream
        table += struct.pack("<HHI8s", kind, number, 6, fixed)
    return {**tree, "__properties_version1.0": table}


def _stored(value: Value) -> tuple[int, bytes, bytes | None]:
    """(type, the eight bytes in the table, what is kept in a stream of its own)."""
    if isinstance(value, str):
        raw = value.encode("utf-16-le")
        return TEXT, struct.pack("<II", len(raw) + 2, 3), raw
    if isinstance(value, bytes):
        return BINARY, struct.pack("<II", len(value), 3), value
    if isinstance(value, int):
        return NUMBER, struct.pack("<q", value), None
    ticks = int((value - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10_000_000
    return TIME, struct.pack("<Q", ticks), None
