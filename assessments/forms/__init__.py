from assessments.forms.answers import FormAnswerFormSet, JudgementFormSet, LegalAnswerFormSet
from assessments.forms.assessment import (
    AssessmentCreateForm,
    AssessmentFilter,
    AssessmentForm,
    DayForm,
)

__all__ = [
    "AssessmentCreateForm",
    "AssessmentFilter",
    "AssessmentForm",
    "DayForm",
    "FormAnswerFormSet",
    "JudgementFormSet",
    "LegalAnswerFormSet",
]
