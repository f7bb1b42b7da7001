from memos.models.interpellation import Interpellation, InterpellationQuestion
from memos.models.memo import Memo, MemoSection
from memos.models.parts import Consultation, DecisionBasis, ProposalPoint, Recipient, Signatory
from memos.models.review import MemoRules, ReviewComment
from memos.models.template import MemoTemplate, TemplateSection
from memos.models.version import MemoStep, MemoVersion

__all__ = [
    "Consultation",
    "DecisionBasis",
    "Interpellation",
    "InterpellationQuestion",
    "Memo",
    "MemoRules",
    "MemoSection",
    "MemoStep",
    "MemoTemplate",
    "MemoVersion",
    "ProposalPoint",
    "Recipient",
    "ReviewComment",
    "Signatory",
    "TemplateSection",
]
