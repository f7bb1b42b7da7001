"""The report as a document of record, and the partner's receipt of what was handed in."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

from followups.answers import ATTACHMENTS, DEVIATIONS, FIGURES, FUNDS, Answer, from_content
from followups.charts import contribution_charts_until, indicator_charts_until
from followups.models import FollowUpReport, FundsUse, IndicatorValue, ReportVersion
from followups.words import figure_words, met_words, party_words
from partnerships.documents import (
    Block,
    ChartBlock,
    Document,
    FactTable,
    HeaderField,
    Lines,
    Prose,
    Section,
)
from partnerships.money import kronor, signed_kronor
from partnerships.pdf import render_pdf

LANGUAGE = "sv"  # the language of record, whatever language the interface has


def report_document(report: FollowUpReport) -> Document:
    """The report as it is decided. `report` is best fetched `with_answers()`."""
    with override(LANGUAGE):
        agreement = report.agreement
        municipality = agreement.municipality
        return Document(
            title=_("%(agreement)s, follow-up %(period)s")
            % {"agreement": agreement, "period": report},
            document_name=_("Follow-up report"),
            municipality_name=municipality.name,
            sections=tuple(_sections(report)),
            created_at=report.created_at,
            modified_at=report.decided_at or report.created_at,
            language=LANGUAGE,
            letterhead_colour=municipality.colour,
            logo=report.agreement.municipality.logo_content(),
            header_fields=tuple(_header_fields(report)),
            running_identifier=_diary_number(report),
            footer_text=municipality.footer,
            author=municipality.name,
            description=_("Follow-up report"),
        )


def report_pdf(report: FollowUpReport) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1."""
    return render_pdf(report_document(report))


def receipt_document(version: ReportVersion, language: str = LANGUAGE) -> Document:
    """What the partner handed in, word for word, and when it came."""
    report = version.report
    municipality = report.agreement.municipality
    with override(language):
        return Document(
            title=_("Receipt: %(agreement)s, follow-up %(period)s")
            % {"agreement": report.agreement, "period": report},
            document_name=_("Receipt"),
            municipality_name=municipality.name,
            sections=tuple(_received(version)),
            created_at=version.handed_in_at,
            modified_at=version.handed_in_at,
            language=language,
            letterhead_colour=municipality.colour,
            logo=report.agreement.municipality.logo_content(),
            header_fields=(
                HeaderField(_("Handed in"), (_moment(version.handed_in_at),)),
                HeaderField(_("By"), (version.who,)),
                HeaderField(_("Version"), (str(version.number),)),
                HeaderField(_("Diary number"), (report.agreement.diary_number,)),
            ),
            running_identifier=_diary_number(report),
            footer_text=municipality.footer,
            author=municipality.name,
            description=_("Receipt of a follow-up report"),
        )


def receipt_pdf(version: ReportVersion, language: str = LANGUAGE) -> bytes:
    """The receipt as PDF; the same version gives the same bytes."""
    return render_pdf(receipt_document(version, language))


def _header_fields(report: FollowUpReport) -> Iterator[HeaderField]:
    partners = [str(party.partner) for party in report.agreement.parties.select_related("partner")]
    yield HeaderField(_("Partners"), partners)
    yield HeaderField(_("Period"), [str(report.period or "")])
    yield HeaderField(_("Diary number"), [report.agreement.diary_number])
    if report.handed_in_at:
        yield HeaderField(_("Handed in"), [_moment(report.handed_in_at)])
    yield HeaderField(_("State"), [str(report.get_state_display())])
    yield HeaderField(_("Measurability"), [str(report.measurability.label)])


def _sections(report: FollowUpReport) -> Iterator[Section]:
    values = report.values.all()
    yield Section(_("Figures"), [_figures(values), Lines(_comments(values))])
    drawn = [ChartBlock(chart) for chart in indicator_charts_until(report)]
    yield Section(_("Indicators over time"), drawn)
    for answer in report.answers.all():
        yield Section(str(answer), [Prose(paragraphs(answer.text or _("Not answered.")))])
    uses = report.uses.all()
    funds: list[Block] = [_funds(uses), Lines(_comments(uses))]
    if report.revision:
        note = _("The contributions are those of %(revision)s.") % {"revision": report.revision}
        funds.append(Prose(note))
    funds.extend(ChartBlock(chart) for chart in contribution_charts_until(report))
    yield Section(_("Use of the contributions"), funds if uses else [])
    yield Section(_("Deviations"), [Prose(paragraphs(report.deviations))])
    files = [file.name for file in report.attachments.all() if file.removed_at is None]
    yield Section(_("Attachments"), [Lines(files)])
    yield Section(_("Decision"), [Prose(paragraphs(_decision(report)))])


def _figures(values: Iterable[IndicatorValue]) -> FactTable:
    return FactTable(
        headings=[_("Indicator"), _("Baseline"), _("Target"), _("Figure"), _("Met")],
        rows=[_figure_row(row) for row in values],
    )


def _figure_row(row: IndicatorValue) -> list[str]:
    unit = row.indicator.unit
    baseline = row.indicator.baseline
    return [
        f"{row} ({unit})",
        figure_words(baseline) if baseline is not None else "–",
        row.target_words or "–",
        figure_words(row.value),
        met_words(row.is_met),
    ]


def _funds(uses: Iterable[FundsUse]) -> FactTable:
    return FactTable(
        headings=[
            _("Contribution"),
            _("From"),
            _("Promised for the period"),
            _("Delivered"),
            _("Difference"),
        ],
        rows=[_use_row(use) for use in uses],
    )


def _use_row(use: FundsUse) -> list[str]:
    return [
        str(use),
        party_words(use),
        kronor(use.promised) if use.promised is not None else _("cannot be computed"),
        kronor(use.delivered) if use.delivered is not None else _("not reported"),
        signed_kronor(use.difference) if use.difference is not None else "–",
    ]


def _comments(rows: Iterable[IndicatorValue | FundsUse]) -> list[str]:
    """What was written beside the figures."""
    return [f"{row}: {' '.join(row.comment.split())}" for row in rows if row.comment]


def _decision(report: FollowUpReport) -> str:
    if report.decided_at is None:
        return ""
    said = _("%(state)s %(day)s by %(name)s.") % {
        "state": str(report.get_state_display()).capitalize(),
        "day": localtime(report.decided_at).date().isoformat(),
        "name": report.decided_by,
    }
    return f"{said}\n{report.reason}".strip()


def _received(version: ReportVersion) -> Iterator[Section]:
    """The answers by part, under the headings that the version itself keeps."""
    parts: dict[str, list[Answer]] = {}
    for answer in from_content(version.content):
        parts.setdefault(answer.part, []).append(answer)
    headings = {
        FIGURES: _("Figures"),
        FUNDS: _("Use of the contributions"),
        DEVIATIONS: _("Deviations"),
        ATTACHMENTS: _("Attachments"),
    }
    for part, answers in parts.items():
        yield Section(headings.get(part, answers[0].label), [_received_part(part, answers)])


def _received_part(part: str, answers: list[Answer]) -> Block:
    if part == ATTACHMENTS:
        return FactTable(
            headings=[_("File"), "SHA-256"], rows=[[row.label, row.text] for row in answers]
        )
    if part in (FIGURES, FUNDS):
        rows = [[row.label, row.text or _("not reported")] for row in answers]
        return FactTable(headings=[_("Asked"), _("Answer")], rows=rows)
    return Prose(paragraphs(answers[0].text or _("Not answered.")))


def paragraphs(text: str) -> SafeString:
    """Each line as a paragraph; nothing in it is taken for anything but text."""
    lines = [line for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def _diary_number(report: FollowUpReport) -> str:
    number = report.agreement.diary_number
    return f"Dnr {number}" if number else ""


def _moment(moment: datetime) -> str:
    return localtime(moment).strftime("%Y-%m-%d %H:%M")
