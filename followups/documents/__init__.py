"""What follow-up prints: the report, the partner's receipt, and the evaluation before the end."""

from followups.documents.evaluation import evaluation_document, evaluation_pdf
from followups.documents.report import (
    receipt_document,
    receipt_pdf,
    report_document,
    report_pdf,
)

__all__ = [
    "evaluation_document",
    "evaluation_pdf",
    "receipt_document",
    "receipt_pdf",
    "report_document",
    "report_pdf",
]
