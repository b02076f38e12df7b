"""What a failed stage of reading says; a module of its own, so that whoever only asks for a
reading need not import what reads."""

from __future__ import annotations

REPORT = "Report it with the article; the other articles are not touched."


class StageError(Exception):
    """A stage that failed on one article: `stage`, what went wrong, and what to do. The run goes
    on."""

    def __init__(self, stage: str, told: str, remedy: str = REPORT) -> None:
        super().__init__(stage, told, remedy)
        self.stage, self.told, self.remedy = stage, told, remedy

    def __str__(self) -> str:
        return f"stage '{self.stage}' failed: {self.told}"
