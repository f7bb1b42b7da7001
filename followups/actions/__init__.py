"""What changes more than one row of a plan or a report, or has a precondition."""

from followups.actions.attachments import attach, take_away
from followups.actions.links import (
    Invitation,
    LinkLetter,
    make_link,
    open_link,
    revoke_link,
    send_link,
)
from followups.actions.plan import RowsDraft, save_plan, start_plan
from followups.actions.receipts import receipts_to_send, send_receipt
from followups.actions.refusals import (
    FollowUpRefusedError,
    LinkRefusedError,
    ReportChangedError,
    ReportIncompleteError,
)
from followups.actions.report import (
    AnswersDraft,
    Seen,
    open_report,
    received,
    register_account,
    save_account,
    save_answers,
)
from followups.actions.steps import (
    Hand,
    ReceiptTo,
    approve_report,
    reject_report,
    resume_report,
    return_report,
    skip_report,
    submit_report,
)

__all__ = [
    "AnswersDraft",
    "FollowUpRefusedError",
    "Hand",
    "Invitation",
    "LinkLetter",
    "LinkRefusedError",
    "ReceiptTo",
    "ReportChangedError",
    "ReportIncompleteError",
    "RowsDraft",
    "Seen",
    "approve_report",
    "attach",
    "make_link",
    "open_link",
    "open_report",
    "receipts_to_send",
    "received",
    "register_account",
    "reject_report",
    "resume_report",
    "return_report",
    "revoke_link",
    "save_account",
    "save_answers",
    "save_plan",
    "send_link",
    "send_receipt",
    "skip_report",
    "start_plan",
    "submit_report",
    "take_away",
]
