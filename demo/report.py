"""The demo's series of reports: the edition that the minutes state, and the one that comes next."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.permissions import Role
from demo.loader import DemoMunicipality, read
from partnerships.dates import ApproximateDate
from report.actions import note_edition, start_edition
from report.models import (
    Edition,
    FigureExclusion,
    ReportFigure,
    ReportRhythm,
    ReportSeries,
    SectionTemplate,
)

FILE = "sektorsrapport.yaml"
INVENTED = "Påhittat exempel"


def add_report(demo: DemoMunicipality) -> None:
    """Add the series with its editions to a municipality of the demo."""
    facts, reason = read(FILE), demo.reason
    demo.reason = facts["stated"]["source_note"]
    series = _series(demo, facts)
    for edition in facts["editions"]:
        noted_on = _day(edition.pop("noted_on"))
        demo.keep(Edition(series=series, noted_on=noted_on, **edition))
    _stated(demo, series, facts["stated"])
    demo.reason = INVENTED
    _next(demo, series, facts["next"])
    demo.reason = reason


def _series(demo: DemoMunicipality, facts: dict[str, Any]) -> ReportSeries:
    committee = demo.municipality.committees.get(name=facts["series"].pop("committee"))
    series = demo.keep(
        ReportSeries(municipality=demo.municipality, committee=committee, **facts["series"])
    )
    for rhythm in facts["rhythms"]:
        demo.keep(ReportRhythm(series=series, starts=_day(rhythm.pop("starts")), **rhythm))
    for position, section in enumerate(facts["sections"], start=1):
        demo.keep(SectionTemplate(series=series, position=position, **section))
    return series


def _stated(demo: DemoMunicipality, series: ReportSeries, facts: dict[str, Any]) -> None:
    """The edition that the board noted, with the figures of the minutes, frozen."""
    names = ("title", "year_from", "year_to", "diary_number")
    edition = Edition(series=series, **{name: facts[name] for name in names})
    start_edition(edition, by=demo.officer)
    for section in edition.sections.filter(heading__in=facts["texts"]):
        section.text = facts["texts"][section.heading]
        demo.keep(section)
    stated = {"source": ReportFigure.Source.STATED, "source_note": facts["source_note"]}
    figures = _figures(demo, edition, facts["figures"], scale="millions", **stated)
    left_out = facts["exclusion"]
    demo.keep(
        FigureExclusion(
            figure=figures[left_out["figure"]],
            wording=left_out["wording"],
            counted_in=figures[left_out["counted_in"]],
        )
    )
    note_edition(
        edition,
        noted_on=_day(facts["noted_on"]),
        paragraph=facts["paragraph"],
        by=_secretary(demo),
        at=demo.at,
    )


def _next(demo: DemoMunicipality, series: ReportSeries, facts: dict[str, Any]) -> None:
    """The edition that comes next, with figures computed from the register."""
    names = ("title", "year_from", "year_to")
    edition = Edition(series=series, **{name: facts[name] for name in names})
    start_edition(edition, by=demo.officer)
    _figures(demo, edition, facts["figures"], source=ReportFigure.Source.COMPUTED)


def _figures(
    demo: DemoMunicipality, edition: Edition, rows: list[dict[str, Any]], **common: Any
) -> dict[str, ReportFigure]:
    found = {}
    for position, row in enumerate(rows, start=1):
        value = row.pop("value", None)
        figure = ReportFigure(
            edition=edition,
            position=position,
            value=None if value is None else Decimal(value),
            **row,
            **common,
        )
        found[figure.code] = demo.keep(figure)
    return found


def _secretary(demo: DemoMunicipality) -> User:
    return (
        User.objects.filter(
            municipality=demo.municipality, memberships__role=Role.SECRETARY
        ).first()
        or demo.officer
    )


def _day(value: str | date) -> ApproximateDate:
    return (
        ApproximateDate.exactly(value) if isinstance(value, date) else ApproximateDate.parse(value)
    )
