"""Every reason for leaving something out can be shown: known as noise, and told in French."""

from __future__ import annotations

import re
from pathlib import Path

from events.omissions import NOISE, UNREAL
from events.wording import translator
from loaders.find.dates.cleaners import NEEDS_PUBLISHED, NO_SUCH_DAY
from loaders.tellings.learned import AGAIN, BELOW, CUED, NO_ACT

ROOT = Path(__file__).resolve().parents[2]


def _noise_reasons() -> set[str]:
    """Every literal reason that the rules of loaders/text/noise.py yield."""
    code = (ROOT / "loaders" / "text" / "noise.py").read_text("utf-8")
    return set(re.findall(r'yield (?:from \(\()?(?:index|i), "([^"]+)"', code))


def _date_reasons() -> set[str]:
    files = (ROOT / "data" / "languages").glob("*.toml")
    found = (re.findall(r'^reason = "([^"]+)"', f.read_text("utf-8"), re.M) for f in files)
    return {reason for reasons in found for reason in reasons}


def test_page_noise_is_known_as_such() -> None:
    assert _noise_reasons() == NOISE


def test_unreal_acts_are_known_as_such() -> None:
    assert set(CUED.values()) == UNREAL


def test_every_reason_is_told_in_french() -> None:
    dates = {NEEDS_PUBLISHED, NO_SUCH_DAY} | _date_reasons()
    told = translator("fr")
    every = NOISE | UNREAL | {AGAIN, BELOW, NO_ACT} | dates
    assert not sorted(reason for reason in every if told(reason) == reason)
