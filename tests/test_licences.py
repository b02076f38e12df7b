"""No package that Frise installs is under the GPL or AGPL alone: its own words say so."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMES = re.findall(r"^([\w.-]+)[^=\n]*==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
# the LGPL (a library that is used as it is) is none of them, nor is a choice between licences
COPYLEFT = re.compile(r"\bA?GPL|(?<!Lesser )\bGeneral Public License", re.IGNORECASE)


def told(name: str) -> str:
    """The licence in a package's own metadata, "" for one that this system does not need."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [c for c in found.get_all("Classifier") or [] if c.startswith("License")]
    named = [*(found.get_all("License-Expression") or []), *(found.get_all("License") or [])]
    return " ".join([*(each.partition("\n")[0] for each in named[:1]), *classifiers])


def strict(licence: str) -> bool:
    return bool(COPYLEFT.search(licence)) and not re.search(r"\bOR\b|Lesser|LGPL", licence)


def test_no_package_is_under_the_gpl_alone() -> None:
    assert len(set(NAMES)) > 100
    found = {name: told(name) for name in NAMES}
    assert sum(map(bool, found.values())) > 100
    assert not {name: licence for name, licence in found.items() if strict(licence)}


@pytest.mark.parametrize(
    ("licence", "is_strict"),
    [
        ("GPL-3.0-only", True), ("GNU Affero General Public License v3", True), ("AGPL-3.0", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False), ("LGPL-LR", False), ("MIT", False),
        ("GNU Lesser General Public License v3+", False),
    ],
)  # fmt: skip
def test_what_counts_as_the_gpl(licence: str, is_strict: bool) -> None:
    assert strict(licence) is is_strict
