"""The report as a document: from what it says as data, so that a frozen one prints the same."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _, override

from partnerships.documents import (
    Attachment,
    Block,
    ChartBlock,
    Document,
    FactTable,
    HeaderField,
    Prose,
    Section,
)
from partnerships.markdown import to_html
from partnerships.pdf import render_pdf
from report.documents.charts import chart_from
from report.documents.content import LANGUAGE
from report.documents.marks import filled
from report.models import Edition, SectionContent

Data = dict[str, Any]


def report_document(edition: Edition, content: Data, *, is_draft: bool) -> Document:
    """The edition as a document of record."""
    municipality = edition.municipality
    with override(LANGUAGE):
        return Document(
            title=content["title"],
            document_name=_("Sector report"),
            municipality_name=content["municipality"],
            sections=tuple(_sections(content)),
            created_at=edition.created_at,
            modified_at=datetime.fromisoformat(content["made_at"]),
            language=LANGUAGE,
            draft_mark=_("Draft") if is_draft else "",
            has_contents=True,
            letterhead_colour=municipality.colour,
            logo=municipality.logo_content(),
            header_fields=(
                HeaderField(_("Addressee"), (capfirst(content["committee"]),)),
                HeaderField(_("Diary number"), (content["diary_number"],)),
                HeaderField(_("Years"), (edition.period,)),
            ),
            running_identifier=f"Dnr {content['diary_number']}" if content["diary_number"] else "",
            footer_text=municipality.footer,
            author=municipality.name,
            description=content["title"],
        )


def report_pdf(edition: Edition, content: Data, *, is_draft: bool) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1, with everything it says attached as JSON."""
    data = json.dumps(content, ensure_ascii=False, indent=2).encode()
    return render_pdf(
        report_document(edition, content, is_draft=is_draft),
        attachments=[
            Attachment("report.json", data, "application/json", str(_("The report as data")))
        ],
    )


def _sections(content: Data) -> Iterator[Section]:
    for section in content["sections"]:
        yield Section(section["heading"], tuple(_blocks(section, content)))
    if content["changes"] or any(group["total"] or group["reason"] for group in content["sums"]):
        yield Section(_("Sums and changes"), tuple(_sums(content)))


def _blocks(section: Data, content: Data) -> Iterator[Block]:
    text = to_html(section["text"])
    yield Prose(filled(text, content["figures"], lambda _figure, words: words))
    own = [figure for figure in content["figures"] if figure["kind"] == section["kind"]]
    if own and section["content"] in (SectionContent.KIND, SectionContent.WHOLE):
        yield _figures_table(own)
    for chart in section["charts"]:
        yield ChartBlock(chart_from(chart))
    for table in section["tables"]:
        yield FactTable(
            headings=table["headings"],
            rows=[
                [row["heading"], *(cell["text"] for cell in row["cells"])] for row in table["rows"]
            ],
            caption=table["caption"],
            is_numeric=any(cell["value"] for row in table["rows"] for cell in row["cells"]),
            note=table["note"],
        )
    if section["content"] == SectionContent.FOCUS:
        yield from _answers(content["focus"])


def _figures_table(figures: list[Data]) -> FactTable:
    """The figures, beside what the register says of them where it says anything."""
    is_compared = any(figure["computed_phrase"] for figure in figures)
    compared = [_("According to the register")] if is_compared else []
    return FactTable(
        headings=[_("Item of the report"), _("Value"), _("For"), *compared, _("Source")],
        rows=[
            [
                figure["label"],
                _with_exclusions(figure),
                figure["period"] or figure["basis_label"],
                *([figure["computed_phrase"] or "–"] if is_compared else []),
                _source(figure),
            ]
            for figure in figures
        ],
        caption=_("Figures"),
    )


def _with_exclusions(figure: Data) -> str:
    if not figure["excludes"]:
        return figure["phrase"]
    return _("%(figure)s, exclusive of %(what)s") % {
        "figure": figure["phrase"],
        "what": ", ".join(figure["excludes"]),
    }


def _source(figure: Data) -> str:
    if figure["source"] == "computed":
        return str(_("the register"))
    return figure["source_note"] or str(_("stated"))


def _answers(focus: list[Data]) -> Iterator[Block]:
    for question in focus:
        lines = [f"### {question['question']}"]
        for answer in question["answers"]:
            quoted = "\n".join(f"> {line}" for line in answer["text"].splitlines())
            lines += ["", f"**{capfirst(answer['office'])}**", "", quoted]
        if not question["answers"]:
            lines += ["", str(_("No office has answered."))]
        yield Prose(to_html("\n".join(lines)))


def _sums(content: Data) -> Iterator[Block]:
    rows = [
        [", ".join(group["figures"]), group["total"] or group["reason"]]
        for group in content["sums"]
        if group["total"] or group["reason"]
    ]
    rows += [[f"{row['from']} → {row['to']}", row["phrase"]] for row in content["changes"]]
    yield FactTable(headings=[_("Figures"), _("Sum, or why there is none")], rows=rows)
