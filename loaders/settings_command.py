"""`settings`: which settings hold and where each comes from; `--markdown` is docs/settings.md."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from events import settings
from events.settings import SETTINGS, Setting

_HEAD = """\
# Settings

Written by `python -m loaders settings --markdown`; a test holds that this page is up to date.

Settings stand in one file, `frise.toml`, in the folder that holds the store's folder
(`data/frise.toml` by default), or in the file that `FRISE_SETTINGS` names. A table a group, a key a
setting:

    [store]
    keep_days = 30

An environment variable wins over the file. A key that does not exist, a value of another type or
out of its range is an error that says which, where and what to do. `python -m loaders settings`
prints what holds and where it comes from.

| setting | variable | default | range | what it does |
|---|---|---|---|---|
"""
_FOOT = """
Two more variables name places: `FRISE_STORE` the folder of the store, or its address in a bucket
([store.md](store.md)), `FRISE_SETTINGS` the file of settings. Older names still hold: {older}.

## Passwords and keys

A secret is read from the variable `FRISE_SECRET_<NAME>`, else from `secrets.toml` beside
`frise.toml`, a file that its owner alone can read (mode 600; any other mode is refused). Secrets
never stand in `frise.toml`, the store, a log, a backup or a receipt. A mailbox asks for one by the
name that its source gives: see [watch.md](watch.md), which tells how sources are written.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The parser of the command."""
    told = commands.add_parser("settings", help="print the settings and where each comes from")
    told.add_argument("--markdown", action="store_true", help="the page docs/settings.md instead")


def run(asked: argparse.Namespace) -> int:
    """Print the settings, or the page about them."""
    print(page() if asked.markdown else "\n".join(lines()), end="" if asked.markdown else "\n")
    return 0


def lines() -> Iterator[str]:
    """What holds: ``store.keep_days = 30  (frise.toml)``. Raises SettingsError."""
    for told in settings.held():
        unit = f" {told.setting.unit}" if told.setting.unit else ""
        yield f"{told.setting.name} = {_shown(told.value)}{unit}  ({told.origin})"


def page() -> str:
    """docs/settings.md."""
    rows = "".join(map(_row, SETTINGS.values()))
    older = [f"`{name}`" for row in SETTINGS.values() for name in row.aliases]
    return _HEAD + rows + _FOOT.format(older=", ".join([*older, "`FRISE_NO_MODELS`"]))


def _row(setting: Setting) -> str:
    unit = f" {setting.unit}" if setting.unit else ""
    kind = "true or false" if isinstance(setting.default, bool) else "a text"
    reach = f"{setting.low:g} to {setting.high:g}" if setting.low is not None else kind
    cells = (f"`{setting.name}`", f"`{setting.variable}`", f"{_shown(setting.default)}{unit}")
    return f"| {' | '.join((*cells, reach, setting.words))} |\n"


def _shown(value: settings.Value) -> str:
    if isinstance(value, str):
        return value or '""'
    return str(value).lower() if isinstance(value, bool) else f"{value:,}".removesuffix(".0")
