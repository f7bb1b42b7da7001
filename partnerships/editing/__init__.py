"""Django's forms and formsets as every app uses them: no two officers overwrite each other unseen.

Import them from here; `tests/test_architecture.py` finds whoever takes Django's own.
"""

from partnerships.editing.forms import Compared, Form, ModelForm
from partnerships.editing.rows import (
    BaseFormSet,
    BaseInlineFormSet,
    formset_factory,
    inlineformset_factory,
)

__all__ = [
    "BaseFormSet",
    "BaseInlineFormSet",
    "Compared",
    "Form",
    "ModelForm",
    "formset_factory",
    "inlineformset_factory",
]
