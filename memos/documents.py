"""What a memo says: built once, printed by the page and by the PDF alike."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _, override

from agreements.documents import contributions_as_data
from agreements.models import Contribution, ContributionTotals, PartyTotal, Revision
from memos.models import Memo, MemoTemplate, MemoVersion, TemplateSection
from partnerships.checksums import checksum_of
from partnerships.document_data import as_data, from_data
from partnerships.documents import (
    AmountRow,
    AmountTable,
    Attachment,
    Block,
    Document,
    HeaderField,
    Lines,
    Points,
    Prose,
    Section,
    Signatory,
    Signatures,
)
from partnerships.markdown import keep_together, to_html
from partnerships.money import kronor
from partnerships.pdf import render_pdf

LANGUAGE = "sv"  # the language of record, whatever language the interface has
MUNICIPALITY_TABLE, PARTNER_TABLE = "[[kommunens bidrag]]", "[[partens bidrag]]"
TABLE_LINE = re.compile(r"^[ \t]*(\[\[(?:kommunens|partens) bidrag\]\])[ \t]*$", re.MULTILINE)
Content = TemplateSection.Content


def memo_document(memo: Memo, *, issued_at: datetime | None = None) -> Document:
    """The memo as a document; with `issued_at` as it is issued at that moment.

    `memo` is best fetched `with_parts()`.
    """
    if issued_at is None and not memo.is_in_preparation and memo.current_version:
        issued_at = memo.current_version.submitted_at
    with override(LANGUAGE):
        municipality, template = memo.municipality, memo.template
        return Document(
            title=memo.title,
            document_name=template.document_name,
            municipality_name=municipality.name,
            sections=tuple(_sections(memo)),
            created_at=memo.created_at,
            modified_at=issued_at or memo.created_at,
            language=LANGUAGE,
            draft_mark="" if issued_at else template.draft_mark,
            letterhead_colour=municipality.colour,
            logo=memo.municipality.logo_content(),
            header_fields=tuple(_header_fields(memo)),
            running_identifier=f"Dnr {memo.diary_number}" if memo.diary_number else "",
            footer_text=municipality.footer,
            author=memo.office.name if memo.office else municipality.name,
            description=f"{template.document_name}, {memo.committee}",
        )


def memo_pdf(memo: Memo, *, issued_at: datetime | None = None) -> bytes:
    """The memo as PDF/A-3a and PDF/UA-1, with the contributions attached as JSON."""
    return render_pdf(memo_document(memo, issued_at=issued_at), attachments=_attachments(memo))


def memo_content(memo: Memo) -> dict[str, Any]:
    """All that the memo says, as plain data: what a submitted version keeps.

    The lists stand beside the printed document, so that agenda, decision and dispatch need not be
    read out of it. The same memo gives the same data, whenever it is asked.
    """
    return {
        "title": memo.title,
        "document_name": memo.template.document_name,
        "committee": memo.committee.name,
        "office": memo.office.name if memo.office else "",
        "diary_number": memo.diary_number,
        "dated_on": memo.dated_on.isoformat() if memo.dated_on else None,
        "agreement": memo.agreement.name if memo.agreement else "",
        "revision": memo.revision.number if memo.revision else None,
        "points": [point.text for point in memo.proposal_points.all()],
        "bases": [
            {"title": basis.title, "dated_on": basis.dated_on and basis.dated_on.isoformat()}
            for basis in memo.decision_bases.all()
        ],
        "recipients": [
            {"function": recipient.function, "name": recipient.name}
            for recipient in memo.recipients.all()
        ],
        "signatories": [
            {"name": signatory.name, "title": signatory.title}
            for signatory in memo.signatories.all()
        ],
        "document": as_data(memo_document(memo)),
    }


def content_sha256(memo: Memo) -> str:
    """What the memo says now, as a checksum: the same until a word or an amount changes."""
    content = memo_content(memo) | {"revision": None}  # a draft gets its number when it is decided
    return checksum_of(content)


def version_document(version: MemoVersion) -> Document | None:
    """The document of a submitted version, from what was kept; None when only its PDF was."""
    data = version.content["document"]
    if data is None:
        return None
    return from_data(
        data,
        created_at=version.memo.created_at,
        modified_at=version.submitted_at,
        logo=version.memo.municipality.logo_content(),
    )


def section_blocks(section: TemplateSection, text: str, memo: Memo) -> list[Block]:
    """What stands under one heading of the memo when its text is this."""
    is_questions = section.content == Content.QUESTIONS
    with override(LANGUAGE):
        return list(_under_one_heading(memo) if is_questions else _blocks(section, text, memo))


def _sections(memo: Memo) -> Iterator[Section]:
    texts = {section.template_section_id: section.text for section in memo.sections.all()}
    for section in memo.template.sections.all():
        if section.content == Content.QUESTIONS:
            yield from _questions(memo)
            continue
        is_label = section.style == TemplateSection.Style.LABEL
        is_signature = section.content == Content.SIGNATORIES
        yield Section(
            heading=section.heading,
            blocks=tuple(_blocks(section, texts.get(section.pk, ""), memo)),
            style="signature" if is_signature else "list" if is_label else "normal",
            starts_page=section.starts_page,
        )


def _questions(memo: Memo) -> Iterator[Section]:
    """Every question in its order as a heading, with its answer under it."""
    for question in memo.questions.all():
        yield Section(question.text, (Prose(to_html(question.answer)),))


def _under_one_heading(memo: Memo) -> Iterator[Block]:
    """The questions where they are one part; in the document each is a section of its own."""
    for question in _questions(memo):
        yield Prose(format_html("<h3>{}</h3>", question.heading))
        yield from question.blocks


def _blocks(section: TemplateSection, text: str, memo: Memo) -> Iterator[Block]:
    match section.content:
        case Content.PROPOSAL:
            lead = "att" if memo.template.numbering == MemoTemplate.Numbering.ATT_CLAUSES else ""
            yield Points(
                tuple(keep_together(point.text) for point in memo.proposal_points.all()),
                lead_word=lead,
            )
        case Content.BASIS:
            yield Lines(tuple(str(basis) for basis in memo.decision_bases.all()))
        case Content.CONTRIBUTIONS:
            yield from _text_with_tables(text, memo)
        case Content.CONSULTATIONS:
            yield Prose(to_html(text))
            yield Lines(tuple(_consultations(memo)))
        case Content.UNION:
            yield Prose(_union_sentence(memo))
        case Content.SIGNATORIES:
            yield _signatures(memo)
        case Content.RECIPIENTS:
            yield Lines(tuple(str(recipient) for recipient in memo.recipients.all()))
        case _:
            yield Prose(to_html(text))


def _text_with_tables(text: str, memo: Memo) -> Iterator[Block]:
    """The text, with each side's table where its line stands.

    Tables that the text does not place come last, each with a caption since no text introduces it.
    """
    tables = _tables(memo)
    for index, piece in enumerate(TABLE_LINE.split(text)):
        if index % 2:
            yield from (replace(table, caption="") for table in tables.pop(piece, []))
        elif piece.strip():
            yield Prose(to_html(piece))
    for remaining in tables.values():
        yield from remaining


def _tables(memo: Memo) -> dict[str, list[AmountTable]]:
    if memo.revision_id is None:
        return {}
    revision = Revision.objects.with_contributions().get(pk=memo.revision_id)
    totals = ContributionTotals.of(revision)
    return {
        MUNICIPALITY_TABLE: [_table(totals.municipality, memo.template)],
        PARTNER_TABLE: [_table(side, memo.template) for side in totals.partners],
    }


def _table(side: PartyTotal, template: MemoTemplate) -> AmountTable:
    """One side's contributions as stated; a line of another period than the rest says so."""
    rows = [
        AmountRow(
            keep_together(line.label),
            kronor(line.stated_amount) if side.basis else _with_period(line),
        )
        for line in side.lines
    ]
    stated = side.stated_total
    label = stated.label if stated else ""
    basis = side.basis.label if side.basis else ""
    return AmountTable(
        rows=tuple(rows),
        label_heading=template.line_heading,
        amount_heading=template.amount_heading,
        total_label=label or template.total_label.format(party=side.name, basis=basis)
        if side.amount is not None
        else "",
        total=kronor(side.amount) if side.amount is not None else "",
        caption=_("Contributions from %(name)s") % {"name": side.name},
        note=_table_note(side),
    )


def _with_period(line: Contribution) -> str:
    return f"{kronor(line.stated_amount)} {line.get_period_basis_display()}"


def _table_note(side: PartyTotal) -> str:
    notes = []
    if side.unknown_count and side.amount is not None:
        notes.append(_("The total is exclusive of lines whose amount is not known."))
    if side.differs_from_stated and side.stated_total:
        notes.append(
            _("The agreement states a total of %(amount)s.")
            % {"amount": kronor(side.stated_total.amount)}
        )
    return " ".join(notes)


def _consultations(memo: Memo) -> Iterator[str]:
    for consultation in memo.consultations.all():
        if consultation.is_printed:
            yield memo.template.consultation_line.format(
                consulted=consultation.consulted,
                subject=consultation.subject,
                outcome=consultation.get_outcome_display(),
            )


def _union_sentence(memo: Memo) -> str:
    """The template's fixed sentence for the choice, in a paragraph; empty when none is made."""
    sentence = (
        getattr(memo.template, f"union_{memo.union_consultation}", "")
        if memo.union_consultation
        else ""
    )
    day = memo.union_consulted_on.isoformat() if memo.union_consulted_on else ""
    return to_html(" ".join(sentence.format(date=day).split()))


def _signatures(memo: Memo) -> Signatures:
    people = tuple(Signatory(person.name, person.title) for person in memo.signatories.all())
    return Signatures(office=memo.office.name if memo.office and people else "", signatories=people)


def _header_fields(memo: Memo) -> Iterator[HeaderField]:
    template = memo.template
    fields = (
        (template.office_label, [memo.office.name] if memo.office else []),
        (template.officer_label, [person.name for person in memo.signatories.all()]),
        (template.date_label, [memo.dated_on.isoformat()] if memo.dated_on else []),
        (template.diary_label, [memo.diary_number]),
        (template.addressee_label, [capfirst(memo.committee.name)]),
    )
    return (HeaderField(label, tuple(lines)) for label, lines in fields if label)


def _attachments(memo: Memo) -> list[Attachment]:
    if memo.revision_id is None:
        return []
    revision = Revision.objects.with_contributions().get(pk=memo.revision_id)
    content = json.dumps(contributions_as_data(revision), ensure_ascii=False, indent=2)
    return [
        Attachment(
            name="contributions.json",
            content=content.encode(),
            mime_type="application/json",
            description=str(_("The parties' contributions as data")),
        )
    ]
