from agreements.forms.agreement import (
    REGISTER_FILTERS,
    AgreementForm,
    AsOfForm,
    PartyFormSet,
    RegisterForm,
)
from agreements.forms.contribution import ContributionFormSet
from agreements.forms.flag import FlagForm, SettleForm
from agreements.forms.particulars import FORMS, PlannedPaymentFormSet
from agreements.forms.responsibility import (
    BudgetFormSet,
    ResponsibilityFormSet,
    TransferForm,
    TransferSearchForm,
)
from agreements.forms.revision import (
    CompareForm,
    RevisionDecideForm,
    RevisionForm,
    StatedTotalsForm,
)
from agreements.forms.validity import (
    ExtensionForm,
    ObligationFormSet,
    OriginalTermForm,
    TermForm,
    TerminationForm,
    ValidityForm,
)

__all__ = [
    "FORMS",
    "REGISTER_FILTERS",
    "AgreementForm",
    "AsOfForm",
    "BudgetFormSet",
    "CompareForm",
    "ContributionFormSet",
    "ExtensionForm",
    "FlagForm",
    "ObligationFormSet",
    "OriginalTermForm",
    "PartyFormSet",
    "PlannedPaymentFormSet",
    "RegisterForm",
    "ResponsibilityFormSet",
    "RevisionDecideForm",
    "RevisionForm",
    "SettleForm",
    "StatedTotalsForm",
    "TermForm",
    "TerminationForm",
    "TransferForm",
    "TransferSearchForm",
    "ValidityForm",
]
