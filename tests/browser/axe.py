"""The accessibility rules of axe-core in a page: what it breaks, and which of it is ours.

``python -m tests.browser.axe`` fetches axe-core (npm, pinned in package-lock.json with its
integrity) into node_modules/. It is never committed and never served.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
HELD = ("serious", "critical")
# (rule, part of the selector or of the element) -> why it stays: it lies inside a widget of
# Streamlit that we can neither name nor colour. Nothing that we draw may be listed here.
STREAMLITS: dict[tuple[str, str], str] = {}
_RUN = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
  rule => ({id: rule.id, impact: rule.impact, nodes: rule.nodes.map(
    node => ({target: node.target.flat().join(' '), html: node.html.slice(0, 300)}))})))"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks one rule."""

    rule: str
    impact: str
    target: str
    html: str

    @property
    def is_streamlits(self) -> bool:
        """Whether it is one of the exceptions that are listed with a reason."""
        return any(
            self.rule == rule and part in self.target + self.html for rule, part in STREAMLITS
        )

    def __str__(self) -> str:
        return f"{self.impact} {self.rule}: {self.target} {self.html}"


def violations(page: Any) -> list[Violation]:
    """Every violation in the page as it stands, whatever its weight."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(SCRIPT))
    return [
        Violation(rule["id"], str(rule["impact"]), node["target"], node["html"])
        for rule in page.evaluate(_RUN)
        for node in rule["nodes"]
    ]


def ours(page: Any) -> list[Violation]:
    """The serious and critical ones that are not listed as Streamlit's own."""
    return [v for v in violations(page) if v.impact in HELD and not v.is_streamlits]


if __name__ == "__main__":
    from charts.assets.npm import install

    sys.exit(0 if install(for_tests=True) and SCRIPT.exists() else 1)
