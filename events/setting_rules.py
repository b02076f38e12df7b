"""What a setting is: its name, type and range, and the error that says what is wrong with one."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from dataclasses import dataclass

from events.error_words import WordedError, Words

Value = bool | int | float | str


class SettingsError(WordedError, ValueError):
    """A setting that cannot hold: which, where, which value, and what to do."""


@dataclass(frozen=True)
class Setting:
    """One setting: `name` is table.key, `default` gives its type, `low` and `high` its range.

    `aliases` are older names of its environment variable. `hosts`: a text of names of hosts between
    commas, kept as names alone.
    """

    name: str
    default: Value
    words: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    aliases: tuple[str, ...] = ()
    hosts: bool = False

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"FRISE_{self.name.upper().replace('.', '_')}"


def checked(setting: Setting, given: object, where: str) -> Value:
    """The value as the setting's type, within its range. Raises SettingsError."""
    wanted = type(setting.default)
    fits = isinstance(given, wanted) or (wanted is float and isinstance(given, int))
    if not fits or (wanted is not bool and isinstance(given, bool)):
        raise bad(setting, given, where, KINDS[wanted])
    value: Value = float(given) if wanted is float else given  # type: ignore[arg-type,assignment]
    if not isinstance(value, (bool, str)) and not _in_range(setting, value):
        raise bad(setting, given, where, _range(setting))
    return ", ".join(_host_names(setting, str(value), where)) if setting.hosts else value


# an address of a page stands for its host, a port for nothing: every port of a host is its own
_HOST = re.compile(
    r"(?:https?://)?(?:\[([0-9a-f:.]+)\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::\d+)?(?:/\S*)?"
)


def _host_names(setting: Setting, given: str, where: str) -> list[str]:
    """The names of hosts in a text as requests name them. Raises SettingsError for what is none."""
    told = [each.strip().lower() for each in given.split(",")]
    return [_host_name(setting, each, where) for each in told if each]


def _host_name(setting: Setting, told: str, where: str) -> str:
    found = _HOST.fullmatch(told)
    with contextlib.suppress(ValueError):
        if found is None or found[1]:
            return str(ipaddress.ip_address(found[1] if found else told))
        found[2].encode("idna")
        return found[2]
    rule = Words("write names of hosts as www.example.org, between commas")
    raise bad(setting, told, where, rule)


KINDS = {
    bool: Words("it must be true or false"),
    int: Words("it must be a whole number"),
    float: Words("it must be a number"),
    str: Words("it must be a text"),
}


def _in_range(setting: Setting, value: float) -> bool:
    low, high = setting.low, setting.high
    # written so that NaN is out of every range
    return (low is None or value >= low) and (high is None or value <= high) and value == value


def _range(setting: Setting) -> Words:
    high = f"{setting.high:g} {setting.unit}".strip()
    return Words("it must lie between {low} and {high}", low=f"{setting.low:g}", high=high)


def bad(setting: Setting, given: object, where: str, rule: Words) -> SettingsError:
    return SettingsError(
        "{name} in {where} is {value}: {rule}. Change or remove it",
        name=setting.name,
        where=where,
        value=repr(given),
        rule=rule,
    )
