"""The demo's series of reports: the edition that the minutes state, and the one that comes next."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from memos.actions import ListDraft, save_memo, submit_memo
from memos.models import DecisionBasis, Memo, ProposalPoint, Recipient, Signatory
from organisations.models import Municipality
from partnerships.dates import ApproximateDate
from partnerships.history import attributed
from report.actions import memo_from, start_edition
from report.models import (
    Edition,
    FigureExclusion,
    ReportFigure,
    ReportRhythm,
    ReportSeries,
    SectionTemplate,
)

INVENTED = "Påhittat exempel"
MEMO_LISTS: dict[str, Any] = {
    "proposal_points": ProposalPoint,
    "decision_bases": DecisionBasis,
    "signatories": Signatory,
    "recipients": Recipient,
}


def load_report_series(
    facts: dict[str, Any],
    *,
    municipality: Municipality,
    read: Callable[[str], dict[str, Any]],
    by: User,
    at: datetime,
) -> None:
    """The series with its editions. The stated one comes before the board in its memo."""
    stated = facts["stated"]
    loader = _Loader(by, stated["source_note"])
    series = loader.series(facts, municipality)
    for edition in facts["editions"]:
        noted_on = _day(edition.pop("noted_on"))
        loader.keep(Edition(series=series, noted_on=noted_on, **edition))
    edition = loader.stated(series, stated)
    _memo(edition, read(stated["memo"]), by, at, loader.reason)
    _Loader(by, INVENTED).following(series, facts["next"])


class _Loader:
    """Keeps rows as somebody's work, for a reason."""

    def __init__(self, by: User, reason: str) -> None:
        self.by, self.reason = by, reason

    def keep(self, row: Any) -> Any:
        attributed(row, by=self.by, reason=self.reason).save()
        return row

    def series(self, facts: dict[str, Any], municipality: Municipality) -> ReportSeries:
        about = facts["series"]
        committee = municipality.committees.get(name=about.pop("committee"))
        office = municipality.offices.get(name=about.pop("office"))
        series = self.keep(
            ReportSeries(municipality=municipality, committee=committee, office=office, **about)
        )
        for rhythm in facts["rhythms"]:
            self.keep(ReportRhythm(series=series, starts=_day(rhythm.pop("starts")), **rhythm))
        for position, section in enumerate(facts["sections"], start=1):
            self.keep(SectionTemplate(series=series, position=position, **section))
        return series

    def stated(self, series: ReportSeries, facts: dict[str, Any]) -> Edition:
        """The edition with the texts and figures of the minutes."""
        edition = self._edition(series, facts, "diary_number")
        for section in edition.sections.filter(heading__in=facts["texts"]):
            section.text = facts["texts"][section.heading]
            self.keep(section)
        about = {"source": ReportFigure.Source.STATED, "source_note": facts["source_note"]}
        figures = self._figures(edition, facts["figures"], scale="millions", **about)
        left_out = facts["exclusion"]
        self.keep(
            FigureExclusion(
                figure=figures[left_out["figure"]],
                wording=left_out["wording"],
                counted_in=figures[left_out["counted_in"]],
            )
        )
        return edition

    def following(self, series: ReportSeries, facts: dict[str, Any]) -> None:
        """The edition that comes next, with figures computed from the register."""
        edition = self._edition(series, facts)
        self._figures(edition, facts["figures"], source=ReportFigure.Source.COMPUTED)

    def _edition(self, series: ReportSeries, facts: dict[str, Any], *names: str) -> Edition:
        names = ("title", "year_from", "year_to", *names)
        edition = Edition(series=series, **{name: facts[name] for name in names})
        return start_edition(edition, by=self.by)

    def _figures(
        self, edition: Edition, rows: list[dict[str, Any]], **common: Any
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
            found[figure.code] = self.keep(figure)
        return found


def _memo(edition: Edition, facts: dict[str, Any], by: User, at: datetime, reason: str) -> Memo:
    """The memo that comes out of the edition, with the lists that the minutes give, submitted."""
    memo = memo_from(edition, by=by, at=at)
    memo.dated_on = facts["dated_on"]
    lists = [
        ListDraft(
            rows=[model(**row) for row in facts[name]], removed=list(getattr(memo, name).all())
        )
        for name, model in MEMO_LISTS.items()
    ]
    save_memo(memo, texts={}, lists=lists, by=by, reason=reason)
    submit_memo(memo, by=by, at=at)
    return memo


def _day(value: str | date) -> ApproximateDate:
    return (
        ApproximateDate.exactly(value) if isinstance(value, date) else ApproximateDate.parse(value)
    )
