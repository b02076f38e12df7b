"""`watch`: take what the sources of the settings bring, until it is ended; or once; or try one."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from events import settings
from events.settings import SettingsError
from events.settings_writing import add_sources
from events.source_settings import Source
from events.store import Store, store_location
from loaders.readers import UnreadableError
from loaders.readers.source_file import read_bytes
from loaders.sources.additions import feeds_of_list, folder_source
from loaders.sources.collect import Look, Trial, try_out
from loaders.sources.state import State
from loaders.sources.watch import look_once, the_web, watch


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The parser of `watch`."""
    parser = commands.add_parser(
        "watch", help="take what the sources of frise.toml bring",
        description="Take what the sources of frise.toml bring, until stopped (docs/watch.md). The"
        " dashboard does the same by itself while it runs.",
    )  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="look at each source once, then end")
    how.add_argument("--try", dest="trial", metavar="NAME", help="say what a source would bring")
    how.add_argument(
        "--add", metavar="PATH", help="make a folder, or the feeds of a list (OPML), sources"
    )
    how.add_argument("--ledger", action="store_true", help="say what each source has brought")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def run(asked: argparse.Namespace) -> int:
    """0 when all went well; 1 where a source failed or something was set aside."""
    if asked.trial:
        return _try(asked.trial)
    if asked.add:
        return _add(Path(asked.add))
    if not settings.sources() and not asked.child:
        print(f"no source: write [[sources]] into {settings.settings_file()}; see docs/watch.md")
        return 1
    if asked.ledger:
        return _ledger()
    stop = threading.Event()
    _end_on_signals(stop)
    if asked.child:  # the dashboard started us: we end with it
        threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    store = Store(store_location())
    if asked.once:
        looks = look_once(store, _say, stop)
        return int(any(look.error is not None or look.aside for look in looks))
    print(f"watching {len(settings.sources())} sources (stop with Ctrl-C)", flush=True)
    watch(store, _say, stop)
    return 0


def _end_on_signals(stop: threading.Event) -> None:
    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)


def _end_with_parent(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


def _say(source: Source, look: Look) -> None:
    """Lines for a look that brought something, set something aside or failed."""
    if look.kept or look.aside:
        told = f"{look.kept} articles kept, {look.known} known, {look.aside} set aside"
        print(f"{source.name}: {told}", flush=True)
    for line in look.told:
        print(f"{source.name}: {line}", flush=True)
    if look.error is not None:
        print(f"{source.name}: {look.run.problem}", file=sys.stderr, flush=True)


def _named(name: str) -> Source:
    found = next((each for each in settings.sources() if each.name == name), None)
    if found is None:
        known = ", ".join(repr(each.name) for each in settings.sources()) or "none"
        raise SettingsError(
            "no source is named {name}; there are: {known}", name=repr(name), known=known
        )
    return found


def _try(name: str) -> int:
    trial: Trial = try_out(_named(name), the_web())
    for article in trial.articles:
        day = article.published.date or "no date"
        print(f"{day}  {article.source or 'no outlet'}  {article.title or article.text[:60]!r}")
    for aside in trial.aside:
        print(f"set aside: {aside}")
    if trial.problem is not None:
        print(f"error: {trial.problem}", file=sys.stderr)
    print(f"{len(trial.articles)} articles, {len(trial.aside)} set aside; nothing was stored")
    return int(trial.problem is not None)


def _add(path: Path) -> int:
    named = settings.sources()
    try:
        is_folder = path.is_dir()
        found = folder_source(path, named) if is_folder else feeds_of_list(read_bytes(path), named)
    except UnreadableError as error:
        print(f"error: {error.set_aside(path)}", file=sys.stderr)
        return 1
    if found.tables:
        add_sources(found.tables)
    places = ((table["name"], table.get("url") or table["path"]) for table in found.tables)
    told = [f"added: {name} ({place})" for name, place in places]
    told += [f"a source already: {place}" for place in found.known]
    told += [f"set aside: {line}" for line in found.refused]
    number = "1 source" if len(found.tables) == 1 else f"{len(found.tables)} sources"
    print(*told, f"{number} added to {settings.settings_file()}", sep="\n")
    return int(bool(found.refused))


def _ledger() -> int:
    state = State(Store(store_location()))
    for source in settings.sources():
        entry = state.entry(source.name)
        words = "paused" if entry.paused else f"next {_moment(entry.next_at)}"
        problem = f"; {entry.last.problem}" if entry.last and entry.last.problem else ""
        told = f"{entry.articles} articles, {entry.aside} set aside, last success "
        print(f"{source.name}: {told}{_moment(entry.last_success)}, {words}{problem}")
    return 0


def _moment(seconds: float) -> str:
    if not seconds:
        return "never"
    return dt.datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "minutes")
