"""What changes more than one row of an agreement, or has a precondition."""

from agreements.actions.agreement import (
    AgreementKeptError,
    check_discard_agreement,
    discard_agreement,
    save_agreement,
)
from agreements.actions.flags import FlagSettledError, raise_flag, settle_check, settle_flag
from agreements.actions.responsibility import (
    NothingToTransferError,
    Transfer,
    plan_transfer,
    save_responsibilities,
    transfer,
)
from agreements.actions.revision import (
    ContributionDraft,
    DraftExistsError,
    RevisionFrozenError,
    RevisionNotDecidableError,
    RevisionOutdatedError,
    TooManyDraftsError,
    amend,
    bring_up_to_date,
    check_discard,
    decide_revision,
    discard_draft,
    save_revision,
)
from agreements.actions.validity import (
    ExtensionRefusedError,
    TerminationRefusedError,
    extend,
    save_rows,
    save_term,
    save_validity,
    terminate,
)

__all__ = [
    "AgreementKeptError",
    "ContributionDraft",
    "DraftExistsError",
    "ExtensionRefusedError",
    "FlagSettledError",
    "NothingToTransferError",
    "RevisionFrozenError",
    "RevisionNotDecidableError",
    "RevisionOutdatedError",
    "TerminationRefusedError",
    "TooManyDraftsError",
    "Transfer",
    "amend",
    "bring_up_to_date",
    "check_discard",
    "check_discard_agreement",
    "decide_revision",
    "discard_agreement",
    "discard_draft",
    "extend",
    "plan_transfer",
    "raise_flag",
    "save_agreement",
    "save_responsibilities",
    "save_revision",
    "save_rows",
    "save_term",
    "save_validity",
    "settle_check",
    "settle_flag",
    "terminate",
    "transfer",
]
