"""From a formset's rows to what is to be saved of them."""

from typing import Any

from django.db import models
from django.forms import BaseModelFormSet

from governance.actions import RowsDraft
from partnerships.editing import inlineformset_factory
from partnerships.rows import rows_to_keep

MOST_ROWS = 100


def rows_formset(owner: type[models.Model], model: type[models.Model], **options: Any):
    """A formset for the rows that belong to another row."""
    return inlineformset_factory(
        owner,
        model,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
        **options,
    )


def rows_draft(formset: BaseModelFormSet) -> RowsDraft:
    """The rows of a valid formset, in the order of the page."""
    kept = rows_to_keep(formset)
    return RowsDraft(
        rows=[form.save(commit=False) for form in kept],
        unchanged=[form.instance for form in kept if not form.has_changed()],
        removed=[form.instance for form in formset.deleted_forms if form.instance.pk],
    )
