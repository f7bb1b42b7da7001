from organisations.views.contact import (
    contact_create,
    contact_edit,
    contact_erase,
    partner_contacts,
)
from organisations.views.partner import (
    partner_create,
    partner_detail,
    partner_edit,
    partner_export,
    partner_history,
    partner_list,
    partner_merge,
    partner_options,
)

__all__ = [
    "contact_create",
    "contact_edit",
    "contact_erase",
    "partner_contacts",
    "partner_create",
    "partner_detail",
    "partner_edit",
    "partner_export",
    "partner_history",
    "partner_list",
    "partner_merge",
    "partner_options",
]
