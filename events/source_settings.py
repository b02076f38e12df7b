"""The sources of the settings file: each a table ``[[sources]]``, checked as every setting is.

    [[sources]]
    name = "Le Monde, international"
    kind = "feed"
    url = "https://www.lemonde.fr/international/rss_full.xml"

A key that is none, a value of another type or out of range, two sources of one name, a key that the
kind needs and that is missing raise `SettingsError`.
"""

from __future__ import annotations

import difflib
import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from events.error_words import Words
from events.setting_rules import Setting, SettingsError, bad, checked

TABLE = "sources"
MOST_SOURCES = 1_000
MOST_ADDRESSES = 10_000  # of one source
WEB_SCHEMES = ("http", "https")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+|localhost")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Kind:
    """A kind of source: keys of which one must be given, those that may be, its usual interval."""

    one_of: tuple[str, ...]
    may: tuple[str, ...]
    minutes: float
    least_minutes: float
    schemes: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "folder": Kind(("path",), (), 1, 0.05),
    "feed": Kind(("url",), ("follow", "hosts"), 30, 1, WEB_SCHEMES),
    "pages": Kind(("urls", "path"), ("hosts",), 240, 1, WEB_SCHEMES),
    "maildir": Kind(("path",), (), 1, 0.05),
    "imap": Kind(("url",), ("user", "secret"), 10, 1, ("imaps",)),
}
OF_ALL = ("name", "kind", "every_minutes", "at", "zone", "outlet", "language", "tags")


@dataclass(frozen=True)
class Source:
    """One source. `every_minutes` 0: the usual interval of its kind; `at`: times of day instead, in
    `zone` ("" that of the machine). `hosts`: hosts that it may ask beside that of its address."""

    name: str = ""
    kind: str = ""
    path: str = ""
    url: str = ""
    urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    follow: bool = False
    user: str = ""
    secret: str = ""
    every_minutes: float = 0.0
    at: tuple[str, ...] = ()
    zone: str = ""
    outlet: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    @property
    def minutes(self) -> float:
        """The interval that holds."""
        return self.every_minutes or KINDS[self.kind].minutes

    @property
    def place(self) -> str:
        """Its address or folder, as a reader knows it."""
        return self.url or self.path or ", ".join(self.urls)


_DEFAULTS: dict[str, Any] = {each.name: each.default for each in fields(Source)}


def read_sources(given: object, where: str) -> tuple[Source, ...]:
    """The sources of a settings file, in its order. Raises SettingsError."""
    if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
        raise SettingsError("{where}: sources are written as tables [[sources]]", where=where)
    if len(given) > MOST_SOURCES:
        raise SettingsError(
            "{where} names {n} sources: at most {most} are read", where=where, n=len(given),
            most=MOST_SOURCES,
        )  # fmt: skip
    found: dict[str, Source] = {}
    for number, table in enumerate(given, start=1):
        source = read_source(table, f"{where}, source {number}")
        if source.name.casefold() in found:
            raise SettingsError(
                "{where}: two sources are named {name}. Give one another name", where=where,
                name=repr(source.name),
            )  # fmt: skip
        found[source.name.casefold()] = source
    return tuple(found.values())


def read_source(table: Mapping[str, object], where: str) -> Source:
    """One source, checked. Raises SettingsError."""
    told = {key: _value(key, given, where) for key, given in table.items()}
    source = Source(**told)  # type: ignore[arg-type]
    _check_name(source, where)
    _check_keys(source, told, where)
    _check_schedule(source, where)
    for url in (*filter(None, (source.url,)), *source.urls):
        check_address(url, KINDS[source.kind].schemes, where)
    for host in source.hosts:
        if not _HOST.fullmatch(host):
            raise _wrong("hosts", host, where, Words("write a host as www.example.org"))
    if source.language and not _LANGUAGE.fullmatch(source.language):
        raise _wrong("language", source.language, where, Words("write a code such as fr"))
    return source


def check_address(url: str, schemes: tuple[str, ...], where: str) -> None:
    """Raises SettingsError for what is no address of one of the schemes."""
    try:
        parts = urlsplit(url)
        host, told_port = parts.hostname, parts.port
    except ValueError:
        host, told_port = None, None
    listed = ", ".join(f"{each}://" for each in schemes)
    if not host or parts.scheme not in schemes or told_port == 0 or not url.isprintable():
        raise _wrong("url", url, where, Words("write an address with {schemes}", schemes=listed))
    if "@" in parts.netloc:
        told = Words("a name and password never stand in an address; see docs/watch.md")
        raise _wrong("url", "…@" + host, where, told)
    if len(url) > 2_000:
        raise _wrong("url", url[:60] + "…", where, Words("it is longer than an address can be"))


def _value(key: str, given: object, where: str) -> object:
    """The value of one key as its type."""
    if key not in _DEFAULTS:
        near = difflib.get_close_matches(key, _DEFAULTS, 1, 0.5)
        hint = Words("Did you mean {name}?", name=repr(near[0])) if near else ""
        raise SettingsError(
            "{where} has a key {key}, which is none. {hint}", where=where, key=repr(key), hint=hint
        )
    default = _DEFAULTS[key]
    if isinstance(default, tuple):
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            raise _wrong(key, given, where, Words("it must be a list of texts"))
        if len(given) > MOST_ADDRESSES:
            raise _wrong(key, len(given), where, Words("the list is too long"))
        return tuple(_printable(key, each, where) for each in given)
    rule = Setting(key, default, "", "min", *((0, 525_600) if key == "every_minutes" else ()))
    value = checked(rule, given, where)
    return _printable(key, value.strip(), where) if isinstance(value, str) else value


def _printable(key: str, text: str, where: str) -> str:
    if not text.isprintable():
        raise _wrong(key, text, where, Words("it holds a character that cannot be printed"))
    return text


def _check_name(source: Source, where: str) -> None:
    if not source.name or len(source.name) > 100 or not source.name.isprintable():
        rule = Words("give the source a name of 1 to 100 characters")
        raise _wrong("name", source.name[:120], where, rule)
    if source.kind not in KINDS:
        rule = Words("it must be one of {kinds}", kinds=", ".join(KINDS))
        raise _wrong("kind", source.kind, where, rule)


def _check_keys(source: Source, told: Mapping[str, object], where: str) -> None:
    kind = KINDS[source.kind]
    given = [key for key in kind.one_of if told.get(key)]
    if len(given) != 1:
        rule = Words("a source of this kind needs one of: {keys}", keys=", ".join(kind.one_of))
        raise _wrong("kind", source.kind, where, rule)
    for key in told:
        if key not in (*OF_ALL, *kind.one_of, *kind.may):
            rule = Words("a source of the kind {kind} has no such key", kind=source.kind)
            raise _wrong(key, told[key], where, rule)
    if source.kind == "imap" and not (source.user and source.secret):
        rule = Words("it needs user, and secret: the name of its password in secrets.toml")
        raise _wrong("kind", source.kind, where, rule)


def _check_schedule(source: Source, where: str) -> None:
    least = KINDS[source.kind].least_minutes
    if source.every_minutes and source.every_minutes < least:
        rule = Words("it must be at least {least}", least=f"{least:g}")
        raise _wrong("every_minutes", source.every_minutes, where, rule)
    for time in source.at:
        if not _TIME.fullmatch(time):
            raise _wrong("at", time, where, Words("write times of day as 07:30"))
    if source.zone:
        try:
            zoneinfo.ZoneInfo(source.zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise _wrong(
                "zone", source.zone, where, Words("write a zone as Europe/Paris")
            ) from None


def _wrong(key: str, given: object, where: str, rule: Words) -> SettingsError:
    return bad(Setting(key, "", ""), given, where, rule)
