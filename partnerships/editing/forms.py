"""Forms that tell what others saved since they were opened, instead of overwriting it."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.models import (
    InlineForeignKeyField,
    ModelFormMetaclass as DjangosModelFormMetaclass,
)

from partnerships.dates.bounds import check_year
from partnerships.dates.exact import form_field
from partnerships.editing.boxes import (
    digest,
    is_untouched,
    stored_in,
    take_over,
    typed_in,
)
from partnerships.editing.words import what_happened
from submissions.seen import Seen, carried, note_kept

CHANGED_MEANWHILE = "changed_meanwhile"
OF_ROWS = {DELETION_FIELD_NAME, ORDERING_FIELD_NAME}


class Compared(forms.BaseForm):
    """Box by box: what was stored when the form was opened, what is stored now, and what is typed.

    Stored as it was: nothing. Changed where the user typed nothing: the stored value goes into the
    form. Changed by both: a complaint, with what was typed kept, and the form is not saved.
    """

    data: Any
    is_compared = True
    suggested: Collection[str] = ()  # boxes whose first value is not stored, only proposed
    shows_draft = False  # is what stands in it typed already, though it is not bound?
    was_compared = False

    @property
    def seen_key(self) -> str:
        """Which form it is: the stored row, or the form's own name for what is no row."""
        row = self._row
        if row is None:
            return f"{type(self).__name__}:{self.prefix or ''}"
        return f"{row._meta.label_lower}:{row.pk or ''}"

    @property
    def row_is_new(self) -> bool:
        """Is there no row yet that somebody else could have changed?"""
        return self._row is not None and self._row.pk is None

    @property
    def changed_meanwhile(self) -> list[str]:
        """The names of what was changed in the database since the form was opened."""
        return getattr(self, "_changed_meanwhile", [])

    @property
    def kept_from_others(self) -> list[str]:
        """The labels of what others changed and is taken over."""
        return getattr(self, "_kept_from_others", [])

    def row_behind(self, name: str) -> models.Model | None:
        """The row whose history tells who changed the box."""
        return self._row

    def opened_on(self, *, is_sent: bool) -> Seen:
        """The hashes of what is stored. What was typed on the older still stands on the older."""
        if not self.is_compared or self.shows_draft or (self.is_bound and not is_sent):
            return {}
        if self.is_bound:
            _complaints = self.errors  # compares, unless the form was told to hold its tongue
            if not self.was_compared and carried(self.data) is not None:
                return {}
        if self.row_is_new:
            return {self.seen_key: {}}
        boxes = {box.name: digest(self._stored(box)) for box in self.boxes()}
        return {self.seen_key: {name: hashed for name, hashed in boxes.items() if hashed}} | {
            key: group
            for rows in getattr(self, "nested", ())
            for key, group in rows.opened_on(is_sent=is_sent).items()
        }

    def boxes(self) -> Iterator[forms.BoundField]:
        """The boxes that are compared: those the user can change."""
        own_key = self._row and self._row._meta.pk and self._row._meta.pk.name
        for name, field in self.fields.items():
            if field.disabled or name in OF_ROWS or isinstance(field, InlineForeignKeyField):
                continue
            if not (name == own_key and field.widget.is_hidden):
                yield self[name]

    def full_clean(self) -> None:
        clashes = list(self._compare()) if self.is_bound and self.is_compared else []
        super().full_clean()
        for box in clashes:
            sentence = what_happened(box, self.row_behind(box.name))
            self.add_error(box.name, ValidationError(sentence, code=CHANGED_MEANWHILE))

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            try:
                check_year(value, is_required=self.fields[name].required)
            except ValidationError as error:
                self.add_error(name, error)

    def _compare(self) -> Iterator[forms.BoundField]:
        """The boxes that both changed. What only others changed is taken over."""
        self._changed_meanwhile: list[str] = []
        self._kept_from_others: list[str] = []
        self.was_compared = True
        opened = self._opened()
        if opened is None:
            return
        for box in self.boxes():
            was, now = opened.get(box.name, ""), digest(self._stored(box))
            if was == now:
                continue
            self._changed_meanwhile.append(box.name)
            if is_untouched(box, was):
                self._take_over(box)
            elif digest(typed_in(box)) != now and box._has_changed():
                yield box

    def _take_over(self, box: forms.BoundField) -> None:
        if not self._kept_from_others:
            self._sent, self.data = self.data, self.data.copy()  # others on the page read the same
        take_over(self.data, box)
        self._kept_from_others.append(str(box.label))
        note_kept(self._sent, str(box.label))

    def _opened(self) -> dict[str, str] | None:
        """The hashes that the form was opened on; None when the page it came from had no such form.

        Was there no row then, everything was empty.
        """
        seen = carried(self.data)
        if seen is None or self.row_is_new:
            return None
        without_row = f"{self.seen_key.partition(':')[0]}:" if self._row is not None else ""
        return seen.get(self.seen_key, seen.get(without_row))

    def _stored(self, box: forms.BoundField):
        return "" if box.name in self.suggested else stored_in(box)

    @property
    def _row(self) -> models.Model | None:
        return getattr(self, "instance", None)


class Form(Compared, forms.Form):
    """A form that is no model's."""


class ModelFormMetaclass(DjangosModelFormMetaclass):
    """Asks for the days and times of a model in the portal's own way."""

    def __new__(mcs, name, bases, attrs):
        meta = attrs.get("Meta")
        if meta and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(form_field)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(Compared, forms.ModelForm, metaclass=ModelFormMetaclass):
    """A form over one row."""

    def suggest(self, name: str, value: Any) -> None:
        """Let a new row's box begin with the value, unless something stands there already.

        A box of the row takes what the row holds, even nothing, before what its field begins with.
        """
        if self.row_is_new and self.initial.get(name) in (None, ""):
            self.initial[name] = value
