"""What python-docx has no words for: fields, languages, and lists that begin anew.

Element names are those of ECMA-376 (Office Open XML), part 1, 17.
"""

import re
from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LOCALES = {"sv": "sv-SE", "en": "en-GB"}
# What XML 1.0 cannot hold.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FONT, SIZE = "Calibri", Pt(11)
OWN_STYLES = {"Sender": Pt(11), "Header field": Pt(10), "Line": SIZE, "Table text": Pt(10)}
TIGHT = Pt(2)


def legal(text: str) -> str:
    """The text without the control characters that no XML file can hold."""
    return ILLEGAL.sub("", str(text))


def prepare_styles(word: WordFile, *, language: str, colour: str) -> None:
    """Word's own styles in the municipality's colour, and the few that a document adds."""
    styles = word.styles
    normal: ParagraphStyle = styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    for name, size in OWN_STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, size
        style.paragraph_format.space_after = TIGHT
    styles.add_style("Signature", WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    styles["Signature"].paragraph_format.space_before = Pt(30)
    for name in ("Title", "Subtitle", "Caption", *(f"Heading {level}" for level in range(1, 7))):
        style = styles[name]
        style.font.name, style.font.color.rgb = FONT, RGBColor.from_string(colour.lstrip("#"))
        _forget_theme_font(style)
    _speak(word, LOCALES.get(language, language))


def new_list(word: WordFile, style: str = "List Number", *, starts_at: int = 1) -> int:
    """A numbering of its own, which begins anew: without it Word goes on from the list before."""
    numbering = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    (abstract,) = (num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(starts_at)
    return num.numId


def number_with(paragraph: Paragraph, numbering: int) -> None:
    """Let the paragraph count in the list that `new_list` gave."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def repeat_heading(row: _Row) -> None:
    """Mark the row as the table's heading, on every page and for who listens."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def keep_whole(row: _Row) -> None:
    """Let no page end in the middle of the row."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def add_page_number(paragraph: Paragraph) -> None:
    """Which page of how many."""
    for text, field in (("", "PAGE"), (" (", ""), ("", "NUMPAGES"), (")", "")):
        run = paragraph.add_run(text)
        if field:
            _begin_field(run, field)
            paragraph.add_run("1")
            _end_field(paragraph.add_run())


def add_contents(word: WordFile, headings: Sequence[str]) -> None:
    """A list of the headings, which Word fills with their pages when it is asked to update it."""
    lines = [heading for heading in headings if heading] or [""]
    paragraphs = [word.add_paragraph(legal(line), style="Line") for line in lines]
    begin = Run(OxmlElement("w:r"), paragraphs[0])
    _begin_field(begin, r'TOC \o "1-3" \h \z \u')
    first = paragraphs[0]._p.r_lst[0] if paragraphs[0]._p.r_lst else None
    if first is None:
        paragraphs[0]._p.append(begin._r)
    else:
        first.addprevious(begin._r)
    _end_field(paragraphs[-1].add_run())


def _begin_field(run: Run, instruction: str) -> None:
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    run._r.append(_element("w:fldChar", fldCharType="begin"))
    run._r.append(text)
    run._r.append(_element("w:fldChar", fldCharType="separate"))


def _end_field(run: Run) -> None:
    run._r.append(_element("w:fldChar", fldCharType="end"))


def _speak(word: WordFile, locale: str) -> None:
    """In which language Word checks the spelling and a screen reader speaks."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), locale)


def _forget_theme_font(style: ParagraphStyle) -> None:
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
