"""RTF -> paragraphs: words of control, groups and destinations, read byte by byte.

Bytes after \\bin are passed over as counted; deleted and hidden text is left out; pictures,
embedded objects, fields' instructions, notes, headers and footers hold no text of the article.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from loaders.readers.source_file import UnreadableError, shortened

MAX_DEPTH = 1_000  # nested groups; a table in a table has 20
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_BREAKS = {b"par", b"sect", b"page", b"row", b"cell", b"nestcell", b"nestrow"}
_SIGNS = {
    b"line": "\n",
    b"tab": " ",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": " ",
    b"enspace": " ",
    b"~": "\N{NO-BREAK SPACE}",
    b"_": "\N{NON-BREAKING HYPHEN}",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
}
# destinations that hold no text of the document; those after \* are left out with them
_NO_TEXT = frozenset(
    b"""annotation atnauthor atnid bkmkend bkmkstart colortbl comment company datafield doccomm
    fldinst fontemb fonttbl footer footerf footerl footerr footnote ftncn ftnsep ftnsepc generator
    header headerf headerl headerr info keywords listoverridetable listtable mmathPict nonesttables
    objclass objdata objname operator panose pict pntext pntxta pntxtb private revtbl rsidtbl rxe
    stylesheet subject tc template themedata upr xe xmlnstbl""".split()
)
_TEXT = {b"ud", b"shptxt"}  # text in what else holds none: the Unicode twin, a text box
_ABOUT = {b"title", b"author", b"creatim"}
_TIMES = (b"yr", b"mo", b"dy")
_END = "\0"  # the end of a paragraph while the text is collected
_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_OLD_PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}  # the file's, without ansicpg


@dataclass(frozen=True)
class RtfText:
    """Paragraphs in order, and what the file says of itself ("" where it does not).

    made: the day the file was made as YYYY-MM-DD. is_damaged: it ends before its last group does,
    or a picture in it is longer than the file.
    """

    paragraphs: tuple[str, ...]
    title: str
    author: str
    made: str
    has_changes: bool
    is_damaged: bool


@dataclass(frozen=True)
class _State:
    """What a group inherits and gives back at its end. `into`: where its text goes: "text", a
    field of `_ABOUT`, "fonttbl", or "" for nowhere. `after`: characters beside a Unicode one that
    stand for it in older programs."""

    into: str = "text"
    after: int = 1
    font: int = 0
    hidden: bool = False
    deleted: bool = False


def rtf_text(raw: bytes) -> RtfText:
    """The text of an RTF file. Raises UnreadableError where it is none or nested too deep."""
    if not is_rtf(raw):
        remedy = "Save it as .rtf from the program that made it."
        raise UnreadableError("", shortened(raw[:20]), "this is no RTF file", remedy)
    return _Reading(raw).read()


def is_rtf(raw: bytes) -> bool:
    """Whether bytes begin as an RTF file does."""
    return raw.lstrip()[:5] == rb"{\rtf"


class _Reading:
    """One pass over a file: `parts` collects text by destination, `pending` bytes of one font."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.state = _State()
        self.groups: list[_State] = []
        self.parts: dict[str, list[str]] = {"text": [], "title": [], "author": []}
        self.fonts: dict[int, str] = {}
        self.encoding = "cp1252"
        self.pending = bytearray()
        self.to_skip = 0
        self.starred = False
        self.has_changes = False
        self.made: dict[bytes, int] = {}
        self.is_damaged = False

    def read(self) -> RtfText:
        at = self.raw.index(b"{")
        while at < len(self.raw):
            found = _TOKEN.match(self.raw, at)
            at = found.end() if found else at + 1
            if found:
                at += self._take(found, len(self.raw) - at)
            if not self.groups:
                break  # what stands after the document's own group is none of it
        self.is_damaged |= bool(self.groups)
        self._flush()
        told = {name: _whole("".join(parts)) for name, parts in self.parts.items()}
        texts = (" ".join(text.split(" ")).strip() for text in told["text"].split(_END))
        made = "-".join(f"{self.made[key]:02}" for key in _TIMES if key in self.made)
        return RtfText(
            tuple(text for text in texts if text),
            told["title"].strip(),
            told["author"].strip(),
            made,
            self.has_changes,
            self.is_damaged,
        )

    def _take(self, found: re.Match[bytes], left: int) -> int:
        """Take a token; the number of bytes after it, of the `left` ones, that are passed over."""
        kind = found.lastgroup
        if kind in ("word", "number"):
            number = int(found["number"]) if found["number"] else None
            return (
                self._binary(number or 0, left)
                if found["word"] == b"bin"
                else self._word(found["word"], number)
            )
        if kind == "brace":
            self._brace(found["brace"])
        elif kind == "hex":
            self._bytes(bytes.fromhex(found["hex"].decode("ascii")))
        elif kind == "text":
            self._bytes(found["text"])
        elif kind == "sign":
            self._sign(found["sign"])
        return 0

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.to_skip, self.starred = 0, False
        if brace == b"{":
            self.groups.append(self.state)
            if len(self.groups) > MAX_DEPTH:
                problem = f"groups nested deeper than {MAX_DEPTH}"
                raise UnreadableError("", "", problem, "Save its text as .txt and load that.")
        elif self.groups:
            self.state = self.groups.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in b"\r\n":
            self._put(_END)
        else:
            self._put(_SIGNS.get(sign, ""))

    def _binary(self, length: int, left: int) -> int:
        """Bytes of a picture; where more are told than there are, the length is wrong."""
        self.starred = False
        self.is_damaged |= length > left
        return length if 0 <= length <= left else 0

    def _word(self, word: bytes, number: int | None) -> int:
        is_starred, self.starred = self.starred, False
        if word == b"u" and number is not None:
            self._put(chr(number % 0x10000))
            self.to_skip = self.state.after
        elif word in _BREAKS:
            self._put(_END)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _TEXT:
            self._change(into="text")
            self._put(_END if word == b"shptxt" else "")
        elif word in _ABOUT:
            self._change(into=word.decode("ascii"))
        elif word in _NO_TEXT or is_starred:
            self._change(into="fonttbl" if word == b"fonttbl" else "")
        else:
            self._format(word, number)
        return 0

    def _format(self, word: bytes, number: int | None) -> None:
        """A word that changes how what follows is read or shown."""
        if word in _TIMES and self.state.into == "creatim":
            self.made[word] = number or 0
        elif word == b"ansicpg" and _is_encoding(f"cp{number}"):
            self.encoding = f"cp{number}"
        elif word in _OLD_PAGES:
            self.encoding = _OLD_PAGES[word]
        elif word == b"uc":
            self._change(after=min(number or 0, 10))
        elif word == b"f" and number is not None:
            self._change(font=number)
        elif word == b"fcharset" and self.state.into == "fonttbl":
            self.fonts[self.state.font] = _CODE_PAGES.get(number or 0, self.encoding)
        elif word == b"plain":
            self._change(hidden=False, deleted=False)
        elif word in (b"v", b"deleted"):
            self._change(**{"hidden" if word == b"v" else "deleted": number != 0})
        self.has_changes |= word in (b"deleted", b"revised")

    def _change(self, **changes: Any) -> None:
        self._flush()
        self.state = replace(self.state, **changes)

    def _bytes(self, raw: bytes) -> None:
        """Bytes of text; those that stand for a Unicode character before them are passed over."""
        self.starred = False
        skipped = min(self.to_skip, len(raw))
        self.to_skip -= skipped
        self.pending += raw[skipped:]

    def _put(self, text: str) -> None:
        self._flush()
        self.to_skip = 0
        if text and self.state.into in self.parts and not (self.state.hidden or self.state.deleted):
            self.parts[self.state.into].append(text)

    def _flush(self) -> None:
        """Bytes are decoded together: two may make one character."""
        if self.pending:
            raw, self.pending = bytes(self.pending), bytearray()
            to_skip = self.to_skip
            self._put(raw.decode(self.fonts.get(self.state.font, self.encoding), "replace"))
            self.to_skip = to_skip


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name) is not None
    except LookupError:
        return False


def _whole(text: str) -> str:
    """Text whose pairs of surrogates are characters; half a pair is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
