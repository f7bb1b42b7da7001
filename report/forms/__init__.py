from report.forms.edition import EditionCreateForm, EditionForm, NoteForm, SectionsForm
from report.forms.figure import ExclusionFormSet, FigureForm
from report.forms.focus import AnswerForm, AskedFormSet, FocusForm, QuestionFormSet
from report.forms.lists import list_draft
from report.forms.open import OpenFilterForm
from report.forms.rows import RowsForm

__all__ = [
    "AnswerForm",
    "AskedFormSet",
    "EditionCreateForm",
    "EditionForm",
    "ExclusionFormSet",
    "FigureForm",
    "FocusForm",
    "NoteForm",
    "OpenFilterForm",
    "QuestionFormSet",
    "RowsForm",
    "SectionsForm",
    "list_draft",
]
