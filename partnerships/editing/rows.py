"""Repeated rows: those that others added, changed or removed since the form was opened."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    formset_factory as djangos_formset_factory,
)
from django.forms.models import inlineformset_factory as djangos_inlineformset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnerships.editing.boxes import (
    digest,
    in_words,
    is_untouched,
    posted,
    stored_in,
    typed_in,
)
from partnerships.editing.forms import CHANGED_MEANWHILE, ModelForm
from partnerships.editing.words import who_removed
from partnerships.rows import asks_for_row
from partnerships.whole_numbers import whole_number
from submissions.seen import Seen, carried

Row = int | dict[str, list[str]]  # its number in the form as it was sent, or its boxes
ROWS = "rows"


class ComparedRows(forms.BaseFormSet):
    """Compares its rows with what is stored now before anybody counts them."""

    data: Any
    is_compared = True
    was_compared = False
    clashes: tuple[str, ...] = ()
    kept_from_others: tuple[str, ...] = ()

    @cached_property
    def management_form(self):
        seen = carried(self.data) if self.is_bound and self.is_compared else None
        if seen is not None and not asks_for_row(self.data):
            self.bring_up_to_date(seen)
        return super().management_form

    def full_clean(self) -> None:
        self.was_compared = self.is_bound
        super().full_clean()
        for sentence in (*self.clashes, *self.removed_though_changed()):
            complaint = ValidationError(sentence, code=CHANGED_MEANWHILE)
            self.non_form_errors().extend([complaint])

    def opened_on(self, *, is_sent: bool) -> Seen:
        """The hashes of the stored rows; see `Compared.opened_on`."""
        if not self.is_compared or (self.is_bound and not is_sent):
            return {}
        if self.is_bound:
            _complaints = self.errors
            if not self.was_compared and carried(self.data) is not None:
                return {}
        return self.hashes(is_sent=is_sent)

    def bring_up_to_date(self, seen: Seen) -> None:
        """Lay what was typed on the rows that are stored now."""
        raise NotImplementedError

    def hashes(self, *, is_sent: bool) -> Seen:
        """The hashes of the rows."""
        raise NotImplementedError

    def removed_though_changed(self) -> Iterator[str]:
        """A complaint for each row that the user removes and somebody else has changed."""
        yield from ()

    def counted(self, name: str) -> int:
        """A number of the management form; 0 when it cannot be read, which Django complains of."""
        text = self.data.get(f"{self.prefix}-{name}", "")
        return min(whole_number(str(text)) or 0, self.absolute_max)

    def is_removed(self, number: int) -> bool:
        """Did the user tick that the row goes?"""
        return bool(self.data.get(f"{self.add_prefix(number)}-{DELETION_FIELD_NAME}"))

    def rewritten(self, rows: Sequence[Row], *, stored: int) -> None:
        """Put the rows in this order; the first of them are those that are stored."""
        pattern = re.compile(rf"{re.escape(str(self.prefix))}-([0-9]{{1,9}})-(.+)")
        sent: dict[int, dict[str, list[str]]] = {}
        data = self.data.copy()
        for key in list(data):
            if match := pattern.fullmatch(key):
                sent.setdefault(int(match[1]), {})[match[2]] = data.pop(key)
        for number, row in enumerate(rows):
            boxes = row if isinstance(row, dict) else sent.get(row, {})
            for name, values in boxes.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(stored)
        self.data = data

    def as_sent(self, form: forms.BaseForm) -> dict[str, list[str]]:
        """What the browser would send for a row that nobody touches, by the names of its boxes."""
        prefix = f"{form.prefix}-"
        return {
            name.removeprefix(prefix): values
            for box in form
            for name, values in posted(
                box.field.widget, box.html_name, box.field.prepare_value(box.initial)
            ).items()
            if values
        }


class BaseFormSet(ComparedRows):
    """Rows without a row of their own in the database: they are compared as a whole."""

    needed = ""  # the box that at least one row fills; the first is asked for it while none does

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.needed and index == 0:
            form.fields[self.needed].required = not self._is_filled_after_first()

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.is_compared = False
        return form

    def hashes(self, *, is_sent: bool) -> Seen:
        return {self._key: {ROWS: digest(self._stored)}}

    def bring_up_to_date(self, seen: Seen) -> None:
        was, now, typed = seen.get(self._key, {}).get(ROWS), digest(self._stored), self._typed
        if was is None or was == now or digest(typed) == now:
            return
        if digest(typed) == was:
            rows = [self.as_sent(form) for form in self._stored_forms]
            self.rewritten(rows, stored=len(rows))
            self.kept_from_others = (_("the rows"),)
            return
        self.clashes = (
            _(
                "Somebody else has changed these rows since you opened the page. They now say: %(now)s. What you wrote is kept here but not saved; save again to let it stand."
            )
            % {"now": "; ".join(self._stored_words) or _("nothing")},
        )

    def _is_filled_after_first(self) -> bool:
        later = range(1, self.counted(TOTAL_FORM_COUNT)) if self.is_bound else ()
        names = (f"{self.add_prefix(n)}-{self.needed}" for n in later if not self.is_removed(n))
        return any(self.data.get(name, "").strip() for name in names)

    @property
    def _key(self) -> str:
        return f"{ROWS}:{self.prefix}"

    @cached_property
    def _stored_forms(self) -> list[forms.BaseForm]:
        return [
            self.form(initial=row, prefix=self.add_prefix(number), **self.get_form_kwargs(number))
            for number, row in enumerate(self.initial or [])
        ]

    @cached_property
    def _stored(self) -> list:
        rows = [[stored_in(box) for box in form] for form in self._stored_forms]
        return [row for row in rows if any(row)]

    @property
    def _stored_words(self) -> list[str]:
        rows = [
            ", ".join(filter(None, (in_words(box) for box in form.visible_fields())))
            for form in self._stored_forms
        ]
        return [row for row in rows if row]

    @property
    def _typed(self) -> list:
        numbers = [n for n in range(self.counted(TOTAL_FORM_COUNT)) if not self.is_removed(n)]
        rows = [
            self.form(self.data, prefix=self.add_prefix(number), **self.get_form_kwargs(number))
            for number in numbers
        ]
        typed = [[typed_in(box) for box in form] for form in rows]
        return [row for row in typed if any(row)]


class BaseInlineFormSet(ComparedRows, forms.BaseInlineFormSet):
    """Rows that belong to a row. Each is compared by itself, box by box, by its form."""

    model: Any

    def clean(self) -> None:
        """Complain of a new row that is there already, which Django does not ask of inline rows.

        Where rows go at the same time, a new one may take the place of one of them.
        """
        super().clean()
        for form in () if self.deleted_forms else self.extra_forms:
            if not form.has_changed() or form.errors:
                continue
            try:
                form.instance.validate_constraints(exclude=form._get_validation_exclusions())
            except ValidationError as complaint:
                form.add_error(None, complaint)

    def hashes(self, *, is_sent: bool) -> Seen:
        return {
            key: group
            for form in self.initial_forms
            for key, group in form.opened_on(is_sent=is_sent).items()
        }

    def bring_up_to_date(self, seen: Seen) -> None:
        sent = {
            number: self.data.get(f"{self.add_prefix(number)}-{self._pk_name}", "")
            for number in range(self.counted(INITIAL_FORM_COUNT))
        }
        stored = {str(row.pk): row for row in self.get_queryset()}
        gone = [number for number, pk in sent.items() if pk and pk not in stored]
        unseen = stored.keys() - set(sent.values())
        added = [row for pk, row in stored.items() if pk in unseen and self._key(pk) not in seen]
        if not gone and not added:
            return
        kept: list[Any] = [number for number in sent if number not in gone]
        saved = [number for number in gone if self._is_worth_keeping(number, sent[number], seen)]
        total = self.counted(TOTAL_FORM_COUNT)
        self.clashes = tuple(self._is_gone(sent[number]) for number in saved)
        self.kept_from_others = tuple(str(row) for row in added)
        for number in saved:
            self.data = self.data.copy()
            self.data[f"{self.add_prefix(number)}-{self._pk_name}"] = ""
        rows = [*kept, *(self.as_sent(self._form_of(row)) for row in added)]
        self.rewritten([*rows, *saved, *range(len(sent), total)], stored=len(rows))

    def removed_though_changed(self) -> Iterator[str]:
        for number, form in enumerate(self.initial_forms if self.is_bound else ()):
            names = getattr(form, "changed_meanwhile", ())
            if self.can_delete and names and self.is_removed(number):
                words = ", ".join(f"{form[name].label}: {in_words(form[name])}" for name in names)
                yield (
                    _(
                        "Somebody else has changed a row that you remove. It now says: %(now)s. Save again to remove it."
                    )
                    % {"now": words}
                )

    def _is_worth_keeping(self, number: int, pk: str, seen: Seen) -> bool:
        """Did the user write in a row that somebody else removed? It may go where nobody did."""
        if self.is_removed(number):
            return False
        if self.instance.pk is None:  # its owner is gone, and is kept itself
            return True
        was = seen.get(self._key(pk), {})
        form = self.form(self.data, prefix=self.add_prefix(number), **self.get_form_kwargs(number))
        return not all(is_untouched(box, was.get(box.name, "")) for box in form.boxes())

    def _is_gone(self, pk: str) -> str:
        return _(
            "%(who)s has removed a row in which you wrote. What you wrote stands as a new row but is not saved; save again to let it stand, or remove it."
        ) % {"who": who_removed(self.model, pk)}

    def _form_of(self, row: models.Model) -> forms.BaseForm:
        form = self.form(instance=row, prefix=self.prefix, **self.get_form_kwargs(0))
        form.fields[self._pk_name] = forms.CharField(initial=row.pk, widget=forms.HiddenInput)
        return form

    def _key(self, pk: str) -> str:
        return f"{self.model._meta.label_lower}:{pk}"

    @property
    def _pk_name(self) -> str:
        return self.model._meta.pk.name


def formset_factory(form, formset=BaseFormSet, **options):
    """Django's own, with rows that are compared."""
    return djangos_formset_factory(form, formset=formset, **options)


def inlineformset_factory(owner, model, form=ModelForm, formset=BaseInlineFormSet, **options):
    """Django's own, with rows that are compared."""
    return djangos_inlineformset_factory(owner, model, form=form, formset=formset, **options)
