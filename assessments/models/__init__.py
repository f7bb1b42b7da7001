from assessments.models.answers import (
    CriterionAssessment,
    FormAnswer,
    LegalAnswer,
    Value,
    YesNo,
)
from assessments.models.assessment import Assessment
from assessments.models.criteria import (
    CriteriaSet,
    Criterion,
    EligibleForm,
    FormQuestion,
    LegalQuestion,
)
from assessments.models.result import ActorCheck, Result, actor_check, result_of

__all__ = [
    "ActorCheck",
    "Assessment",
    "CriteriaSet",
    "Criterion",
    "CriterionAssessment",
    "EligibleForm",
    "FormAnswer",
    "FormQuestion",
    "LegalAnswer",
    "LegalQuestion",
    "Result",
    "Value",
    "YesNo",
    "actor_check",
    "result_of",
]
