"""The form fields for one day and for a time of day, and where a model's own are put into forms."""

import re
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.dates.approximate import (
    AmbiguousDateError,
    ApproximateDate,
    NoSuchDayError,
    UnreadableDateError,
)

WITHOUT_STROKES = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
TIME_OF_DAY = re.compile(r"(?:kl\.?\s*)?([0-9]{1,2})(?:[.:]([0-9]{2}))?(?:[.:]([0-9]{2}))?")


class DayFormField(forms.DateField):
    """Takes one day in the words that vague dates are written in; a month is not one."""

    default_error_messages = {"invalid": _("Write the day as 2026-12-03.")}

    def __init__(self, **kwargs):
        box = forms.DateInput({"placeholder": _("yyyy-mm-dd")}, "%Y-%m-%d")
        super().__init__(**{"widget": box, **kwargs})

    def to_python(self, value):
        text = value.strip() if isinstance(value, str) else value
        if not text or not isinstance(text, str):
            return super().to_python(text)
        plain = WITHOUT_STROKES.fullmatch(text)
        return self._one_day("-".join(plain.groups()) if plain else text)

    def _one_day(self, text: str) -> date:
        try:
            read = ApproximateDate.parse(text)
        except NoSuchDayError as error:
            raise ValidationError(str(error), code="no_such_day") from error
        except AmbiguousDateError as error:
            raise ValidationError(str(error), code="invalid") from error
        except UnreadableDateError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not read.is_exact:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read.earliest


class TimeFormField(forms.TimeField):
    """Takes a time of day as people write it: 9, 9.00, 09:00 or kl. 9."""

    default_error_messages = {"invalid": _("Write the time as 9.00 or 09:00.")}

    def __init__(self, **kwargs):
        box = forms.TimeInput({"placeholder": "13:00"}, "%H:%M")
        super().__init__(**{"widget": box, **kwargs})

    def to_python(self, value):
        text = value.strip().casefold() if isinstance(value, str) else value
        found = TIME_OF_DAY.fullmatch(text) if isinstance(text, str) else None
        if not found:
            return super().to_python(text)
        try:
            return time(*(int(part or 0) for part in found.groups()))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


FORM_FIELDS = {models.DateField: DayFormField, models.TimeField: TimeFormField}


def form_field(field: models.Field, **kwargs) -> forms.Field | None:
    """What a model's field is in a form: days and times are asked for as above."""
    if form_class := FORM_FIELDS.get(type(field)):
        kwargs = {"form_class": form_class, **kwargs}
    return field.formfield(**kwargs)
