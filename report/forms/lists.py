"""Lists of rows under an edition or a figure."""

from partnerships.editing import BaseInlineFormSet, inlineformset_factory
from partnerships.rows import rows_to_keep
from report.actions import RowsDraft

MOST_ROWS = 100


def rows_formset(owner, model, **options) -> type[BaseInlineFormSet]:
    """A formset of rows that can be added and removed."""
    return inlineformset_factory(
        owner,
        model,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
        **options,
    )


def list_draft(formset: BaseInlineFormSet) -> RowsDraft:
    """The rows of a valid formset, to be saved."""
    return RowsDraft(
        rows=[row.save(commit=False) for row in rows_to_keep(formset)],
        removed=[row.instance for row in formset.deleted_forms if row.instance.pk],
    )
