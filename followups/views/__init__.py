from followups.views.evaluation import agreement_evaluation, evaluation_pdf
from followups.views.files import attachment_add, attachment_fetch, attachment_remove
from followups.views.handin import (
    handin,
    handin_file,
    handin_open,
    handin_receipt,
    handin_save,
)
from followups.views.links import link_revoke, link_send
from followups.views.listing import report_export, report_list
from followups.views.plan import agreement_follow_up, plan_create, plan_edit, plan_history
from followups.views.report import (
    account_create,
    account_edit,
    report_detail,
    report_edit,
    report_open,
    report_pdf,
    version_detail,
)
from followups.views.steps import (
    report_approve,
    report_reject,
    report_resume,
    report_return,
    report_skip,
    report_submit,
)

__all__ = [
    "account_create",
    "account_edit",
    "agreement_evaluation",
    "agreement_follow_up",
    "attachment_add",
    "attachment_fetch",
    "attachment_remove",
    "evaluation_pdf",
    "handin",
    "handin_file",
    "handin_open",
    "handin_receipt",
    "handin_save",
    "link_revoke",
    "link_send",
    "plan_create",
    "plan_edit",
    "plan_history",
    "report_approve",
    "report_detail",
    "report_edit",
    "report_export",
    "report_list",
    "report_open",
    "report_pdf",
    "report_reject",
    "report_resume",
    "report_return",
    "report_skip",
    "report_submit",
    "version_detail",
]
