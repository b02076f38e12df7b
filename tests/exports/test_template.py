"""An organisation's own template: its masters and fonts are used; what is unsafe is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from docx.shared import Pt
from pptx.util import Inches

from exports.__main__ import main
from exports.pack.content import content
from exports.pack.narrative import to_docx
from exports.pack.slides import to_pptx
from exports.pack.template import TemplateError, checked, read_templates
from exports.selection import Selection

Parts = dict[str, bytes]


def _slides(width: float = 10.0, height: float = 5.625) -> bytes:
    """A template of slides with a slide, a font and a mark on its master."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Example slide"
    for shape in deck.slide_master.shapes:
        shape.name = "ours"
    out = io.BytesIO()
    deck.save(out)
    parts = _unpacked(out.getvalue())
    theme = "ppt/theme/theme1.xml"
    parts[theme] = parts[theme].replace(b'typeface="Calibri"', b'typeface="Georgia"')
    return _packed(parts)


def _document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Example text")
    document.styles["Heading 1"].font.size = Pt(31)
    document.sections[0].footer.paragraphs[0].text = "Our address"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _unpacked(data: bytes) -> Parts:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_slides_take_the_masters_fonts_and_size_of_the_template(selection: Selection) -> None:
    kind, template = checked("ours.pptx", _slides())
    assert kind == "pptx"
    data = to_pptx(content(selection), selection, None, template)
    deck = pptx.Presentation(io.BytesIO(data))
    assert deck.slide_width == Inches(10)
    assert {shape.name for shape in deck.slide_master.shapes} == {"ours"}
    said = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
    assert "Example slide" not in said
    assert selection.title in said
    slides = [body for name, body in _unpacked(data).items() if name.startswith("ppt/slides/")]
    assert not any(b'typeface="Arial"' in body or b'"222222"' in body for body in slides)
    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        assert shape.left + shape.width <= Inches(10) + 12_700
        assert shape.top + shape.height <= Inches(5.625) + 12_700


def test_the_document_takes_the_styles_of_the_template(selection: Selection) -> None:
    kind, template = checked("ours.docx", _document())
    assert kind == "docx"
    told = content(selection)
    document = docx.Document(io.BytesIO(to_docx(told, selection, {}, template)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert told.title in texts
    assert "Example text" not in texts
    assert document.styles["Heading 1"].font.size == Pt(31)
    footer = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    assert footer == [selection.marking, "Our address"]


def _macro(parts: Parts) -> None:
    parts["ppt/vbaProject.bin"] = b"x"


def _link(parts: Parts) -> None:
    name = "ppt/_rels/presentation.xml.rels"
    link = b'<Relationship Id="x" Type="y" Target="http://a.example/b" TargetMode="External"/>'
    parts[name] = parts[name].replace(b"</Relationships>", link + b"</Relationships>")


def _entity(parts: Parts) -> None:
    parts["ppt/theme/theme1.xml"] = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


def _other(parts: Parts) -> None:
    parts["[Content_Types].xml"] = b"<Types/>"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_macro, "macros or embedded programs (ppt/vbaProject.bin)"),
        (_link, "a link to the outside (http://a.example/b)"),
        (_entity, "declares a document type"),
        (_other, "no PPTX or DOCX file"),
    ],
)
def test_what_is_unsafe_is_refused_in_words(
    spoil: Callable[[Parts], None], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = _unpacked(_slides())
    spoil(parts)
    path = tmp_path / "ours.pptx"
    path.write_bytes(_packed(parts))
    with pytest.raises(TemplateError) as error:
        read_templates([path])
    assert words in str(error.value)
    assert main(["pack", "--out", str(tmp_path / "out"), "--template", str(path)]) == 2
    assert words in capsys.readouterr().err


def test_other_files_and_other_sizes_are_refused(selection: Selection) -> None:
    with pytest.raises(TemplateError, match="no PPTX or DOCX"):
        checked("a.txt", b"text")
    _, narrow = checked("ours.pptx", _slides(10, 7.5))
    with pytest.raises(TemplateError, match="must be 16:9"):
        to_pptx(content(selection), selection, None, narrow)


def test_a_potx_is_a_template_of_slides() -> None:
    parts = _unpacked(_slides())
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"presentation.main", b"template.main")
    kind, data = checked("ours.potx", _packed(parts))
    assert kind == "pptx"
    assert len(pptx.Presentation(io.BytesIO(data)).slides) == 1
