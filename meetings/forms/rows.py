"""Rows that are written anew when the form is saved, from what stands in the boxes."""

from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME

from memos.actions import ListDraft
from partnerships.editing import BaseFormSet, BaseInlineFormSet, Form, formset_factory
from partnerships.rows import rows_to_keep

MOST_ROWS = 100


def plain_formset(
    form: type[Form],
    formset: type[BaseFormSet] = BaseFormSet,
    *,
    row_name,
    shown_at_least: int = 0,
) -> type[BaseFormSet]:
    """A formset of a plain form, with rows to add and to remove, and what a row is called."""
    made = formset_factory(
        form,
        formset=formset,
        extra=0,
        min_num=shown_at_least,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )
    made.row_name = row_name
    return made


def typed_rows(formset: BaseFormSet, *, by: str) -> list[dict[str, Any]]:
    """What was typed in the rows that stay: those where the named box holds something."""
    rows = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
    return [
        {name: value for name, value in row.items() if name != DELETION_FIELD_NAME}
        for row in rows
        if row.get(by)
    ]


def list_draft(formset: BaseInlineFormSet) -> ListDraft:
    """The rows of a valid inline formset, to be saved."""
    return ListDraft(
        rows=[row.save(commit=False) for row in rows_to_keep(formset)],
        removed=[row.instance for row in formset.deleted_forms if row.instance.pk],
    )
