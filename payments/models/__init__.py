from payments.models.batch import ImportBatch
from payments.models.payment import MatchedBy, Matching, Payment
from payments.models.rule import MatchingRule
from payments.models.source import Direction, PaymentSource

__all__ = [
    "Direction",
    "ImportBatch",
    "MatchedBy",
    "Matching",
    "MatchingRule",
    "Payment",
    "PaymentSource",
]
