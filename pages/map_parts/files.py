"""Finer levels of the map, kept by the server until the browser asks for them as files.

Streamlit sends what a page shows; what only a closer look shows would be sent in vain. Its keeper
of media files hands such parts out by the hash of their content, for as long as a session shows
them, and to nobody who does not know the hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from streamlit import runtime

from charts.map.points import in_address

_TYPE = "application/json"


@dataclass
class Kept:
    """Files of one map, in order."""

    files: list[bytes] = field(default_factory=list)

    def keep(self, text: str) -> str:
        """Keep a file for this session; its address."""
        if not runtime.exists():
            return in_address(text)
        self.files.append(text.encode())
        return _add(len(self.files) - 1, self.files[-1])

    def again(self) -> None:
        """Keep the files for the session and the run at hand: each run forgets those before."""
        for number, data in enumerate(self.files):
            _add(number, data)


def _add(number: int, data: bytes) -> str:
    keeper = runtime.get_instance().media_file_mgr
    return keeper.add(data, _TYPE, f"frise.map.{number}")
