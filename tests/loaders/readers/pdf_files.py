"""PDFs made by hand, and made bad, for tests of their reader."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from pypdf import PdfReader, PdfWriter

HEAD = b"%PDF-1.4\n"


def pdf(pages: Sequence[Sequence[str]], size: int = 11) -> bytes:
    """A PDF with these lines on its pages, from the top down, in Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
        stream = b"BT /F1 %d Tf 72 760 Td 14 TL %s ET" % (size, shown)
        resources = b"/Resources << /Font << /F1 3 0 R >> >>"
        place = b"/MediaBox [0 0 595 842] /Contents %d 0 R" % (5 + 2 * number)
        objects += [
            b"<< /Type /Page /Parent 2 0 R %s %s >>" % (place, resources),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    made, offsets = HEAD, []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    root = b"trailer << /Size %d /Root 1 0 R >>" % count
    return made + root + b"\nstartxref\n%d\n%%%%EOF" % made.index(b"xref\n0 ")


def changed(raw: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """A PDF changed by pypdf: encrypted, with a script, with a form."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
