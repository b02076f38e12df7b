"""Where things of a store in a bucket lie on this machine.

Copies lie in the setting store.cache, else in the user's cache, which may be emptied at any time.
What is no copy (the files that articles came in, the state of sources) lies beside them where the
setting names the folder, else in the user's folder for data, which nobody empties.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from events import settings

FOLDER, ADDRESS = "store", "address.json"


def copies() -> Path:
    """Where the copies lie."""
    named = str(settings.value("store.cache"))
    return Path(named).expanduser().absolute() if named else _users_own("XDG_CACHE_HOME", ".cache")


def is_copy(location: Path) -> bool:
    """Whether a folder is the copy of a store in a bucket."""
    # a path of text: it is asked with every question, and Path takes three times as long
    around, name = os.path.split(location)
    return name == FOLDER and os.path.isfile(os.path.join(around, ADDRESS))


def lasting(location: Path) -> Path:
    """The path beside which lies what is of this machine alone: that of the store itself, and for a
    copy in the user's cache one in the user's folder for data, whose owner alone can read it."""
    around = location.parent
    if not is_copy(location) or around.parent != _users_own("XDG_CACHE_HOME", ".cache"):
        return location
    kept = _users_own("XDG_DATA_HOME", ".local/share") / around.name
    with suppress(OSError):  # whoever writes there says so
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    return kept / FOLDER


def _users_own(variable: str, usual: str) -> Path:
    around = os.environ.get(variable)
    return (Path(around) if around else Path.home() / usual) / "frise"
