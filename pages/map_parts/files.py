"""Finer levels of the map, kept by the server until the browser asks for them as files.

Levels that are visible only after zooming in would otherwise be sent with every page. Streamlit's
media file manager serves them by the hash of their content, as long as a session uses them, and
only to clients that know the hash.
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
        """Register a file for this session; returns its address."""
        if not runtime.exists():
            return in_address(text)
        self.files.append(text.encode())
        return _add(len(self.files) - 1, self.files[-1])

    def again(self) -> None:
        """Register all files again: Streamlit drops files that the current run did not register."""
        for number, data in enumerate(self.files):
            _add(number, data)


def _add(number: int, data: bytes) -> str:
    keeper = runtime.get_instance().media_file_mgr
    return keeper.add(data, _TYPE, f"frise.map.{number}")
