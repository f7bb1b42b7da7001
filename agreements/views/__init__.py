from agreements.views.agreement import (
    agreement_create,
    agreement_detail,
    agreement_edit,
    agreement_history,
    partner_agreements,
)
from agreements.views.register import agreement_list
from agreements.views.revision import (
    revision_create,
    revision_decide,
    revision_detail,
    revision_discard,
    revision_edit,
)

__all__ = [
    "agreement_create",
    "agreement_detail",
    "agreement_edit",
    "agreement_history",
    "agreement_list",
    "partner_agreements",
    "revision_create",
    "revision_decide",
    "revision_detail",
    "revision_discard",
    "revision_edit",
]
