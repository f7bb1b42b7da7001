from payments.forms.importing import ColumnsForm, SourceForm, UploadForm
from payments.forms.matching import MatchForm, ReversalForm, RuleForm, UndoForm
from payments.forms.payments import PaymentFilter, TotalsForm

__all__ = [
    "ColumnsForm",
    "MatchForm",
    "PaymentFilter",
    "ReversalForm",
    "RuleForm",
    "SourceForm",
    "TotalsForm",
    "UndoForm",
    "UploadForm",
]
