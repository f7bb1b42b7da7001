from followups.forms.listing import ReportFilter
from followups.forms.plan import (
    DateFormSet,
    IndicatorFormSet,
    PlanForm,
    PlanStartForm,
    QuestionFormSet,
    rows_draft,
)
from followups.forms.report import (
    AccountForm,
    AnswersForm,
    ApproveForm,
    AttachmentForm,
    HandInForm,
    LinkForm,
    ReasonForm,
    RegisterHandInForm,
    RejectForm,
    ReturnForm,
)

__all__ = [
    "AccountForm",
    "AnswersForm",
    "ApproveForm",
    "AttachmentForm",
    "DateFormSet",
    "HandInForm",
    "IndicatorFormSet",
    "LinkForm",
    "PlanForm",
    "PlanStartForm",
    "QuestionFormSet",
    "ReasonForm",
    "RegisterHandInForm",
    "RejectForm",
    "ReportFilter",
    "ReturnForm",
    "rows_draft",
]
