"""Every reason for leaving something out can be shown: known as noise, and told in French."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from events.omissions import NOISE, UNREAL
from events.wording import translator
from loaders.acts import enough, idle
from loaders.find.dates.cleaners import NEEDS_PUBLISHED, NO_SUCH_DAY
from loaders.grammar import mood

ROOT = Path(__file__).resolve().parents[2]


def _noise_reasons() -> set[str]:
    """Every literal reason that the rules of loaders/text/noise.py yield."""
    code = (ROOT / "loaders" / "text" / "noise.py").read_text("utf-8")
    return set(re.findall(r'yield (?:from \(\()?(?:index|i), "([^"]+)"', code))


def _date_reasons() -> set[str]:
    files = (ROOT / "data" / "languages").glob("*.toml")
    found = (re.findall(r'^reason = "([^"]+)"', f.read_text("utf-8"), re.M) for f in files)
    return {reason for reasons in found for reason in reasons}


def _field_reasons() -> set[str]:
    files = (ROOT / "data" / "languages").glob("*.events.toml")
    fields = {field for f in files for field in tomllib.loads(f.read_text("utf-8")).get("veto", ())}
    return {f"a sentence about {field}" for field in fields}


def test_page_noise_is_known_as_such() -> None:
    assert _noise_reasons() == NOISE


def test_unreal_acts_are_known_as_such() -> None:
    assert {mood.NEGATED, mood.HYPOTHETICAL, mood.QUESTION} == UNREAL


def test_every_reason_is_told_in_french() -> None:
    acts = {enough.NO_PARTY, enough.NO_FORCE, enough.WEAK, enough.MENTIONED, enough.NOBODY}
    acts.add(mood.CONTENT)
    idling = {idle.NO_ACTOR, idle.HISTORY, idle.SCORE}
    dates = {NEEDS_PUBLISHED, NO_SUCH_DAY} | _date_reasons()
    told = translator("fr")
    same = {"question"}  # the French word is the English one
    every = NOISE | UNREAL | acts | idling | dates | _field_reasons()
    assert not sorted(reason for reason in every - same if told(reason) == reason)
