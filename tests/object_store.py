"""An object store on this machine, moto's server, and machines that share a bucket in it."""

from __future__ import annotations

import logging
import os
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from obstore.store import S3Store

from events.bucket.working_copy import WorkingCopy, of_address, written
from events.store import Store
from tests.hand_made import make_store

BUCKET, KEY, SECRET = "agency", "AKIATESTKEY", "a-secret-that-nobody-may-read"
_numbers = count(1)


@contextmanager
def serving() -> Iterator[str]:
    """The endpoint of a server with an empty bucket, while it runs."""
    from moto.server import ThreadedMotoServer  # a second, which most tests need not wait for

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        endpoint = f"http://{host}:{port}"
        create_bucket(endpoint)
        yield endpoint
    finally:
        server.stop()


def create_bucket(endpoint: str) -> None:
    """Make the empty bucket."""
    asked = urllib.request.Request(f"{endpoint}/{BUCKET}", data=b"", method="PUT")
    urllib.request.urlopen(asked).close()


class Shared:
    """One store in a bucket, seen from several machines: each has a cache of its own."""

    def __init__(self, endpoint: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.address = f"s3://{BUCKET}/desk-{next(_numbers)}/store"
        self.folder, self._patch = folder, patch
        self.variables = {
            "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1", "FRISE_STORE": self.address, "FRISE_STORE_LOOK_SECONDS": "0",
        }  # fmt: skip
        for name, value in self.variables.items():
            patch.setenv(name, value)
        self.at("here")

    def at(self, machine: str) -> WorkingCopy:
        """Sit down at a machine: FRISE_STORE leads to its copy from now on."""
        self.variables["FRISE_STORE_CACHE"] = str(self.folder / machine)
        self._patch.setenv("FRISE_STORE_CACHE", self.variables["FRISE_STORE_CACHE"])
        return of_address(self.address)

    def environment(self) -> dict[str, str]:
        """For a process of its own at this machine."""
        return {**os.environ, **self.variables}

    def objects(self) -> S3Store:
        """The objects below the address, as another program sees them."""
        prefix = self.address.removeprefix(f"s3://{BUCKET}/")
        return S3Store(
            BUCKET, prefix=prefix, endpoint=self.variables["AWS_ENDPOINT_URL"],
            access_key_id=KEY, secret_access_key=SECRET, region="us-east-1",
            client_options={"allow_http": True},
        )  # fmt: skip


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The object store of this session."""
    with serving() as found:
        yield found


@pytest.fixture
def shared(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """A place in the bucket where no store is yet."""
    return Shared(endpoint, tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made store, in a folder: what pages that are looked at write into its log stays."""
    folder = tmp_path_factory.mktemp("made")
    make_store(folder / "untouched" / "store")
    shutil.copytree(folder / "untouched", folder / "shared")
    return folder / "shared" / "store"


@pytest.fixture(scope="session")
def untouched_store(made_store: Path) -> Path:
    """The same as it was made: to be copied, never written."""
    return made_store.parents[1] / "untouched" / "store"


@pytest.fixture
def here(shared: Shared, untouched_store: Path) -> Store:
    """The hand-made store in the bucket, put there by this machine."""
    location = shared.at("here").location
    with written(location, 1):
        shutil.copytree(untouched_store, location)
    return Store()
