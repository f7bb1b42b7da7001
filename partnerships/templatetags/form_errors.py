"""What is wrong with a page's forms, and what others changed in them, for the summary above them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()

Source = BaseForm | BaseFormSet | dict | list | tuple


@dataclass(frozen=True)
class Complaint:
    """One sentence, and the control it is about; `target` is empty when it is about the whole."""

    message: str
    label: str = ""
    target: str = ""


@register.simple_tag
def complaints(*sources: Source | str | None) -> list[Complaint]:
    """Every complaint of forms, formsets and collections of them, in the order of the page.

    A form that is given twice, by itself and in a collection, complains once.
    """
    found = (
        complaint
        for source in sources
        if source and not isinstance(source, str)
        for complaint in _of(source)
    )
    return list(dict.fromkeys(found))


@register.simple_tag
def kept_from_others(*sources: Source | str | None) -> list[str]:
    """What others saved meanwhile and was taken over: labels of boxes, and the rows they added."""
    found = (
        label
        for source in sources
        if source and not isinstance(source, str)
        for label in _kept_in(source)
    )
    return list(dict.fromkeys(found))


def _kept_in(source: Source) -> Iterator[str]:
    match source:
        case BaseForm():
            yield from getattr(source, "kept_from_others", ())
            yield from kept_from_others(*getattr(source, "nested", ()))
        case BaseFormSet():
            yield from getattr(source, "kept_from_others", ())
            for number, form in enumerate(source.forms, start=1):
                labels = getattr(form, "kept_from_others", ())
                yield from (_of_row(source, number, label) for label in labels)
                within = kept_from_others(*getattr(form, "nested", ()))
                yield from (_within_row(source, number, label) for label in within)
        case dict():
            yield from kept_from_others(*source.values())
        case _:
            yield from kept_from_others(*source)


def _of(source: Source) -> Iterator[Complaint]:
    match source:
        case BaseForm():
            yield from _of_form(source)
        case BaseFormSet():
            yield from _of_formset(source)
        case dict():
            yield from complaints(*source.values())
        case _:
            yield from complaints(*source)


def _of_formset(formset: BaseFormSet) -> Iterator[Complaint]:
    yield from (Complaint(str(message)) for message in formset.non_form_errors())
    for number, form in enumerate(formset.forms, start=1):
        if not _is_deleted(form):
            yield from _of_form(form, formset, number)


def _of_form(
    form: BaseForm, rows: BaseFormSet | None = None, number: int = 0
) -> Iterator[Complaint]:
    yield from (Complaint(str(message)) for message in form.non_field_errors())
    for field in form.visible_fields():
        label = _label(field) if rows is None else _of_row(rows, number, _label(field))
        yield from (Complaint(str(message), label, _target(field)) for message in field.errors)
    for complaint in complaints(*getattr(form, "nested", ())):
        label = complaint.label
        if rows is not None and label:
            label = _within_row(rows, number, label)
        yield replace(complaint, label=label)


def _is_deleted(form: BaseForm) -> bool:
    return bool(getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME))


def _label(field: BoundField) -> str:
    """The label of the box; a form whose boxes have the same ones says which is which."""
    label_of = getattr(field.form, "label_of", None)
    return str(label_of(field.name) if label_of else field.label)


def _of_row(rows: BaseFormSet, number: int, label: str) -> str:
    """The label of a box in a row, with what the rows are when they say so or are a model's."""
    model = getattr(rows, "model", None)
    row = getattr(rows, "row_name", "") or (model._meta.verbose_name if model else "")
    if not row:
        return _("%(label)s, row %(number)s") % {"label": label, "number": number}
    return _("%(row)s %(number)s, %(label)s") % {
        "row": capfirst(str(row)),
        "number": number,
        "label": label,
    }


def _within_row(rows: BaseFormSet, number: int, label: str) -> str:
    """The label of a box in a row within a row, with both."""
    return _of_row(rows, number, label[:1].lower() + label[1:])


def _target(field: BoundField) -> str:
    """The id of the control; of the first one where there are several."""
    return field.id_for_label or f"{field.auto_id}_0"
