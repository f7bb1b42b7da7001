"""The basis for renewing or ending an agreement, as a document."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _, override

from agreements.words import deadlines_words
from followups.charts import contribution_charts, indicator_charts
from followups.evaluation import CostOfOutcome, Evaluation, Side
from followups.figures import Series
from followups.states import State
from followups.words import figure_words, met_words
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


def evaluation_document(evaluation: Evaluation, *, at: datetime) -> Document:
    """The basis as it stands; it is a draft that the officer judges from."""
    with override(LANGUAGE):
        agreement = evaluation.agreement
        municipality = agreement.municipality
        return Document(
            title=_("%(agreement)s, basis for renewal or ending") % {"agreement": agreement},
            document_name=_("Basis for renewal or ending"),
            municipality_name=municipality.name,
            sections=tuple(_sections(evaluation)),
            created_at=at,
            modified_at=at,
            language=LANGUAGE,
            letterhead_colour=municipality.colour,
            logo=municipality.logo_content(),
            header_fields=tuple(_header_fields(evaluation)),
            running_identifier=f"Dnr {agreement.diary_number}" if agreement.diary_number else "",
            footer_text=municipality.footer,
            author=municipality.name,
            description=_("Basis for renewal or ending"),
        )


def evaluation_pdf(evaluation: Evaluation, *, at: datetime) -> bytes:
    """The basis as PDF/A-3a and PDF/UA-1."""
    return render_pdf(evaluation_document(evaluation, at=at))


def _header_fields(evaluation: Evaluation) -> Iterator[HeaderField]:
    agreement = evaluation.agreement
    partners = [str(party.partner) for party in agreement.parties.select_related("partner")]
    yield HeaderField(_("Partners"), partners)
    yield HeaderField(_("Committee"), [capfirst(agreement.committee.name)])
    yield HeaderField(_("Diary number"), [agreement.diary_number])
    yield HeaderField(_("Drawn up"), [evaluation.day.isoformat()])


def _sections(evaluation: Evaluation) -> Iterator[Section]:
    yield Section(_("In short"), [_in_short(evaluation)])
    yield Section(_("Goals"), [_goals(evaluation.series), *_drawn(evaluation)])
    yield Section(_("Cost per outcome"), list(_costs(evaluation.costs)))
    yield Section(_("Contributions, promised and delivered"), list(_contributions(evaluation)))
    yield Section(_("Deviations"), [_deviations(evaluation)])
    yield Section(_("Reports"), [_reports(evaluation)])
    yield Section(_("The steering group"), list(_steering(evaluation)))
    yield Section(_("Dialogue, memos and decisions"), [_elsewhere(evaluation)])
    yield Section(_("Last days"), [_last_days(evaluation)])


def _in_short(evaluation: Evaluation) -> FactTable:
    met, not_met, unknown = evaluation.met
    approved = sum(report.state == State.APPROVED for report in evaluation.reports)
    return FactTable(
        (_("Question"), _("Answer")),
        [
            (_("Follow-up plan"), _("yes") if evaluation.plan else _("Follow-up is missing")),
            (_("Approved reports"), str(approved)),
            (_("Periods without a report"), str(len(evaluation.missing))),
            (_("Targets met in the latest report"), str(met)),
            (_("Targets not met in the latest report"), str(not_met)),
            (_("Cannot be said"), str(unknown)),
        ],
    )


def _goals(series: list[Series]) -> FactTable:
    return FactTable(
        (_("Indicator"), _("Is to show"), _("Target"), _("Report"), _("Figure"), _("Met")),
        [row for each in series for row in _goal_rows(each)],
    )


def _goal_rows(series: Series) -> Iterator[list[str]]:
    indicator = series.indicator
    name = f"{indicator} ({indicator.unit})"
    if not series.points:
        yield [name, indicator.goal, indicator.target_words or "–", "–", _("not reported"), "–"]
    for point in series.points:
        yield [
            name,
            indicator.goal,
            point.target_words or "–",
            str(point.period),
            figure_words(point.value),
            met_words(point.is_met),
        ]


def _drawn(evaluation: Evaluation) -> Iterator[Block]:
    yield from map(ChartBlock, indicator_charts(evaluation.series))


def _costs(costs: list[CostOfOutcome]) -> Iterator[Block]:
    if not costs:
        return
    yield FactTable(
        (_("Indicator"), _("Report"), _("By the municipality"), _("By the parties together")),
        [
            [
                str(row.indicator),
                str(row.point.period),
                row.municipality_words,
                row.all_words,
            ]
            for row in costs
        ],
    )
    yield Prose(
        _(
            "What was delivered in the period divided by the figure, in whole kronor. Every contribution to the agreement is counted, whatever else it was used for."
        )
    )


def _contributions(evaluation: Evaluation) -> Iterator[Block]:
    yield FactTable(
        (_("From"), _("Report"), _("Promised"), _("Delivered"), _("Difference")),
        [row for side in evaluation.sides for row in _side_rows(side, evaluation)],
    )
    yield from map(ChartBlock, contribution_charts(evaluation.deliveries))


def _side_rows(side: Side, evaluation: Evaluation) -> Iterator[list[str]]:
    name = str(side.partner or evaluation.agreement.municipality)
    for row in side.rows:
        known = "–" if row.difference is None else signed_kronor(row.difference)
        yield [name, str(row.report), _known(row.promised), _known(row.delivered), known]
    difference = side.difference
    yield [
        name,
        _("Together"),
        _known(side.promised),
        _known(side.delivered),
        _("cannot be computed") if difference is None else signed_kronor(difference),
    ]


def _deviations(evaluation: Evaluation) -> FactTable:
    rows = []
    for report in evaluation.deviations:
        text = report.deviations if report.state == State.APPROVED else report.reason
        rows.append([str(report), str(report.get_state_display()), " ".join(text.split())])
    return FactTable((_("Report"), _("State"), _("Deviation")), rows)


def _reports(evaluation: Evaluation) -> FactTable:
    rows = [
        [str(report), str(report.get_state_display()), str(report.measurability.label)]
        for report in evaluation.reports
    ]
    rows += [[str(period), _("is missing"), "–"] for period in evaluation.missing]
    return FactTable((_("Report"), _("State"), _("Measurability")), rows)


def _steering(evaluation: Evaluation) -> Iterator[Block]:
    yield FactTable(
        (_("Counted"), _("How many"), _("Scope"), _("Group meeting")),
        [
            [capfirst(row.counted), row.number, row.scope or "–", str(row.meeting)]
            for row in evaluation.counts
        ],
    )
    yield FactTable(
        (_("Group meeting"), _("Decision")),
        [[str(row.meeting), row.text] for row in evaluation.decisions],
    )
    if evaluation.open_tasks:
        yield Prose(_("Still to be done:"))
        yield Lines([f"{task} ({task.who})" for task in evaluation.open_tasks])


def _elsewhere(evaluation: Evaluation) -> FactTable:
    return FactTable(
        (_("What"), _("When"), _("Note")),
        [
            [f"{row.group}: {row.label}", str(row.starts or _("not known")), row.note or "–"]
            for row in evaluation.elsewhere
        ],
    )


def _last_days(evaluation: Evaluation) -> FactTable:
    answer = evaluation.answer
    left = answer.extensions_left
    rows = [[str(part) for part in words] for words in deadlines_words(answer)]
    rows.append([_("Extensions left"), _("not known") if left is None else str(left)])
    return FactTable((_("What"), _("Day")), rows)


def _known(amount: Decimal | None) -> str:
    return _("cannot be computed") if amount is None else kronor(amount)
