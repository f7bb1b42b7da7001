"""All that is registered of an agreement: as it stands, and as the portal knew it at a moment."""

from datetime import datetime
from typing import TypeVar

from django.db import models

from agreements.models import (
    Agreement,
    AgreementPartner,
    AgreementTheme,
    BudgetedAmount,
    CalculationPart,
    Contribution,
    Facts,
    GrantParticulars,
    NoticePeriod,
    Obligation,
    ProcurementParticulars,
    Responsibility,
    Revision,
    SourceFlag,
    StatedTotal,
    Term,
    Termination,
)
from organisations.models import PopulationFigure, Threshold
from partnerships.together import attach, fetch_together, give

Model = TypeVar("Model", bound=models.Model)
# What an agreement's related managers answer with, and what holds the agreement's key.
OF_AGREEMENT: dict[str, models.QuerySet] = {
    "parties": AgreementPartner.objects.select_related("partner"),
    "revisions": Revision.objects.with_beginning(),
    "terms": Term.objects.all(),
    "terminations": Termination.objects.all(),
    "notices": NoticePeriod.objects.all(),
    "obligations": Obligation.objects.select_related("ended_by"),
    "responsibilities": Responsibility.objects.select_related("committee", "office", "unit"),
    "budgets": BudgetedAmount.objects.select_related("committee"),
    "flags": SourceFlag.objects.select_related("settled_by"),
}


def fetch_with_facts(agreements: models.QuerySet[Agreement]) -> list[Agreement]:
    """The agreements with everything that is asked of them, fetched with one query."""
    related = ("committee__municipality", "grant__scheme", "procurement", "membership")
    keys = agreements.order_by().values("pk")
    municipalities = agreements.order_by().values("committee__municipality")
    revisions = Revision.objects.filter(agreement__in=keys)
    found, population, themes, lines, parts, totals, *rows = fetch_together(
        [
            agreements.select_related(*related),
            PopulationFigure.objects.filter(municipality__in=municipalities),
            AgreementTheme.objects.filter(agreement__in=keys)
            .select_related("theme")
            .order_by("theme__name", "theme"),
            Contribution.objects.filter(revision__in=revisions).select_related("partner"),
            CalculationPart.objects.filter(contribution__revision__in=revisions),
            StatedTotal.objects.filter(revision__in=revisions).select_related("partner"),
            *(several.filter(agreement__in=keys) for several in OF_AGREEMENT.values()),
        ]
    )
    for name, several in zip(OF_AGREEMENT, rows, strict=True):
        attach(found, name, several, by="agreement_id")
    attach([one.municipality for one in found], "population", population, by="municipality_id")
    attach(lines, "parts", parts, by="contribution_id")
    for agreement in found:
        mine = [row.theme for row in themes if row.agreement_id == agreement.pk]
        give(agreement, "themes", mine)
        attach(agreement.revisions.all(), "contributions", lines, by="revision_id")
        attach(agreement.revisions.all(), "stated_totals", totals, by="revision_id")
    return found


def facts_of(agreement: Agreement) -> Facts:
    """The facts of an agreement that was fetched with them."""
    revisions = list(agreement.revisions.all())
    for revision in revisions:
        revision.agreement = agreement
    terminations = list(agreement.terminations.all())
    for termination in terminations:
        termination.agreement = agreement
    return Facts(
        agreement=agreement,
        revisions=revisions,
        terms=list(agreement.terms.all()),
        terminations=terminations,
        notices=list(agreement.notices.all()),
        obligations=list(agreement.obligations.all()),
        responsibilities=list(agreement.responsibilities.all()),
        budgets=list(agreement.budgets.all()),
        population=list(agreement.municipality.population.all()),
        grant=getattr(agreement, "grant", None),
        procurement=getattr(agreement, "procurement", None),
        thresholds=_thresholds(agreement),
    )


def facts_known_at(agreement: Agreement, moment: datetime) -> Facts | None:
    """The facts as the portal held them at the moment; None when it did not hold the agreement."""
    known = _known(Agreement, moment, id=agreement.pk)
    if not known:
        return None
    past = known[0]
    mine = {"agreement_id": agreement.pk}
    give(past, "parties", _known(AgreementPartner, moment, **mine))
    terminations = {row.pk: row for row in _known(Termination, moment, **mine)}
    obligations = _known(Obligation, moment, **mine)
    for obligation in obligations:
        obligation.ended_by = terminations.get(obligation.ended_by_id or 0)
    for termination in terminations.values():
        termination.agreement = past
    return Facts(
        agreement=past,
        revisions=_revisions_known_at(past, moment),
        terms=sorted(_known(Term, moment, **mine), key=lambda term: term.number),
        terminations=list(terminations.values()),
        notices=_known(NoticePeriod, moment, **mine),
        obligations=obligations,
        responsibilities=_known(Responsibility, moment, **mine),
        budgets=_known(BudgetedAmount, moment, **mine),
        population=_known(PopulationFigure, moment, municipality_id=past.committee.municipality_id),
        grant=next(iter(_known(GrantParticulars, moment, agreement_id=agreement.pk)), None),
        procurement=next(
            iter(_known(ProcurementParticulars, moment, agreement_id=agreement.pk)), None
        ),
        thresholds=_thresholds(agreement),
    )


def _thresholds(agreement: Agreement) -> list[Threshold]:
    """The law's amounts, which are asked for a procured contract only."""
    is_procured = agreement.kind == Agreement.Kind.PROCUREMENT
    return list(Threshold.objects.all()) if is_procured else []


def _revisions_known_at(agreement: Agreement, moment: datetime) -> list[Revision]:
    """The revisions with the contributions, calculations and totals that they had then."""
    revisions = _known(Revision, moment, agreement_id=agreement.pk)
    keys = [revision.pk for revision in revisions]
    lines = _known(Contribution, moment, revision_id__in=keys)
    parts = _known(CalculationPart, moment, contribution_id__in=[line.pk for line in lines])
    totals = _known(StatedTotal, moment, revision_id__in=keys)
    for line in lines:
        give(line, "parts", [part for part in parts if part.contribution_id == line.pk])
    for revision in revisions:
        revision.agreement = agreement
        mine = [line for line in lines if line.revision_id == revision.pk]
        mine.sort(key=lambda line: (line.party, line.position, line.pk))
        give(revision, "contributions", mine)
        give(revision, "stated_totals", [row for row in totals if row.revision_id == revision.pk])
    return sorted(revisions, key=lambda revision: (revision.number, revision.pk))


def _known(model: type[Model], moment: datetime, **mine: object) -> list[Model]:
    """The model's rows as they were at the moment, without those that were gone."""
    rows = model.history.filter(history_date__lte=moment, **mine)  # type: ignore[attr-defined]
    return list(rows.latest_of_each().as_instances())
