"""Office files with a fixed date everywhere, so that the same selection gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def with_date(data: bytes, moment: dt.datetime) -> bytes:
    """A ZIP of an office document with `moment` for every entry and in its properties.

    Embedded workbooks (the numbers of native charts) are treated the same way.
    """
    out = io.BytesIO()
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    day = max(moment, dt.datetime(1980, 1, 1, tzinfo=moment.tzinfo)).timetuple()[:6]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                body = with_date(body, moment)
            if entry.filename == "docProps/core.xml":
                body = _DATE.sub(rb"\g<1>" + stamp, body)
            made = zipfile.ZipInfo(entry.filename, day)
            made.external_attr = 0o600 << 16
            new.writestr(made, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
