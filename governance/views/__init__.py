from governance.views.document import (
    document_create,
    document_detail,
    document_edit,
    document_export,
    document_history,
    document_list,
)
from governance.views.transfer import (
    agreement_options,
    transfer_create,
    transfer_detail,
    transfer_edit,
    transfer_export,
    transfer_history,
    transfer_list,
)

__all__ = [
    "agreement_options",
    "document_create",
    "document_detail",
    "document_edit",
    "document_export",
    "document_history",
    "document_list",
    "transfer_create",
    "transfer_detail",
    "transfer_edit",
    "transfer_export",
    "transfer_history",
    "transfer_list",
]
