"""What a document says, apart from how it looks.

One `Document` is printed by the page in the browser and by the PDF, through the same templates, so
that the two cannot differ. Everything here is text that is ready to print: no model, no query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import ClassVar, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.charts import Chart

SHORT_TABLE = 8  # rows


class DocumentRefusedError(Exception):
    """The document cannot be printed; the text says why, for the user."""


@dataclass(frozen=True)
class Prose:
    """Running text: HTML from `partnerships.markdown.to_html`, or one paragraph of plain text."""

    template_name: ClassVar[str] = "documents/partials/prose.html"
    html: SafeString | str

    @property
    def is_empty(self) -> bool:
        return not self.html.strip()

    @property
    def printed_html(self) -> SafeString:
        return (
            self.html if isinstance(self.html, SafeString) else format_html("<p>{}</p>", self.html)
        )


@dataclass(frozen=True)
class Points:
    """Points of a proposal or a decision: numbered, or each beginning with a word such as `att`."""

    template_name: ClassVar[str] = "documents/partials/points.html"
    items: Sequence[str]
    lead_word: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.items


@dataclass(frozen=True)
class Lines:
    """A list without numbers or bullets: recipients, or the documents that a decision rests on."""

    template_name: ClassVar[str] = "documents/partials/lines.html"
    items: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not self.items


@dataclass(frozen=True)
class AmountRow:
    """One row of an `AmountTable`; the amount is text with no-break spaces (`649 500 kr`)."""

    label: str
    amount: str


@dataclass(frozen=True)
class AmountTable:
    """Who contributes what, with the total in words of the document's own choice."""

    template_name: ClassVar[str] = "documents/partials/amounts.html"
    rows: Sequence[AmountRow]
    label_heading: str
    amount_heading: str
    total_label: str = ""
    total: str = ""
    caption: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.total)


@dataclass(frozen=True)
class FactTable:
    """Rows of facts under headings; the first cell of each row is its heading."""

    template_name: ClassVar[str] = "documents/partials/facts.html"
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    is_numeric: bool = False  # all cells but the first stand to the right
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def is_short(self) -> bool:
        """Has it so few rows that it is not broken between pages?"""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class Signatory:
    """Somebody who signs, above the line where the name is written."""

    name: str
    title: str = ""


@dataclass(frozen=True)
class Signatures:
    """The office that answers for the document, and those who sign for it."""

    template_name: ClassVar[str] = "documents/partials/signatures.html"
    office: str = ""
    signatories: Sequence[Signatory] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.office or self.signatories)


@dataclass(frozen=True)
class ChartBlock:
    """A chart and, under it, its figures as a table."""

    template_name: ClassVar[str] = "documents/partials/chart.html"
    chart: Chart

    @property
    def is_empty(self) -> bool:
        return self.chart.is_empty

    @property
    def picture_name(self) -> str:
        """The drawing's name within the file, the same for the same drawing."""
        return f"chart-{sha256(self.chart.svg.encode()).hexdigest()[:16]}"

    @property
    def table(self) -> FactTable:
        """The same figures as the drawing's."""
        return FactTable(self.chart.headings, self.chart.rows, caption=self.chart.title)


Block = Prose | Points | Lines | AmountTable | FactTable | ChartBlock | Signatures


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `list` prints the heading as a small label.

    A `chapter` is printed also when nothing stands right under it; its sections follow one `level`
    further down.
    """

    heading: str
    blocks: Sequence[Block]
    style: Literal["normal", "list", "signature", "chapter"] = "normal"
    starts_page: bool = False
    level: Literal[2, 3] = 2

    @property
    def printed_blocks(self) -> list[Block]:
        return [block for block in self.blocks if not block.is_empty]

    @property
    def is_printed(self) -> bool:
        return self.style == "chapter" or bool(self.printed_blocks)


@dataclass(frozen=True)
class HeaderField:
    """A labelled fact in the letterhead: office, officer, date, diary number, addressee."""

    label: str
    lines: Sequence[str]

    @property
    def printed_lines(self) -> list[str]:
        return [line for line in self.lines if line.strip()]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of record. What is empty is not printed, nor is its label or heading.

    The two moments go into the file, where they are all that depends on time: the same document
    gives the same bytes. `page_heading` is printed at the head of every page and `signature_row`
    at its foot, a line to sign on for each label, where those who sign answer for every page.
    """

    title: str
    document_name: str
    municipality_name: str
    sections: Sequence[Section]
    created_at: datetime
    modified_at: datetime
    language: str = "sv"
    draft_mark: str = ""
    has_contents: bool = False  # a list of the headings with their pages, for long documents
    letterhead_colour: str = "#1e2b3c"
    logo: bytes | None = None
    header_fields: Sequence[HeaderField] = ()
    running_identifier: str = ""
    footer_text: str = ""
    author: str = ""
    description: str = ""
    page_heading: Sequence[str] = ()
    signature_row: Sequence[str] = ()

    @property
    def is_draft(self) -> bool:
        return bool(self.draft_mark)

    @property
    def printed_header_fields(self) -> list[HeaderField]:
        return [field for field in self.header_fields if field.printed_lines]

    @property
    def printed_sections(self) -> list[Section]:
        return [section for section in self.sections if section.is_printed]

    @property
    def charts(self) -> list[ChartBlock]:
        """The charts that are printed."""
        blocks = (block for section in self.printed_sections for block in section.printed_blocks)
        return [block for block in blocks if isinstance(block, ChartBlock)]

    @property
    def created_stamp(self) -> str:
        return _stamp(self.created_at)

    @property
    def modified_stamp(self) -> str:
        return _stamp(self.modified_at)


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, such as the memo's own data for machines to read."""

    name: str
    content: bytes
    mime_type: str
    description: str = ""
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Data"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
