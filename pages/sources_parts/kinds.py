"""The kinds of sources in the reader's words."""

from __future__ import annotations

from pages.shell.language import _


def kind_names() -> dict[str, str]:
    """Kind of source -> its name for the reader."""
    return {
        "feed": _("Feed (RSS, Atom)"),
        "folder": _("Watched folder"),
        "pages": _("Addresses"),
        "imap": _("Mailbox (IMAP)"),
        "maildir": _("Maildir"),
    }
