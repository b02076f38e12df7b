"""What an office file says of itself: title, author, language, the day it was made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.readers.office_package import local_name, xml_part


@dataclass(frozen=True)
class Properties:
    """Properties as written, "" where missing. `made`: the day the file was made, as written: it
    is no day of publication."""

    title: str = ""
    author: str = ""
    lang: str = ""
    made: str = ""

    def notes(self) -> Iterator[str]:
        """The day the file was made, for the reader to weigh."""
        if self.made[:10].strip():
            yield f"the file was made on {self.made[:10]}, which is no date of publication"


def properties_of(archive: zipfile.ZipFile, name: str) -> Properties:
    """The properties in a part (docProps/core.xml, meta.xml). Raises UnreadableError."""
    tree = xml_part(archive, name)
    return Properties() if tree is None else properties_in(tree)


def properties_in(tree: etree._Element) -> Properties:
    """The properties beneath an element, by the names of Dublin Core and OpenDocument."""
    told: dict[str, str] = {}
    for element in tree.iter():
        text = (element.text or "").strip()
        if text and isinstance(element.tag, str):
            told.setdefault(local_name(element), text)
    return Properties(
        title=told.get("title", ""),
        author=told.get("initial-creator", told.get("creator", "")),
        lang=told.get("language", ""),
        made=told.get("created", told.get("creation-date", "")),
    )
