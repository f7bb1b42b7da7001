from agreements.forms.agreement import AgreementForm, DayForm, PartyFormSet, RegisterForm
from agreements.forms.contribution import ContributionFormSet
from agreements.forms.revision import RevisionDecideForm, RevisionForm, StatedTotalsForm

__all__ = [
    "AgreementForm",
    "ContributionFormSet",
    "DayForm",
    "PartyFormSet",
    "RegisterForm",
    "RevisionDecideForm",
    "RevisionForm",
    "StatedTotalsForm",
]
