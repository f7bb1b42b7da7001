"""Amounts in Swedish kronor: how they are stored, written and read."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

NBSP = "\u00a0"
MAX_DIGITS, DECIMAL_PLACES = 14, 2
SPACES = re.compile(r"[\s\u00a0\u202f]+")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:[ .][0-9]{3})+(?:,[0-9]+)?")
PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")  # thousands, or three decimals


def group_digits(value: Decimal, places: int | None = None) -> str:
    """`1 234 567,5` with no-break spaces; `places` fixes the decimals, else only those needed."""
    if places is None:
        places = 0 if value == value.to_integral_value() else DECIMAL_PLACES
    return f"{value:,.{places}f}".replace(",", NBSP).replace(".", ",").replace("-", "\u2212")


def plain_number(value: Decimal) -> str:
    """A number with decimal comma and no more decimals than it has: `0,2`, `25 000`."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return group_digits(plain, max(0, -exponent) if isinstance(exponent, int) else 0)


def kronor(value: Decimal | None) -> str:
    """`649 500 kr`, with a no-break space before every group and the unit; unknown is a word."""
    if value is None:
        return str(_("amount not known"))
    return f"{group_digits(value)}{NBSP}kr"


def signed_kronor(value: Decimal) -> str:
    """`+199 500 kr`, `−1 034 kr` or `0 kr`."""
    return f"+{kronor(value)}" if value > 0 else kronor(value)


def percent(share: Decimal, places: int = 1) -> str:
    """A share between 0 and 1 as `47,1 %`."""
    return f"{group_digits(share * 100, places)}{NBSP}%"


class AmountField(models.DecimalField):
    """An amount in SEK, excluding VAT. Null is `not known`, never 0."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_digits": MAX_DIGITS, "decimal_places": DECIMAL_PLACES}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": AmountFormField, **kwargs})


class NumberFormField(forms.DecimalField):
    """A number as Swedes write it: spaces between groups, decimal comma.

    A point is understood, as either, when it can only be the one.
    """

    widget = forms.TextInput
    unit = re.compile(r"$^")
    default_error_messages = {
        "invalid": _("Write the number with digits only, for example 12,5."),
        "two_ways": _("“%(value)s” can be read in two ways. Write %(decimals)s or %(thousands)s."),
        "max_digits": _("The number is too large."),
        "max_whole_digits": _("The number is too large."),
        "max_decimal_places": _("Write at most %(max)s decimals."),
        "min_value": _("The number cannot be negative."),
    }

    def __init__(self, **kwargs):
        kwargs["localize"] = False
        super().__init__(**kwargs)

    def to_python(self, value):
        if value is None or isinstance(value, Decimal | int):
            return super().to_python(value)
        text = SPACES.sub(" ", str(value)).strip()
        text = self.unit.sub("", text).strip()
        if not text:
            return None
        if self.finest > DECIMAL_PLACES and TWO_WAYS.fullmatch(text):
            raise ValidationError(
                self.error_messages["two_ways"],
                code="two_ways",
                params={
                    "value": text,
                    "decimals": text.replace(".", ","),
                    "thousands": text.replace(".", NBSP),
                },
            )
        if GROUPED.fullmatch(text):
            text = text.replace(" ", "").replace(".", "")
        elif not PLAIN.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text.replace(",", "."))

    @property
    def finest(self) -> int:
        """How many decimals what is typed may have."""
        return MAX_DIGITS if self.decimal_places is None else self.decimal_places

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return plain_number(value)
        return value

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class AmountFormField(NumberFormField):
    """An amount in kronor; `kr` after it is allowed."""

    unit = re.compile(r"\s?(kr|kronor|sek)\.?$", re.IGNORECASE)
    default_error_messages = {
        "invalid": _("Write the amount in kronor with digits only, for example 649 500."),
        "min_value": _("The amount cannot be negative."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", MAX_DIGITS)
        kwargs.setdefault("decimal_places", DECIMAL_PLACES)
        super().__init__(**kwargs)


class ShareFormField(NumberFormField):
    """A share typed in per cent, kept as a fraction: 20 becomes 0.20."""

    unit = re.compile(r"\s?%$")
    default_error_messages = {
        "invalid": _("Write the share in per cent with digits only, for example 20."),
        "min_value": _("The share cannot be negative."),
    }

    @property
    def finest(self) -> int:
        return super().finest - 2

    def to_python(self, value):
        number = super().to_python(value)
        return None if number is None else number / 100

    def prepare_value(self, value):
        return super().prepare_value(value * 100 if isinstance(value, Decimal) else value)

    def has_changed(self, initial, data):
        """The fraction that was kept is compared as it stood in the box."""
        return super().has_changed(self.prepare_value(initial), data)
