"""A box that finds one agreement, and whole numbers from one."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from partnerships.search import sort_key

NAMED_AT_MOST = 5
BRACKETS = re.compile(r"[()]")


class WholeNumberField(forms.IntegerField):
    """A number from one, typed in a plain box; empty is `not known`."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a whole number with digits only, for example 18."),
        "min_value": _("Write a number from 1, or leave the box empty when it is not known."),
        "max_value": _("The number is too large."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 1, "max_value": 9999, "required": False, **kwargs})

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}


class AgreementField(forms.CharField):
    """Finds one of the agreements that it is given by name, diary number or partner."""

    default_error_messages = {
        "unknown": _(
            "No agreement that you may read is called “%(text)s”. Check the spelling, or leave the box empty."
        ),
        "several": _(
            "Several agreements match “%(text)s”: %(names)s. Write the diary number or the whole name."
        ),
    }

    def __init__(self, **kwargs):
        self.agreements = Agreement.objects.none()
        super().__init__(**{"max_length": 300, "required": False, **kwargs})

    def widget_attrs(self, widget):
        return {
            **super().widget_attrs(widget),
            "list": "agreement-options",
            "autocomplete": "off",
            "hx-get": reverse_lazy("governance:agreement_options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#agreement-options",
            "hx-include": "this",
        }

    def has_changed(self, initial, data):
        """Was something else typed than the label that stood there?"""
        return (initial or "") != (data or "")

    @staticmethod
    def label_of(agreement: Agreement) -> str:
        """What stands in the box for a chosen agreement."""
        partners = ", ".join(party.partner.name for party in agreement.parties.all())
        return f"{agreement.name} ({agreement.diary_number or partners})"

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        super().run_validators(text)
        return self._by_name(text) or self._by_words(text)

    def run_validators(self, value):
        """The text was checked before the agreement was looked up."""

    def _by_name(self, text: str) -> Agreement | None:
        named = list(self.agreements.filter(sort_key=sort_key(text))[:2])
        return named[0] if len(named) == 1 else None

    def _by_words(self, text: str) -> Agreement:
        agreements = self.agreements.matching(BRACKETS.sub(" ", text))
        found = list(agreements.prefetch_related("parties__partner")[: NAMED_AT_MOST + 1])
        labelled = [each for each in found if self.label_of(each).casefold() == text.casefold()]
        if not found:
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"text": text}
            )
        if len(labelled or found) == 1:
            return (labelled or found)[0]
        names = "; ".join(self.label_of(agreement) for agreement in found[:NAMED_AT_MOST])
        raise ValidationError(
            self.error_messages["several"], code="several", params={"text": text, "names": names}
        )
