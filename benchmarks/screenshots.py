"""Pictures of the pages for README and docs: a headless Chromium walks over the sample articles.

    python -m benchmarks.screenshots               # the pictures of docs/images that pages show
    python -m benchmarks.screenshots review log    # those of them that are named
    python -m benchmarks.screenshots --all FOLDER  # every page, both languages, both themes
    python -m benchmarks.screenshots --pages       # the same, smaller, into docs/images/pages

Needs a Chromium (FRISE_CHROMIUM, or `chromium` on the path). The samples are loaded into a store
of its own; data/store is not touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.desk_scene import furnish

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
# name of the picture -> path of the page
PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "map": "/map",
    "actors": "/actors",
    "matrix": "/actors?chart=matrix",
    "flows": "/actors?chart=flows",
    "articles": "/articles",
    "briefing": "/briefing",
    "left_out": "/left_out",
    "help": "/help",
    "review": "/review",
    "notes": "/notes",
    "outlets": "/outlets",
    "log": "/log",
}
# of these pages what a team left there; they come last, so that other pictures are without it
DESK = ("review", "notes", "outlets", "log")
COLOURS = 128  # palette size of the pictures of --pages: reduces them to about a third
# the pictures that README and docs show: names of PAGES and "evidence", by language
KEPT = {
    "fr-FR": ("timeline",),
    "en-GB": ("overview", "timeline", "map", "actors", "articles", "evidence", *DESK),
}
Look = tuple[str, str, Sequence[str]]  # locale, theme, names of pictures
SIZE: Any = {"width": 1280, "height": 720}


def main() -> int:
    """Load the samples, start the dashboard, take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", metavar="FOLDER", type=Path, help="every page, every look")
    parser.add_argument("--pages", action="store_true", help="the same into docs/images/pages")
    parser.add_argument("names", nargs="*", help="of the kept pictures only these")
    asked = parser.parse_args()
    everything: Path | None = IMAGES / "pages" if asked.pages else asked.all
    chromium = os.environ.get("FRISE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("No Chromium: install the package 'chromium' or set FRISE_CHROMIUM.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FRISE_STORE": str(Path(folder) / "store")}
        load = [sys.executable, "-m", "loaders", "load", str(ROOT / "data" / "samples")]
        subprocess.run(load, env=environment, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        server, address = _start(environment)
        try:
            looks = _looks(everything, asked.names)
            _take_all(chromium, address, looks, everything, Path(folder) / "store")
            if asked.pages:
                _shrink(IMAGES / "pages")
        finally:
            server.terminate()
            server.wait(timeout=20)
    return 0


def _start(environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=quiet, stderr=quiet)
    address = f"http://localhost:{port}"
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return server, address
        except OSError:
            time.sleep(0.3)
    server.terminate()
    raise SystemExit("The dashboard did not start within a minute.")


def _looks(everything: Path | None, asked: list[str]) -> list[Look]:
    """Locale, theme and names of the pictures to take."""
    if everything:
        every = ("evidence", *PAGES)
        return [(locale, theme, every) for locale in KEPT for theme in ("light", "dark")]
    kept = {locale: [n for n in names if not asked or n in asked] for locale, names in KEPT.items()}
    return [(locale, "light", names) for locale, names in kept.items() if names]


def _take_all(
    chromium: str, address: str, looks: list[Look], everything: Path | None, store: Path
) -> None:
    from playwright.sync_api import sync_playwright

    folder = everything or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    is_furnished = False
    arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=arguments)
        for locale, theme, names in looks:
            scheme: Any = theme
            context = browser.new_context(viewport=SIZE, locale=locale, color_scheme=scheme)
            named: Any = {"name": "frise_name", "value": "Ana", "url": address}
            context.add_cookies([named])
            page = context.new_page()
            for name in names:
                if name in DESK and not is_furnished:
                    furnish(store)
                    is_furnished = True
                full = f"{name}-{locale[:2]}-{theme}.png"
                path = folder / (full if everything else _file(name, locale, theme))
                if name == "evidence":
                    _take_evidence(page, address, path)
                else:
                    _take(page, address + PAGES[name], path)
            context.close()
        browser.close()


def _shrink(folder: Path) -> None:
    """Reduce every picture of a folder to few colours: flat pages show no visible loss."""
    from PIL import Image

    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        small.save(path, optimize=True)


def _file(name: str, locale: str, theme: str) -> str:
    parts = [name, *([locale[:2]] if locale[:2] != "en" else []), *([theme] * (theme == "dark"))]
    return "-".join(parts) + ".png"


def _settle(page: Any) -> None:
    page.wait_for_selector('[data-testid="stMainBlockContainer"]', timeout=90_000)
    page.wait_for_timeout(600)
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=90_000
    )
    page.wait_for_timeout(3_000)  # charts and map tiles draw after the script


def _take(page: Any, address: str, path: Path) -> None:
    page.goto(address)
    _settle(page)
    if address.endswith("/review"):
        page.keyboard.press("w")  # the choices of a field
        page.wait_for_timeout(400)
    page.screenshot(path=str(path))
    print(path)


def _take_evidence(page: Any, address: str, path: Path) -> None:
    """The article of the first event in the list, opened at its sentence."""
    page.goto(address + "/timeline")
    _settle(page)
    page.locator('[class*="st-key-item_timeline"] button').first.click()
    page.wait_for_selector(".st-key-evidence_article button")
    page.locator(".st-key-evidence_article button").click()
    page.wait_for_selector(".fr-asked")
    _settle(page)
    page.screenshot(path=str(path))
    print(path)


if __name__ == "__main__":
    raise SystemExit(main())
