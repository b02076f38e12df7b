"""The kinds of sources: one row each, by the name that stands in the settings."""

from __future__ import annotations

from loaders.sources import feed, folder, imap, maildir, pages
from loaders.sources.items import Bring

KINDS: dict[str, Bring] = {
    "folder": folder.bring,
    "feed": feed.bring,
    "pages": pages.bring,
    "maildir": maildir.bring,
    "imap": imap.bring,
}
