from followups.models.link import ReportLink, hashed, new_secret
from followups.models.plan import (
    FollowUpPlan,
    Indicator,
    NarrativeQuestion,
    ReportingDate,
)
from followups.models.receipt import ReceiptLetter
from followups.models.report import (
    FollowUpReport,
    FundsUse,
    IndicatorValue,
    Measurability,
    NarrativeAnswer,
)
from followups.models.target import FigureFormField, Targeted
from followups.models.template import PlanTemplate, TemplateIndicator, TemplateQuestion
from followups.models.trace import Attachment, ReportEvent, ReportVersion

__all__ = [
    "Attachment",
    "FigureFormField",
    "FollowUpPlan",
    "FollowUpReport",
    "FundsUse",
    "Indicator",
    "IndicatorValue",
    "Measurability",
    "NarrativeAnswer",
    "NarrativeQuestion",
    "PlanTemplate",
    "ReceiptLetter",
    "ReportEvent",
    "ReportLink",
    "ReportVersion",
    "ReportingDate",
    "Targeted",
    "TemplateIndicator",
    "TemplateQuestion",
    "hashed",
    "new_secret",
]
