from governance.models.activity import ActionPlanActivity
from governance.models.arrangement import Arrangement
from governance.models.document import GoverningDocument, Validity
from governance.models.outcome import Outcome
from governance.models.transfer import ServiceTransfer

__all__ = [
    "ActionPlanActivity",
    "Arrangement",
    "GoverningDocument",
    "Outcome",
    "ServiceTransfer",
    "Validity",
]
