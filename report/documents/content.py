"""Everything an edition says at a moment, as data: what is printed, exported and frozen alike.

It holds no model and nothing but what JSON can hold. Amounts are texts of decimals (SEK), and null
is `not known`. Words are in the language of record, so that a frozen edition says what it said.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import override

from report.documents.cells import plain_text, query_of
from report.documents.charts import kind_charts, whole_charts
from report.documents.tables import kind_tables, whole_tables
from report.figures import Answer, Cells, Scope, answer_of
from report.models import (
    Edition,
    Figure,
    Group,
    NotAddableError,
    ReportFigure,
    SectionContent,
    Unit,
    change,
    keep_apart,
)

SCHEMA = "sector-report-1"
LANGUAGE = "sv"

Data = dict[str, Any]


def content_of(edition: Edition, *, at: datetime) -> Data:
    """What the edition says now. `edition` is best fetched `with_parts()`."""
    with override(LANGUAGE):
        cells = _cells(edition)
        figures = [(row, _answer(row, cells)) for row in edition.figures.all()]
        return {
            "schema": SCHEMA,
            "language": LANGUAGE,
            "municipality": edition.municipality.name,
            "committee": edition.series.committee.name,
            "title": edition.title,
            "number": edition.number,
            "period": {"from": edition.year_from, "to": edition.year_to},
            "diary_number": edition.diary_number,
            "made_at": at.isoformat(),
            "figures": [_figure(row, answer) for row, answer in figures],
            "sums": _sums(row.as_figure(_value(row, answer)) for row, answer in figures),
            "changes": _changes(figures),
            "sections": list(_sections(edition, cells)),
            "focus": list(_focus(edition)),
        }


def _cells(edition: Edition) -> Cells | None:
    if not edition.years:
        return None
    previous = edition.previous
    years = (*previous.years, *edition.years) if previous else edition.years
    return Cells.of(Scope(edition.municipality, years), promised_in=edition.years)


def _answer(row: ReportFigure, cells: Cells | None) -> Answer | None:
    """What the register says of the figure; None when it is asked nothing."""
    if not row.measure or not row.years:
        return None
    scope = Scope(row.edition.municipality, row.years, row.kind, row.committee)
    return answer_of(row.measure, scope, basis=row.basis, cells=cells)


def _value(row: ReportFigure, answer: Answer | None) -> Decimal | None:
    if not row.is_computed:
        return row.value
    return answer.value if answer else None


def _figure(row: ReportFigure, answer: Answer | None) -> Data:
    computed = answer.value if answer else None
    figure = row.as_figure(computed, is_partial=bool(answer and answer.is_partial))
    beside = computed if not row.is_computed else None
    deviation = None if beside is None or row.value is None else beside - row.value
    return {
        "key": row.pk,
        "code": row.code,
        "label": row.label,
        "source": row.source,
        "source_note": row.source_note,
        "value": _text(figure.value, row.unit),
        "unit": row.unit,
        "scale": row.scale,
        "qualifier": figure.qualifier,
        "basis": row.basis,
        "basis_label": str(row.get_basis_display()),
        "year_from": row.year_from,
        "year_to": row.year_to,
        "kind": row.kind,
        "measure": row.measure,
        "committee": row.committee.name if row.committee else "",
        "excludes": list(figure.excludes),
        "phrase": figure.phrase,
        "amount": figure.amount,
        "short": figure.short,
        "period": figure.period,
        "computed": _text(computed, row.unit),
        "computed_phrase": _printed(row, beside),
        "deviation": _text(deviation, row.unit),
        "unknown_rows": answer.unknown if answer else 0,
        "query": query_of(
            row.measure, row.years, kind=row.kind, committee=row.committee_id, basis=row.basis
        )
        if row.measure and row.years
        else "",
    }


def _printed(row: ReportFigure, value: Decimal | None) -> str:
    if value is None:
        return ""
    return Figure(row.label, value, unit=row.unit).number


def _sums(figures: Iterable[Figure]) -> list[Data]:
    """The figures that have a sum, and those that stand alone with the reason."""
    return [
        {
            "figures": [figure.label for figure in group.figures],
            "total": group.total.phrase if group.total and len(group.figures) > 1 else "",
            "excludes": list(group.total.excludes) if group.total else [],
            "reason": group.reason,
        }
        for group in _with_reason_once(keep_apart(figures))
    ]


def _with_reason_once(groups: Iterable[Group]) -> Iterable[Group]:
    """Figures that count some of the same share one reason."""
    told: set[str] = set()
    for group in groups:
        if not group.reason or group.reason not in told:
            yield group
        told.add(group.reason)


def _changes(figures: list[tuple[ReportFigure, Answer | None]]) -> list[Data]:
    """From year to year, between figures of single years about the same kind."""
    alike: dict[tuple, list[tuple[ReportFigure, Figure]]] = {}
    for row, answer in figures:
        if row.year_from is not None and row.year_from == row.year_to:
            key = (row.kind, row.measure, row.unit, row.basis, row.committee_id, row.source)
            alike.setdefault(key, []).append((row, row.as_figure(_value(row, answer))))
    found = []
    for pairs in alike.values():
        ordered = sorted(pairs, key=lambda pair: pair[0].year_from or 0)
        for (_row, before), (_next_row, after) in pairwise(ordered):
            try:
                phrase = change(before, after).phrase
            except NotAddableError:
                continue
            found.append({"from": before.label, "to": after.label, "phrase": phrase})
    return found


def _sections(edition: Edition, cells: Cells | None) -> Iterable[Data]:
    for section in edition.sections.all():
        tables: list[Data] = []
        charts: list[Data] = []
        if cells and section.content == SectionContent.KIND:
            tables = kind_tables(edition, cells, section.kind)
            charts = kind_charts(edition, cells, section.kind)
        elif cells and section.content == SectionContent.WHOLE:
            tables = whole_tables(edition, cells)
            charts = whole_charts(edition, cells)
        yield {
            "key": section.pk,
            "heading": section.heading,
            "content": section.content,
            "kind": section.kind,
            "text": section.text,
            "tables": tables,
            "charts": charts,
        }


def _focus(edition: Edition) -> Iterable[Data]:
    """Each question with the answers of the offices that have answered."""
    asked = [row for row in edition.asked.all() if row.answered_at]
    for question in edition.questions.all():
        answers = [
            {"office": str(row), "text": answer.text}
            for row in asked
            for answer in row.answers.all()
            if answer.question_id == question.pk
        ]
        yield {"question": question.text, "answers": answers}


def _text(value: Decimal | None, unit: str) -> str | None:
    """The value for machines: counts as whole numbers, amounts to the öre."""
    is_count = value is not None and unit != Unit.KRONOR
    return plain_text(int(value) if is_count and value is not None else value)
