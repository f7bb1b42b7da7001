from assessments.views.assessment import (
    assessment_confirm,
    assessment_detail,
    assessment_discard,
    assessment_export,
    assessment_history,
    assessment_list,
    assessment_pdf,
)
from assessments.views.partner import (
    dialogue_assessments,
    partner_indicators,
    partner_overview,
)
from assessments.views.writing import assessment_create, assessment_edit

__all__ = [
    "assessment_confirm",
    "assessment_create",
    "assessment_detail",
    "assessment_discard",
    "assessment_edit",
    "assessment_export",
    "assessment_history",
    "assessment_list",
    "assessment_pdf",
    "dialogue_assessments",
    "partner_indicators",
    "partner_overview",
]
