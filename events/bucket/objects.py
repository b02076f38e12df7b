"""The objects of a bucket under one prefix, and what can go wrong with them in words.

Credentials and endpoint come from the usual AWS_* variables; they are in no message.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.store_errors import StoreError, in_one_line

SCHEME = "s3://"
_ADDRESS = re.compile(
    r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/(?!\.+(?:/|$))[\w.=-]+)*)/?", re.ASCII
)
_DEBUG = re.compile(r"\s*Debug source:.*", re.DOTALL)
_USER = re.compile(r"//[^/@\s]*@")  # of an endpoint: names and passwords are told to nobody
_PATIENCE: Any = {"max_retries": 2, "retry_timeout": dt.timedelta(seconds=10)}
_CONNECT = dt.timedelta(seconds=5)
# of one request, its content included: what is small, and what may be large on a slow line
_SMALL, _LARGE = dt.timedelta(seconds=20), dt.timedelta(minutes=15)
_REFUSED = ("PermissionDeniedError", "UnauthenticatedError")


class StoreUnreachable(StoreError):
    """The bucket does not answer, refuses, or is not there: which, and what to do."""


class ObjectMissing(Exception):
    """There is no such object."""


@dataclass(frozen=True)
class Found:
    """An object in a list: its key, bytes, and when it was last written."""

    key: str
    size: int
    modified: dt.datetime


def parts_of(address: str) -> tuple[str, str]:
    """(bucket, prefix) of ``s3://bucket/prefix``. Raises StoreError for anything else."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise StoreError(
            "{address} is no address of a store: write s3://BUCKET/PREFIX, in letters, digits, "
            "points, hyphens and underscores",
            address=_USER.sub("//", address),
        )
    return found[1], found[2].strip("/")


def endpoint() -> str:
    """Where the object store is, "" for Amazon's own."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""


class Objects:
    """Reading, conditional writing and listing below ``s3://bucket/prefix``. All raise
    StoreUnreachable."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._bucket, self._prefix = parts_of(address)
        self._opened: dict[dt.timedelta, Any] = {}

    def get(self, key: str, newer_than: str = "") -> tuple[bytes, str] | None:
        """(content, tag); None where its tag is `newer_than` still. Raises ObjectMissing."""
        import obstore

        options: Any = {"if_none_match": newer_than} if newer_than else None
        with self._told():
            try:
                found = obstore.get(self._store(), key, options=options)
                return bytes(found.bytes()), str(found.meta["e_tag"])
            except obstore.exceptions.NotModifiedError:
                return None

    def pieces(self, key: str) -> Iterator[bytes]:
        """The content of a large object, piece by piece. Raises ObjectMissing."""
        import obstore

        with self._told():
            yield from map(bytes, obstore.get(self._store(_LARGE), key).stream(4 << 20))

    def put(self, key: str, content: bytes | Path) -> None:
        """Write an object, whatever stood there."""
        import obstore

        with self._told():
            obstore.put(self._store(_LARGE), key, content, max_concurrency=2)

    def put_if(self, key: str, content: bytes, tag: str | None) -> str | None:
        """Write it where its tag is still this one (None: where there is no such object); the new
        tag, None where somebody else was faster."""
        import obstore

        mode: Any = "create" if tag is None else {"e_tag": tag}
        with self._told():
            try:
                return str(obstore.put(self._store(), key, content, mode=mode)["e_tag"])
            except (
                obstore.exceptions.AlreadyExistsError,
                obstore.exceptions.PreconditionError,
            ) as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there count as deleted."""
        import obstore

        with self._told():
            if keys:
                obstore.delete(self._store(), list(keys))

    def found(self) -> list[Found]:
        """Every object below the prefix."""
        import obstore

        with self._told():
            listed = [each for chunk in obstore.list(self._store()) for each in chunk]
        return [Found(each["path"], each["size"], each["last_modified"]) for each in listed]

    def _store(self, most: dt.timedelta = _SMALL) -> Any:
        """The client whose requests may take so long."""
        if most not in self._opened:
            from obstore.store import S3Store

            at = endpoint()
            times: Any = {"connect_timeout": _CONNECT, "timeout": most}
            times |= {"allow_http": True} if at.startswith("http://") else {}
            told: dict[str, Any] = {"endpoint": at} if at else {}
            self._opened[most] = S3Store(
                self._bucket, prefix=self._prefix or None, retry_config=_PATIENCE,
                client_options=times, **told,
            )  # fmt: skip
        return self._opened[most]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the client says, in words. Raises StoreUnreachable, ObjectMissing."""
        import obstore

        try:
            yield
        except FileNotFoundError as error:
            if "NoSuchBucket" not in str(error):
                raise ObjectMissing(str(error)) from None
            raise self._no_bucket() from None
        except (obstore.exceptions.BaseError, OSError, ValueError) as error:
            raise self._unreachable(error) from None

    def _no_bucket(self) -> StoreUnreachable:
        return StoreUnreachable(
            "there is no bucket {bucket} for {address}: make it, or correct FRISE_STORE",
            bucket=self._bucket,
            address=self.address,
        )

    def _unreachable(self, error: Exception) -> StoreUnreachable:
        if "NoSuchBucket" in str(error):
            return self._no_bucket()
        if type(error).__name__ in _REFUSED or "403 Forbidden" in str(error):
            return StoreUnreachable(
                "the bucket refuses {address}: look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY "
                "and the rights of that key to read, write, list and delete there",
                address=self.address,
            )
        return StoreUnreachable(
            "{address} cannot be reached: {problem}. Nothing was changed; look at the network and "
            "at AWS_ENDPOINT_URL, and try again",
            address=self.address,
            problem=in_one_line(Exception(_USER.sub("//", _DEBUG.sub("", str(error))))),
        )
