"""The history of an agreement and of everything that belongs or belonged to it."""

from agreements.models import (
    Agreement,
    AgreementPartner,
    AgreementTheme,
    BudgetedAmount,
    CalculationPart,
    Contribution,
    GrantParticulars,
    MembershipParticulars,
    NoticePeriod,
    Obligation,
    PlannedPayment,
    ProcurementParticulars,
    Responsibility,
    Revision,
    SourceFlag,
    StatedTotal,
    Term,
    Termination,
)
from partnerships.history import Entry, entries

OF_AGREEMENT = (
    AgreementPartner,
    AgreementTheme,
    Revision,
    Term,
    NoticePeriod,
    Termination,
    Obligation,
    Responsibility,
    BudgetedAmount,
    SourceFlag,
    GrantParticulars,
    PlannedPayment,
    ProcurementParticulars,
    MembershipParticulars,
)


def history_of(agreement: Agreement) -> list[Entry]:
    """Every change of the agreement and of all that belongs or belonged to it, newest first."""
    revision_ids = Revision.history.filter(agreement_id=agreement.pk).values("id")
    contributions = Contribution.history.filter(revision_id__in=revision_ids)
    return entries(
        [
            Agreement.history.filter(id=agreement.pk),
            *(model.history.filter(agreement_id=agreement.pk) for model in OF_AGREEMENT),
            contributions,
            CalculationPart.history.filter(contribution_id__in=contributions.values("id")),
            StatedTotal.history.filter(revision_id__in=revision_ids),
        ]
    )
