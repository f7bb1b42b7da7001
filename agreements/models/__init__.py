from agreements.models.agreement import (
    Agreement,
    AgreementPartner,
    AgreementQuerySet,
    AgreementTheme,
    Status,
)
from agreements.models.as_of import AgreementOn, Facts, Price
from agreements.models.contribution import CalculationPart, Contribution, PeriodBasis, StatedTotal
from agreements.models.deadlines import Deadline
from agreements.models.flag import SourceFlag
from agreements.models.kept import keep_life, kept_of
from agreements.models.life import Life, StatusOn
from agreements.models.obligation import Obligation
from agreements.models.on_a_day import RevisionOn
from agreements.models.particulars import (
    GrantParticulars,
    GrantScheme,
    MembershipParticulars,
    PlannedPayment,
    ProcurementParticulars,
)
from agreements.models.party import Party
from agreements.models.responsibility import BudgetedAmount, Responsibility
from agreements.models.revision import Revision
from agreements.models.theme import Theme
from agreements.models.totals import ContributionTotals, PartyTotal
from agreements.models.validity import NoticePeriod, Term, Termination

__all__ = [
    "Agreement",
    "AgreementOn",
    "AgreementPartner",
    "AgreementQuerySet",
    "AgreementTheme",
    "BudgetedAmount",
    "CalculationPart",
    "Contribution",
    "ContributionTotals",
    "Deadline",
    "Facts",
    "GrantParticulars",
    "GrantScheme",
    "Life",
    "MembershipParticulars",
    "NoticePeriod",
    "Obligation",
    "Party",
    "PartyTotal",
    "PeriodBasis",
    "PlannedPayment",
    "Price",
    "ProcurementParticulars",
    "Responsibility",
    "Revision",
    "RevisionOn",
    "SourceFlag",
    "StatedTotal",
    "Status",
    "StatusOn",
    "Term",
    "Termination",
    "Theme",
    "keep_life",
    "kept_of",
]
