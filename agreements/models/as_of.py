"""An agreement as it was on a day: everything that its page, its PDF and scripts answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from agreements.models.agreement import Agreement
from agreements.models.contribution import Contribution
from agreements.models.deadlines import (
    Deadline,
    end_deadline,
    notice_deadlines,
    review_deadlines,
)
from agreements.models.life import Life, StatusOn
from agreements.models.obligation import Obligation
from agreements.models.on_a_day import RevisionOn
from agreements.models.particulars import GrantParticulars, ProcurementParticulars
from agreements.models.responsibility import BudgetedAmount, Responsibility
from agreements.models.revision import Revision
from agreements.models.totals import ContributionTotals
from agreements.models.validity import NoticePeriod, Term, Termination
from organisations.models import PopulationFigure, Threshold
from partnerships.dates import RowsOn
from partnerships.dates.bounds import moved


@dataclass(frozen=True)
class Facts:
    """All that is registered of one agreement: now, or as the portal knew it at a moment."""

    agreement: Agreement
    revisions: Sequence[Revision]
    terms: Sequence[Term]
    terminations: Sequence[Termination]
    notices: Sequence[NoticePeriod]
    obligations: Sequence[Obligation]
    responsibilities: Sequence[Responsibility]
    budgets: Sequence[BudgetedAmount]
    population: Sequence[PopulationFigure]
    grant: GrantParticulars | None = None
    procurement: ProcurementParticulars | None = None
    thresholds: Sequence[Threshold] = ()


@dataclass(frozen=True)
class Price:
    """What a price per inhabitant comes to in a year, beside what the budget of the year says."""

    line: Contribution
    year: int
    population: PopulationFigure | None
    budgeted: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """SEK in the year; None when the population before it is not known."""
        if self.population is None or self.line.per_inhabitant is None:
            return None
        return self.line.per_inhabitant * self.population.number

    @property
    def deviation(self) -> Decimal | None:
        """Budgeted less computed; None when either is not known."""
        if self.amount is None or self.budgeted is None:
            return None
        return self.budgeted - self.amount

    @property
    def deviation_share(self) -> Decimal | None:
        """The deviation as a part of the computed price."""
        return self.deviation / self.amount if self.deviation is not None and self.amount else None


@dataclass(frozen=True)
class AgreementOn:
    """The agreement on one day. Every answer says itself whether it is certain."""

    facts: Facts
    day: date

    @cached_property
    def life(self) -> Life:
        """From when to when the agreement lasts."""
        return Life.of(self.facts.revisions, self.facts.terms, self.facts.terminations)

    @cached_property
    def status(self) -> StatusOn:
        """What the agreement is."""
        return self.life.status_on(self.day)

    @cached_property
    def revision(self) -> RevisionOn:
        """Which revision applies."""
        return RevisionOn.among(self.facts.revisions, self.life, self.day)

    @cached_property
    def totals(self) -> ContributionTotals | None:
        """What the parties bring by the revision that applies."""
        return ContributionTotals.of(self.revision.revision) if self.revision.revision else None

    @cached_property
    def term(self) -> RowsOn[Term]:
        """Which term runs."""
        return RowsOn.among(self.facts.terms, self.day)

    @property
    def coming_term(self) -> Term | None:
        """The first that begins later, when none runs."""
        starts = {row.starts_earliest: row for row in self.facts.terms if row.starts_earliest}
        later = [day for day in starts if day > self.day]
        return starts[min(later)] if later and not self.term.candidates else None

    @cached_property
    def cost(self) -> RowsOn[Responsibility]:
        """Who bears the cost."""
        return self._responsible(Responsibility.Kind.COST)

    @cached_property
    def administration(self) -> RowsOn[Responsibility]:
        """Who administers the agreement."""
        return self._responsible(Responsibility.Kind.ADMINISTRATION)

    @cached_property
    def periods(self) -> list[tuple[Responsibility, list[str]]]:
        """Every period of responsibility, with what it is for when cost and administration agree."""
        found: dict[tuple, tuple[Responsibility, list[str]]] = {}
        for row in sorted(self.facts.responsibilities, key=lambda row: row.kind, reverse=True):
            body = (row.committee_id, row.office_id, row.unit_id, row.starts, row.ends)
            found.setdefault(body, (row, []))[1].append(row.get_kind_display())
        return sorted(found.values(), key=lambda pair: pair[0].starts_earliest or date.min)

    @cached_property
    def obligations(self) -> list[tuple[Obligation, bool]]:
        """The undertakings that apply or may apply, each with whether that is certain."""
        if not self.life.is_decided or self.life.is_over(self.day):
            return []
        return [
            (row, row.certainly_applied(self.day))
            for row in self.facts.obligations
            if row.possibly_applied(self.day)
        ]

    @cached_property
    def partly_terminated(self) -> list[tuple[Termination, bool]]:
        """The partial terminations that have or may have taken effect, each with which it is."""
        return [
            (row, row.effective_from.certainly_from <= self.day)
            for row in self.facts.terminations
            if row.scope == Termination.Scope.PARTIAL
            and row.effective_from
            and row.effective_from.possibly_from <= self.day
        ]

    @cached_property
    def coming_end(self) -> Termination | None:
        """A termination of the whole that has not taken effect yet, once notice can have been given."""
        if self.life.is_over(self.day):
            return None
        for row in self.facts.terminations:
            given = row.notice_given_on
            if row.scope == Termination.Scope.FULL:
                is_given = given is None or given.possibly_from <= self.day
                return row if is_given else None
        return None

    @property
    def extensions_left(self) -> int | None:
        """How many extensions remain; None when it is not known how many are allowed."""
        allowed = self.facts.agreement.extensions_allowed
        return None if allowed is None else max(0, allowed - self.extensions_made)

    @property
    def extensions_made(self) -> int:
        """How many extensions are registered."""
        return sum(term.number > 0 for term in self.facts.terms)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Every last day that follows from the facts."""
        return [
            *notice_deadlines(self.life, self.facts.notices),
            end_deadline(self.life),
            *review_deadlines(self.facts.grant, self.life),
        ]

    @cached_property
    def prices(self) -> list[Price]:
        """The prices per inhabitant of the revision that applies, for the day's year."""
        revision = self.revision.revision
        lines = revision.contributions.all() if revision else []
        return [
            Price(line, self.day.year, self._population(), self._budgeted())
            for line in lines
            if line.per_inhabitant is not None
        ]

    def saved_by(self, termination: Termination) -> BudgetedAmount | None:
        """What the cost bearer no longer pays: the budget of the last day with the agreement.

        None when the end or the budget of that day is not known, or when only a part ends.
        """
        if termination.scope != Termination.Scope.FULL or termination.effective_earliest is None:
            return None
        last_day = moved(termination.effective_earliest, days=-1)
        bearer = RowsOn.among(
            [row for row in self.facts.responsibilities if row.kind == Responsibility.Kind.COST],
            last_day,
        ).certain
        budget = RowsOn.among(self.facts.budgets, last_day).certain
        is_of_bearer = bearer and budget and bearer.committee_id == budget.committee_id
        return budget if is_of_bearer else None

    def _responsible(self, kind: Responsibility.Kind) -> RowsOn[Responsibility]:
        rows = [row for row in self.facts.responsibilities if row.kind == kind]
        return RowsOn.among(rows, self.day)

    def _population(self) -> PopulationFigure | None:
        """The figure of 31 December before the day's year."""
        counted_on = date(self.day.year - 1, 12, 31)
        return next((row for row in self.facts.population if row.counted_on == counted_on), None)

    def _budgeted(self) -> Decimal | None:
        """The year's budget on the day, when one is certain."""
        budget = RowsOn.among(self.facts.budgets, self.day).certain
        return budget.amount if budget else None
