from agreements.views.agreement import (
    agreement_create,
    agreement_discard,
    agreement_edit,
    agreement_history,
    partner_agreements,
)
from agreements.views.as_of import agreement_detail, agreement_sheet_pdf
from agreements.views.flag import check_settle, flag_create, flag_settle
from agreements.views.particulars import particulars_edit
from agreements.views.register import agreement_export, agreement_list
from agreements.views.responsibility import agreement_transfer, responsibility_edit
from agreements.views.revision import (
    revision_compare,
    revision_create,
    revision_decide,
    revision_detail,
    revision_discard,
    revision_edit,
    revision_update,
)
from agreements.views.validity import (
    agreement_extend,
    agreement_validity,
    obligations_edit,
    termination_create,
    termination_edit,
)

__all__ = [
    "agreement_create",
    "agreement_detail",
    "agreement_discard",
    "agreement_edit",
    "agreement_export",
    "agreement_extend",
    "agreement_history",
    "agreement_list",
    "agreement_sheet_pdf",
    "agreement_transfer",
    "agreement_validity",
    "check_settle",
    "flag_create",
    "flag_settle",
    "obligations_edit",
    "particulars_edit",
    "partner_agreements",
    "responsibility_edit",
    "revision_compare",
    "revision_create",
    "revision_decide",
    "revision_detail",
    "revision_discard",
    "revision_edit",
    "revision_update",
    "termination_create",
    "termination_edit",
]
