"""A dashboard over a store, for benchmarks: started on a free port, stopped with the block."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90.0


@dataclass(frozen=True)
class Served:
    """A running dashboard: where it listens, its process, seconds until it answered."""

    port: int
    process: int
    seconds: float

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def memory(self) -> float:
        """Resident memory of the server in MB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        except OSError:
            return 0.0
        told = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        return int(told[0]) / 1024 if told else 0.0


@contextmanager
def dashboard(store: Path, port: int = 0) -> Iterator[Served]:
    """The dashboard over `store`; a free port is taken where none is given."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}"]
    environment = {**os.environ, "FRISE_STORE": str(store)}
    quiet = subprocess.DEVNULL
    began = time.perf_counter()
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        _wait(f"http://localhost:{port}/_stcore/health", server)
        yield Served(port, server.pid, time.perf_counter() - began)
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """A port that is free at the moment."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the dashboard did not answer at {address} within {START_SECONDS:.0f} s")
