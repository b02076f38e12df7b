"""The words of the queue in the browser, in the reader's language."""

from __future__ import annotations

from pages.shell.language import _


def words(second: bool) -> dict[str, str]:
    """Name in the script -> words; {n} and the like are filled in there."""
    read = _("{n} of {all} read")
    counts = _("accepted {accepted} · corrected {corrected} · rejected {rejected} · by you {mine}")
    return {
        "accept": _("Right as told"),
        "save": _("Save the correction"),
        "reject": _("No event"),
        "next": _("Later"),
        "undo": _("Undo"),
        "more": _("All fields and history"),
        "progress": f"{read} · {counts}" if not second else _("{n} of {all} read again by you"),
        "others": _("Reading now too: {names}"),
        "done_accepted": _("Right as told: {headline}"),
        "done_corrected": _("Corrected: {headline}"),
        "done_rejected": _("No event: {headline}"),
        "done_undo": _("Taken back: {headline}"),
        "empty": _(
            "Nothing is left to read here: other filters, or “Show the less sure”, may hold more."
        ),
        "empty_others": _("What is left, others are reading now. Claims last ten minutes."),
        "wait": _("The next events come …"),
        "before": _("was: {words}"),
        "nobody": _("nobody named"),
        "none": _("not told"),
        "find": _("Type to find another"),
        "day": _("Another day, month or year: 2024-11-21"),
        "choose": _("1 to 9 chooses; with Shift adds or takes away a party; Esc closes"),
        "article": _("Article"),
        "cut": _("The text goes on in the article."),
        "event": _("Event"),
        "keys": _("Keys work while nothing is being typed."),
    }
