"""robots.txt as RFC 9309 tells it: the group of our name, else of all; the longest rule counts.

The standard library's parser knows neither wildcards nor the longest rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

MOST_RULES = 5_000
MOST_DELAY = 60.0  # seconds
_LINE = re.compile(r"\s*([A-Za-z-]{1,30})\s*:\s*([^#]{0,2000})")


@dataclass(frozen=True)
class Robots:
    """Rules for us: (path with wildcards, whether it may be read); seconds between requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether the address may be read: by the longest rule, on a tie by the allowing one."""
        parts = urlsplit(url)
        path = _level((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(rule), may) for rule, may in self.rules if _fits(rule, path)]
        return max(fitting)[1] if fitting else True


ALL, NOTHING = Robots(), Robots((("/", False),))


def parse(text: str, agent: str) -> Robots:
    """The rules of a robots.txt for the agent named (in lower case)."""
    mine: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    named: set[str] = set()
    in_rules, found_mine = True, False
    for key, value in _lines(text):
        if key == "user-agent":
            named = {value.lower()} if in_rules else named | {value.lower()}
            in_rules = False
            found_mine |= agent in named
            continue
        in_rules = True
        if agent in named:
            mine.append((key, value))
        elif "*" in named:
            others.append((key, value))
    return _robots(mine if found_mine else others)


def _lines(text: str) -> list[tuple[str, str]]:
    found = (_LINE.match(line) for line in text.removeprefix("\ufeff").splitlines())
    known = ("user-agent", "allow", "disallow", "crawl-delay")
    told = [(each.group(1).lower(), each.group(2).strip()) for each in found if each]
    return [row for row in told if row[0] in known][:MOST_RULES]


def _robots(lines: list[tuple[str, str]]) -> Robots:
    rules = [(_level(value), key == "allow") for key, value in lines if key[-3:] == "low" and value]
    delays = [
        float(v) for k, v in lines if k == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", v)
    ]
    return Robots(tuple(rules), min(MOST_DELAY, max(delays, default=0.0)))


def _level(path: str) -> str:
    """One spelling of percent signs."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&;:@!+,~()'", errors="replace")


def _fits(rule: str, path: str) -> bool:
    """Whether a rule fits the beginning of a path; linear, whatever the stars."""
    ends = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path) or (bool(rest) and path.endswith(rest[-1]))
