"""The only reasons for which a test may be skipped: what is missing, and how to get it.

It is a plugin of pytest as well: a skip with any other reason fails the run, as does an expected
failure, and the end of the run counts the skips by reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import Any, NoReturn

import pytest
from _pytest.terminal import TerminalReporter

# what is missing -> the reason that is told
REASONS = {
    "chromium": "no Chromium here: install the package 'chromium' or set FRISE_CHROMIUM",
    "axe": "axe-core is not here: run `make axe`",
    "base map": "the base map is not built: run `make assets`",
    "font": "the font is not built: run `make assets`",
    "world atlas": "world-atlas is not installed: run `make assets`",
    "language models": "no language model here: run `make setup`",
    "openssl": "no certificate can be made here: install the program 'openssl'",
    "FR-TimeBank": "FR-TimeBank is not in the gold folder: set FRISE_GOLD",
    "Giveme5W1H": "Giveme5W1H is not in the gold folder: set FRISE_GOLD",
}


def skip(missing: str) -> NoReturn:
    """Skip the running test: what is missing is one of REASONS."""
    pytest.skip(REASONS[missing])


def skip_without(here: object, missing: str) -> pytest.MarkDecorator:
    """A mark that skips a test where `here` is false; `missing` is one of REASONS."""
    return pytest.mark.skipif(not here, reason=REASONS[missing])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return _judged((yield))


def _judged(report: Any) -> Any:
    """The report, failed where it tells a skip whose reason is not listed."""
    reason = _reason(report)
    if report.skipped and reason not in REASONS.values():
        report.longrepr = (
            f"{report.nodeid} was skipped or expected to fail: {reason!r}.\n"
            "No such reason stands in tests/skips.py: list it there, or mend the test."
        )
        report.outcome = "failed"
        vars(report).pop("wasxfail", None)  # pytest does not count what was expected as failed
    return report


def _reason(report: Any) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(getattr(report, "wasxfail", told.removeprefix("Skipped: ")))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One line for each reason, with the number of tests skipped for it."""
    if terminalreporter.config.option.collectonly:
        return
    counts = Counter(map(_reason, terminalreporter.stats.get("skipped", ())))
    terminalreporter.write_line(f"skipped: {counts.total()}")
    for reason, number in counts.most_common():
        terminalreporter.write_line(f"  {number}: {reason}")
