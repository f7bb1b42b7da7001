from governance.forms.document import ActivityFormSet, DocumentFilterForm, GoverningDocumentForm
from governance.forms.fields import AgreementField
from governance.forms.rows import rows_draft
from governance.forms.transfer import ArrangementFormSet, OutcomeFormSet, ServiceTransferForm

__all__ = [
    "ActivityFormSet",
    "AgreementField",
    "ArrangementFormSet",
    "DocumentFilterForm",
    "GoverningDocumentForm",
    "OutcomeFormSet",
    "ServiceTransferForm",
    "rows_draft",
]
