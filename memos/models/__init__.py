from memos.models.memo import Memo, MemoSection
from memos.models.parts import Consultation, DecisionBasis, ProposalPoint, Recipient, Signatory
from memos.models.template import MemoTemplate, TemplateSection

__all__ = [
    "Consultation",
    "DecisionBasis",
    "Memo",
    "MemoSection",
    "MemoTemplate",
    "ProposalPoint",
    "Recipient",
    "Signatory",
    "TemplateSection",
]
