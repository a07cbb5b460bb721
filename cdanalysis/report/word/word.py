"""The blank Word document: page, styles, running header and footer, all of them Word's own so that a co-author can change them."""

import re
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from cdanalysis.writing.escapes import one_line

FONT = "Arial"
INK, STAMP_INK = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0xB0, 0x1E, 0x1E)
MARGIN_CM, TEXT_WIDTH_CM = 2.2, 16.6  # of A4
TABLE_STYLE, NOTE_STYLE, REFERENCE_STYLE = "Report Table", "Table Note", "Reference"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: object) -> str:
    """Text that XML can hold, on one line; a header of the file may hold anything."""
    return _NOT_XML.sub("", one_line(text))


def blank(title: str, date: str) -> Any:
    """An empty A4 document with the report's styles."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(2.3)
    _paragraph_styles(document)
    document.styles.element.append(parse_xml(_TABLE_STYLE_XML))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title), "", "Written by cdanalysis"
    if date:
        properties.created = properties.modified = datetime.fromisoformat(date)
    return document


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A Word field (SEQ, REF, PAGE) with the text it shows until Word updates it."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run(shown if kind == "text" else None)
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def running_lines(document: Any, head: str, foot: str, *, stamped: bool) -> None:
    """The header and footer of every page; `stamped`: the header is a warning."""
    section = document.sections[0]
    line = section.header.paragraphs[0]
    run = line.add_run(clean(head))
    run.bold, run.font.size = stamped, Pt(9)
    if stamped:
        run.font.color.rgb = STAMP_INK
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(f"{clean(foot)} · page ")
    field(line, "PAGE", "1")
    line.add_run(" of ")
    field(line, "NUMPAGES", "1")
    for run in line.runs:
        run.font.size = Pt(9)


def stamp(document: Any, text: str) -> None:
    """A line that nobody overlooks."""
    run = document.add_paragraph().add_run(clean(text))
    run.bold, run.font.color.rgb, run.font.size = True, STAMP_INK, Pt(13)


def _paragraph_styles(document: Any) -> None:
    styles = document.styles
    _set(styles["Normal"], 10, after=6, bold=None)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, before in (("Title", 20, 0), ("Heading 1", 15, 18), ("Heading 2", 12, 12), ("Caption", 9.5, 8)):
        _set(styles[name], size, after=4, bold=True)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.keep_with_next = name != "Caption"
    border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    for name, size in ((NOTE_STYLE, 8.5), (REFERENCE_STYLE, 9.5)):
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _set(style, size, after=8 if name == NOTE_STYLE else 3, bold=None)
        style.paragraph_format.space_before = Pt(2)
        style.paragraph_format.line_spacing = 1.0
    hanging = styles[REFERENCE_STYLE].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Cm(0.9), Cm(-0.9)
    hanging.tab_stops.add_tab_stop(Cm(0.9))


def _set(style: Any, size: float, *, after: float, bold: bool | None) -> None:
    font = style.font
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_after = Pt(after)


_TABLE_STYLE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/>
      <w:insideH w:val="single" w:sz="2" w:space="0" w:color="D9D9D9"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="1A1A1A"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
