"""Repeated rows in a form, which can be added and removed without JavaScript.

A button `name="add_row" value="<prefix>"` sends the whole form; the page comes back with what was
typed, one more row of that prefix and no complaints yet.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet
from django.forms.utils import ErrorDict
from django.http import QueryDict

from partnerships.whole_numbers import whole_number

ADD_ROW = "add_row"
MOST_ROWS = 200


def asks_for_row(data: QueryDict | None) -> bool:
    """Did the user ask for another row rather than to save?"""
    return data is not None and ADD_ROW in data


def with_row_added(data: QueryDict | None) -> QueryDict | None:
    """The sent data with one more row where the user asked for it."""
    if data is None or not asks_for_row(data):
        return data
    grown = data.copy()
    key = f"{grown[ADD_ROW]}-{TOTAL_FORM_COUNT}"
    count = whole_number(grown.get(key, ""))
    if count is not None and count < MOST_ROWS:
        grown[key] = str(count + 1)
    return grown


def hush(forms: Iterable[Any]) -> None:
    """Keep forms from complaining about what the user has not finished typing."""
    for form in forms:
        if isinstance(form, BaseFormSet):
            form._errors = []  # type: ignore[attr-defined]
            form._non_form_errors = form.error_class()  # type: ignore[attr-defined]
            hush(form.forms)
        else:
            form._errors = ErrorDict()
            form.cleaned_data = {}
            hush(getattr(form, "nested", ()))


def rows_to_keep(formset: BaseFormSet) -> list[BaseForm]:
    """The rows that hold something and are not to be removed, in the order of the page."""
    return [
        form
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]
