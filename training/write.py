"""Fitted weights written to data/reference/weights.toml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from events.certainty import WEIGHTS_FILE, Measured
from loaders.linking.weights import Question, by_hand

HEAD = """\
# The fitted weights of the reader's questions, in log-odds a unit of evidence: written by
# `python -m training calibrate`; docs/reader.md explains the names. base: without any evidence.
# threshold: an answer less sure is left blank; in [told]: an event less sure is not told.
# Weights set by hand stand in weights_by_hand.toml and lie over these.
"""
MEASURED = """\
# what was measured on news that the reader had not seen: of the events told with this certainty of
# their type or more, how many had the right type; languages: those with at least 100 of them
[measured]"""


def write(
    asked: Mapping[str, Question],
    found: Measured,
    path: Path = WEIGHTS_FILE,
    measured_at: float | None = None,
) -> None:
    """Write the fitted weights, the strongest first, and what was measured with them; measured_at:
    at another threshold than that of today, which no page then claims (0: with other weights)."""
    lines = [HEAD]
    for name, question in asked.items():
        lines += [f"[{name}]", f"base = {question.base}", f"threshold = {question.threshold}", ""]
        lines.append(f"[{name}.weights]")
        told = sorted(question.weights.items(), key=lambda row: -abs(row[1]))
        own = by_hand().get(name, {})
        lines += [f'"{evidence}" = {weight}' for evidence, weight in told if evidence not in own]
        lines.append("")
    at = asked["told"].threshold if measured_at is None else measured_at
    lines += [MEASURED, f"threshold = {at}", f"told = {found.told}"]
    lines += [f"type = {found.type}", f"languages = {json.dumps(found.languages)}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
