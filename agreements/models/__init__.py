from agreements.models.agreement import Agreement, AgreementPartner
from agreements.models.contribution import (
    CalculationPart,
    Contribution,
    Party,
    PeriodBasis,
    StatedTotal,
)
from agreements.models.on_a_day import RevisionOn
from agreements.models.revision import Revision
from agreements.models.totals import ContributionTotals, PartyTotal

__all__ = [
    "Agreement",
    "AgreementPartner",
    "CalculationPart",
    "Contribution",
    "ContributionTotals",
    "Party",
    "PartyTotal",
    "PeriodBasis",
    "Revision",
    "RevisionOn",
    "StatedTotal",
]
