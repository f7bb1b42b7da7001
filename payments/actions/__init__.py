"""What changes more than one row of payments, or has a precondition."""

from payments.actions.importing import (
    BatchRefusedError,
    RunLostError,
    begin_again,
    begin_check,
    begin_import,
    check_batch,
    check_open,
    discard_batch,
    import_batch,
    stop_run,
    upload_batch,
)
from payments.actions.matching import (
    MatchingRefusedError,
    decide_matching,
    link_reversal,
    match_again,
    undo_matching,
)
from payments.actions.sources import save_columns

__all__ = [
    "BatchRefusedError",
    "MatchingRefusedError",
    "RunLostError",
    "begin_again",
    "begin_check",
    "begin_import",
    "check_batch",
    "check_open",
    "decide_matching",
    "discard_batch",
    "import_batch",
    "link_reversal",
    "match_again",
    "save_columns",
    "stop_run",
    "undo_matching",
    "upload_batch",
]
