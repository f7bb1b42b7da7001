"""The model field and the form field for approximate dates."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.dates.approximate import ApproximateDate, UnreadableDateError


class ApproximateDateFormField(forms.CharField):
    """Takes ISO dates and Swedish or English words, refuses what is ambiguous."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        super().run_validators(text)
        try:
            return ApproximateDate.parse(text)
        except UnreadableDateError as error:
            raise ValidationError(str(error), code="unreadable") from error

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The text was checked before it was read."""

    def prepare_value(self, value):
        return value.typed if isinstance(value, ApproximateDate) else value


class ApproximateDateField(models.Field):
    """One column, `2016-23 hösten 2016`: the EDTF expression, a space, the source's wording.

    `earliest_field` and `latest_field` name the date columns that are kept to its two bounds on
    every save (as ImageField keeps width and height); declare them after this field.
    """

    description = _("Approximate date")

    def __init__(self, *args, earliest_field: str, latest_field: str, **kwargs):
        self.earliest_field, self.latest_field = earliest_field, latest_field
        kwargs["max_length"] = 90
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"earliest_field": self.earliest_field, "latest_field": self.latest_field}
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self):
        return "CharField"

    def to_python(self, value):
        if value is None or isinstance(value, ApproximateDate):
            return value
        if isinstance(value, date):
            return ApproximateDate.exactly(value)
        try:
            return ApproximateDate.parse(value) if value.strip() else None
        except UnreadableDateError as error:
            raise ValidationError(str(error), code="unreadable") from error

    def from_db_value(self, value, expression, connection):
        if not value:
            return None
        edtf, _space, wording = value.partition(" ")
        return ApproximateDate(edtf, wording)

    def get_prep_value(self, value):
        value = self.to_python(value)
        if value is None:
            return None
        return f"{value.edtf} {value.wording}".strip()

    def pre_save(self, model_instance, add):
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        setattr(model_instance, self.earliest_field, value and value.earliest)
        setattr(model_instance, self.latest_field, value and value.latest)
        return value

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return value.typed if value else ""

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": ApproximateDateFormField, "max_length": 60, **kwargs}
        )
