"""Settings: typed, checked, from one file beside the store with environment variables over it.

    value("store.keep_days")     the value that holds now
    held()                       every setting with its value and where it comes from
    sources()                    the sources that the file names, each a table [[sources]]
    secret("imap_password")      a password, from the environment or a file of mode 600 alone

The file is ``frise.toml`` in the folder that holds the store's folder (``data/frise.toml`` by
default), or the one that FRISE_SETTINGS names. The setting ``store.keep_days`` is the key
``keep_days`` of its table ``[store]`` and the variable FRISE_STORE_KEEP_DAYS; the variable wins. A
key that is not in `SETTINGS`, a value of another type or out of range raises `SettingsError`.
"""

from __future__ import annotations

import difflib
import functools
import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from events.error_words import Words
from events.setting_rules import KINDS, Setting, SettingsError, Value, bad, checked
from events.source_settings import TABLE, Source, read_sources

FILE_NAME = "frise.toml"
DEFAULT_STORE = Path(__file__).resolve().parents[1] / "data" / "store"
MOST_BYTES = 1_000_000  # of a settings file
__all__ = [
    "SETTINGS", "Held", "Setting", "SettingsError", "Value", "checked", "held", "number",
    "read_file", "secret", "settings_file", "sources", "store_folder", "value",
]  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A setting, the value that holds, and where it comes from: a file, a variable, "default"."""

    setting: Setting
    value: Value
    origin: str


SETTINGS: dict[str, Setting] = {
    row.name: row
    for row in (
        Setting(
            "loading.max_file_mb", 20.0, "Largest file of articles, and largest line of JSON Lines",
            "MB", 0.000_001, 2_000, ("FRISE_MAX_FILE_MB",),
        ),
        Setting(
            "loading.max_container_mb", 2_000.0,
            "Largest file of many articles (mailbox, archive), and most that it may unpack to",
            "MB", 0.000_001, 100_000,
        ),
        Setting(
            "loading.keep_originals", True,
            "Keep each file as it came, by its hash, in a folder beside the store",
        ),
        Setting("loading.models", True, "Use the language models; without them rules alone read"),
        Setting("loading.reader", True, "Use the learned reader; without it words alone read"),
        Setting("loading.batch_articles", 32, "Articles stored in one commit", "", 1, 10_000),
        Setting(
            "loading.batch_seconds", 5.0, "Work that a kill may cost: time between commits", "s",
            0.1, 3_600,
        ),
        Setting(
            "loading.article_seconds", 60.0,
            "Time for one article, after which it is set aside; 0: no clock and no worker process",
            "s", 0, 86_400,
        ),
        Setting(
            "loading.workers", 0,
            "Processes that read articles at once; 0: one a core, as many as half the memory holds",
            "", 0, 1_000,
        ),
        Setting(
            "store.lock_seconds", 120.0, "A load waits so long for another load", "s", 0, 3_600
        ),
        Setting(
            "store.edit_lock_seconds", 10.0, "An edit waits so long for another edit", "s", 0, 3_600
        ),
        Setting(
            "store.keep_days", 7, "Old files of the store stay so long for readers still open",
            "days", 0, 3_650,
        ),
        Setting(
            "store.events_in_memory", 1_000_000,
            "Events up to which a store is held in memory; a larger one is asked in its files",
            "", 0, 1_000_000_000,
        ),
        Setting(
            "store.memory_mb", 1_000, "Memory that the dashboard of a larger store may take", "MB",
            700, 1_000_000,
        ),
        Setting(
            "store.cache", "",
            "Folder for copies of stores that lie in buckets; empty: the user's own for such",
        ),
        Setting(
            "store.look_seconds", 5.0, "A bucket is asked so often whether somebody wrote", "s",
            0, 3_600,
        ),
        Setting(
            "watching.contact", "",
            "Who reads: an address of mail or of a page, told to the servers that are asked",
        ),
        Setting(
            "watching.pause_seconds", 1.0, "Least time between two requests to one host", "s",
            0, 3_600,
        ),
        Setting(
            "watching.private_hosts", "",
            "Hosts of your own network that sources may ask, between commas (none by default)",
            hosts=True,
        ),
        Setting(
            "serving.hosts", "",
            "Names under which the dashboard may be asked besides those of this machine, between"
            " commas", hosts=True,
        ),
        Setting(
            "watching.skip_unrelated", True,
            "Articles that are hardly about politics or security are stored and not read",
        ),
        Setting(
            "watching.from_page", True, "Sources can be added and tried on the page \"Sources\""
        ),
    )
}  # fmt: skip


def value(name: str) -> Value:
    """The value of one setting; that of the environment holds whatever the file is like. Raises
    SettingsError; KeyError for a name that is none."""
    setting = SETTINGS[name]
    return (_from_environment(setting) or _held(setting, read_file(settings_file()))).value


def number(name: str) -> float:
    """The value of a setting that is a number."""
    return float(value(name))


def sources() -> tuple[Source, ...]:
    """The sources that the settings file names, checked, in its order. Raises SettingsError."""
    path = settings_file()
    stamp = _stamp(path)
    return () if stamp is None else _read_file(path, stamp)[1]


def held() -> list[Held]:
    """Every setting with the value that holds and its origin, in the order of `SETTINGS`."""
    told = read_file(settings_file())
    return [_held(setting, told) for setting in SETTINGS.values()]


STORE_NAMED = "The store is data/store, or the folder or s3:// address that FRISE_STORE names."


def store_folder() -> str:
    """Where the store is, as given: FRISE_STORE, else data/store of the project."""
    return os.environ.get("FRISE_STORE") or str(DEFAULT_STORE)


def settings_file() -> Path:
    """The file of settings; it need not be there. Of a store in a bucket: that in data/."""
    if named := os.environ.get("FRISE_SETTINGS"):
        return Path(named).expanduser().absolute()
    folder = store_folder()
    beside = DEFAULT_STORE if "://" in folder else Path(folder).expanduser().absolute()
    return beside.parent / FILE_NAME


def read_file(path: Path) -> dict[str, Value]:
    """name -> value of a settings file, checked; {} where there is none. Raises SettingsError."""
    stamp = _stamp(path)
    return {} if stamp is None else dict(_read_file(path, stamp)[0])


def _stamp(path: Path) -> int | None:
    """The moment of its last change, None where there is no such file."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


@functools.lru_cache(maxsize=4)
def _read_file(path: Path, stamp: int) -> tuple[dict[str, Value], tuple[Source, ...]]:
    """Values and sources, once a version of the file: settings are asked for with every line that
    is read."""
    told = _toml(path)
    named = read_sources(told.pop(TABLE, []), str(path))
    found = {}
    for table, keys in told.items():
        if not isinstance(keys, Mapping):
            raise _no_table(table, path) if table in _tables() else _unknown(table, path)
        for key, given in keys.items():
            name = f"{table}.{key}"
            if name not in SETTINGS:
                raise _unknown(name, path)
            found[name] = checked(SETTINGS[name], given, str(path))
    return found, named


def secret(name: str) -> str | None:
    """A password or key: FRISE_SECRET_<NAME>, else a line ``name = "..."`` of the secrets file.

    The file is ``secrets.toml`` beside the settings and must be readable by its owner alone (mode
    600). None where neither tells it. Raises SettingsError. Never store, log or export the result.
    """
    if told := os.environ.get(f"FRISE_SECRET_{name.upper()}"):
        return told
    path = settings_file().with_name("secrets.toml")
    if not path.exists():
        return None
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError("{path} can be read by others: run chmod 600 {path}", path=path)
    found = _toml(path).get(name)
    return found if isinstance(found, str) else None


def _from_environment(setting: Setting) -> Held | None:
    for variable in (setting.variable, *setting.aliases):
        if text := os.environ.get(variable):
            return Held(setting, _from_text(setting, text, variable), variable)
    return None


def _held(setting: Setting, told: Mapping[str, Value]) -> Held:
    if found := _from_environment(setting):
        return found
    if setting.name == "loading.models" and os.environ.get("FRISE_NO_MODELS"):
        return Held(setting, False, "FRISE_NO_MODELS")
    if setting.name in told:
        return Held(setting, told[setting.name], str(settings_file()))
    return Held(setting, setting.default, "default")


def _from_text(setting: Setting, given: str, variable: str) -> Value:
    """The text of an environment variable as a value."""
    if isinstance(setting.default, bool):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if given.lower() not in words:
            raise bad(setting, given, variable, KINDS[bool])
        return words[given.lower()]
    if isinstance(setting.default, str):
        return checked(setting, given, variable)
    try:
        return checked(setting, type(setting.default)(given), variable)
    except (ValueError, OverflowError) as error:
        if isinstance(error, SettingsError):
            raise
        raise bad(setting, given, variable, KINDS[type(setting.default)]) from None


def _toml(path: Path) -> dict[str, object]:
    if not path.is_file():
        raise SettingsError("{path} is no file: settings are one TOML file", path=path)
    try:
        is_too_large = path.stat().st_size > MOST_BYTES
        if not is_too_large:
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(
            "{path} cannot be read as settings: {problem}. Mend the file", path=path, problem=error
        ) from None
    raise SettingsError("{path} is larger than a settings file can be: look at it", path=path)


def _unknown(name: str, path: Path) -> SettingsError:
    near = difflib.get_close_matches(name, [*SETTINGS, *_tables()], 1, 0.5)
    hint = Words("See docs/settings.md.")
    if near:
        hint = Words("Did you mean {name}?", name=repr(near[0]))
    if name == "store.location":
        hint = Words("The folder of the store is named by FRISE_STORE alone.")
    return SettingsError(
        "{path} has no setting {name}. {hint}", path=path, name=repr(name), hint=hint
    )


def _no_table(name: str, path: Path) -> SettingsError:
    """A value where a table of settings is expected."""
    keys = [setting.partition(".")[2] for setting in SETTINGS if setting.startswith(f"{name}.")]
    return SettingsError(
        "{path} gives {name} a value, but it is a table: write [{name}] and, below it, settings "
        "such as {keys}",
        path=path,
        name=name,
        keys=", ".join(keys),
    )


def _tables() -> Iterator[str]:
    yield from dict.fromkeys([*(name.partition(".")[0] for name in SETTINGS), TABLE])
