"""What goes on where rights are missing, as JSON: run by tests/events/test_rights.py.

    python -m tests.events.rights_tried FOLDER

A process of its own, since it gives up root's right to pass over the rights of files for good.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path

_VERSION, _KEPT = 0x20080522, 0xFFFFFFFF & ~0b110  # without CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def give_up_rights() -> None:
    """Raises OSError where the system refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    told = (ctypes.c_uint32 * 6)()
    libc.capget(header, told)
    told[0] &= _KEPT  # in force
    if libc.capset(header, told):
        raise OSError(ctypes.get_errno(), "capset")


def main(root: Path) -> None:
    if os.geteuid() == 0:
        give_up_rights()  # before any thread begins
    from events.integrity import check
    from events.store import StoreDamaged
    from tests.events.test_damage import WORKS, filled, works
    from tests.events.test_rights import RIGHTS, harmed

    def sound(at: Path) -> None:
        if wrong := check(at):
            raise StoreDamaged(str(wrong[0]))

    told = {}
    for number, (name, rights) in enumerate(RIGHTS.items()):
        at = filled(root / str(number) / "store", joined=False)
        (at / "views.json").write_text("{}", encoding="utf-8")
        path = harmed(at, rights.path)
        path.chmod(rights.mode)
        found = not works(sound, at)
        done = [work for work, do in WORKS.items() if works(do, at)]
        told[name] = [found, " ".join(done)]
        if os.path.lexists(path):  # the rest is for who clears the folder away
            path.chmod(0o755)
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
