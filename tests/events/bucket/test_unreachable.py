"""A bucket that does not answer, refuses or is not there: said in words, without a secret."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.bucket import working_copy
from events.bucket.objects import Objects, StoreUnreachable
from events.filters import Filters
from events.query import Query
from events.store import Store, StoreError, store_location
from tests.object_store import KEY, SECRET, Shared


@pytest.fixture
def refusing() -> Iterator[str]:
    """An object store that knows nobody."""

    class Refuses(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<Error><Code>InvalidAccessKeyId</Code></Error>"
            self.send_response(403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refuses)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def told_of(address: str | None = None) -> str:
    """What is said, in all its parts; no secret is in it."""
    with pytest.raises(StoreError) as told:
        store_location(address)
    error: BaseException | None = told.value
    while error:
        assert SECRET not in repr(error)
        assert KEY not in repr(error)
        error = error.__cause__
    return str(told.value)


def test_a_bucket_that_does_not_answer(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{KEY}:{SECRET}@127.0.0.1:9")
    told = told_of()
    assert told.startswith(f"{shared.address} cannot be reached: ")
    assert "try again" in told


def test_a_bucket_that_refuses(
    shared: Shared, refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", refusing)
    assert told_of().startswith(f"the bucket refuses {shared.address}: look at AWS_ACCESS_KEY_ID")


def test_a_bucket_that_is_not_there(shared: Shared) -> None:
    told = told_of("s3://nobodys-bucket/store")
    assert told.startswith("there is no bucket nobodys-bucket for s3://nobodys-bucket/store")


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3://b", "s3:/bucket/x", "gs://bucket/x", "s3://Bucket/x", "s3://bucket/../x",
     "s3://bucket//x", "s3://bucket/a b", f"s3://{KEY}:{SECRET}@bucket/x", "https://bucket/x"],
)  # fmt: skip
def test_no_address(address: str) -> None:
    if "://" in address:
        assert "write s3://BUCKET/PREFIX" in told_of(address)
    else:
        assert store_location(address).name == "x"  # a path of a folder


def test_the_bucket_itself_is_an_address(shared: Shared) -> None:
    assert store_location("s3://agency").parent.name.startswith("agency-")


def test_who_reads_goes_on_while_it_does_not_answer(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(store_location())
    assert len(query.events(Filters())) == 16

    def silent(self: Objects, key: str, newer_than: str = "") -> None:
        raise StoreUnreachable("{address} cannot be reached", address=self.address)

    copy = working_copy.of_folder(here.location)
    assert copy
    with monkeypatch.context() as patch:
        patch.setattr(Objects, "get", silent)
        assert len(query.events(Filters())) == 16
        assert copy.unreachable
        with pytest.raises(StoreUnreachable):
            here.append_edit(1, "type", "ASSAULT", "why", "Ana")
    monkeypatch.setattr(working_copy, "_AGAIN", 0)
    assert len(query.events(Filters())) == 16
    assert copy.unreachable is None


def test_a_store_of_objects_without_conditions_is_refused(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(self: Objects, key: str, content: bytes, tag: str | None) -> str:
        self.put(key, content)
        return '"tag"'

    monkeypatch.setattr(Objects, "put_if", careless)
    with pytest.raises(StoreError, match="takes no notice of conditions"):
        Store().create()


def test_secrets_stand_in_no_file(shared: Shared, here: Store, tmp_path: Path) -> None:
    here.append_edit(1, "type", "ASSAULT", "why", "Ana")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert (here.location.parent.stat().st_mode & 0o077) == 0
