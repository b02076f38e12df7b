"""Office files made part by part, for tests of what no program would write."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style", "meta")
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of parts, packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A DOCX with this body; other parts by name, "/" written as "__" and "." as "_dot_"."""
    named = {key.replace("__", "/").replace("_dot_", "."): value for key, value in parts.items()}
    main = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return archive({"word/document.xml": main, **named})


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run is text, or XML where it begins with "<"."""
    inside = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inside}</w:p>"


def odt(body: str, prolog: str = "", **parts: str | bytes) -> bytes:
    """An ODT with this text; `prolog` stands before its root element."""
    named = {key.replace("__", "/").replace("_dot_", "."): value for key, value in parts.items()}
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"{prolog}<office:document-content {ODT}>{text}</office:document-content>"
    return archive({"mimetype": ODT_TYPE, "content.xml": content, **named})
