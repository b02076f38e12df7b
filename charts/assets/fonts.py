"""The bundled font, IBM Plex Sans (SIL Open Font License 1.1), for pages, charts and exports.

``python -m charts.assets.fonts`` copies the woff2 files of the npm package
@fontsource/ibm-plex-sans to static/built/fonts/ (for browsers) and merges its woff subsets into one
TrueType file per weight (for matplotlib and typst). Without these files, DejaVu Sans is used.
"""

from __future__ import annotations

import argparse
import functools
import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@fontsource" / "ibm-plex-sans"
FONTS_DIR = ROOT / "static" / "built" / "fonts"
FAMILY = "IBM Plex Sans"
FALLBACK = "DejaVu Sans"
CSS_FAMILY = f"{FAMILY}, {FALLBACK}, Arial, sans-serif"
WEIGHTS = (400, 600)
SUBSETS = ("latin", "latin-ext", "cyrillic", "greek")  # a shared character: the first wins


def file_name(weight: int) -> str:
    """Name of the merged TrueType file of a weight."""
    return f"IBMPlexSans-{weight}.ttf"


@functools.cache
def font_path(weight: int = 400) -> Path:
    """The TrueType file to draw and measure with: the bundled one, else matplotlib's DejaVu."""
    built = FONTS_DIR / file_name(weight)
    if built.exists():
        return built
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if weight >= 600 else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


def is_built() -> bool:
    """True where every weight has its TrueType file."""
    return all((FONTS_DIR / file_name(weight)).exists() for weight in WEIGHTS)


def build(package: Path = PACKAGE, target: Path = FONTS_DIR) -> list[Path]:
    """Write the font files; the paths written. FileNotFoundError where the package is missing."""
    if not (package / "files").is_dir():
        raise FileNotFoundError(
            f"{package} is missing: run 'python -m charts.assets.basemap --install' (it fetches "
            "the npm packages of package.json), then 'python -m charts.assets.fonts' again"
        )
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for weight in WEIGHTS:
        sources = [_source(package, subset, weight) for subset in SUBSETS]
        for source in sources:
            written.append(Path(shutil.copy(source.with_suffix(".woff2"), target)))
        written.append(_merge(sources, target / file_name(weight)))
    written.append(Path(shutil.copy(package / "LICENSE", target / "LICENSE.txt")))
    return written


def _source(package: Path, subset: str, weight: int) -> Path:
    return package / "files" / f"ibm-plex-sans-{subset}-{weight}-normal.woff"


def _merge(sources: list[Path], target: Path) -> Path:
    """One TrueType file of several woff subsets."""
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for number, source in enumerate(sources):
            font = TTFont(source)
            font.flavor = None
            for table in ("GSUB", "GPOS", "GDEF"):  # kerning would not be measured anyway
                if table in font:
                    del font[table]
            path = Path(folder) / f"{number}.ttf"
            font.save(path)
            plain.append(str(path))
        merged = Merger().merge(plain)
        _name(merged, target)
        merged.save(target)
    return target


def _name(font: TTFont, target: Path) -> None:
    """A family name that does not depend on the subset it came from."""
    bold = "600" in target.stem
    for record_id, text in ((1, FAMILY), (2, "Bold" if bold else "Regular"), (4, target.stem)):
        font["name"].setName(text, record_id, 3, 1, 0x409)
        font["name"].setName(text, record_id, 1, 0, 0)
    # named bold like the fallback font: renderers look up both by the same weight
    font["OS/2"].usWeightClass = 700 if bold else 400


def main(arguments: list[str] | None = None) -> int:
    """Build the font files; exit code 1 and a message where the package is missing."""
    parser = argparse.ArgumentParser(description="Build the bundled font.")
    parser.add_argument("--if-missing", action="store_true", help="do nothing when it is there")
    if parser.parse_args(arguments).if_missing and is_built():
        return 0
    try:
        written = build()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in written)
    print(f"{len(written)} font files, {size / 1000:.0f} kB, in {FONTS_DIR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
