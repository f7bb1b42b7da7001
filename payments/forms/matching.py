"""Saying which agreement a payment belongs to, for it, for those alike and for those to come."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _, ngettext

from agreements.models import Agreement
from organisations.fields import OrgNumberField
from partnerships.editing import Form, ModelForm
from partnerships.search import sort_key
from payments.matching import Suggestion
from payments.models import MatchingRule, Payment, PaymentSource

OTHER, NONE = "other", "none"
LOOKED_THROUGH = 50


class AgreementField(forms.CharField):
    """Finds one agreement by its diary number, its name, or what the list of suggestions says."""

    default_error_messages = {
        "unknown": _(
            "No agreement of yours is called “%(text)s”. Write a part of its name or its diary number, and choose from the list."
        ),
        "several": _(
            "Several agreements match “%(text)s”. Write the diary number, or choose from the list."
        ),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 300, "required": False, **kwargs})
        self.queryset = Agreement.objects.none()

    def widget_attrs(self, widget):
        return {
            **super().widget_attrs(widget),
            "list": "agreement-options",
            "autocomplete": "off",
            "hx-get": reverse_lazy("payments:agreement_options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#agreement-options",
            "hx-include": "this",
        }

    @staticmethod
    def label_of(agreement: Agreement) -> str:
        """What stands in the box for a chosen agreement: name, diary number and committee."""
        number = f" ({agreement.diary_number})" if agreement.diary_number else ""
        return f"{agreement.name}{number}, {agreement.committee}"

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Agreement.objects.select_related("committee").filter(pk=value).first()
        return self.label_of(value) if isinstance(value, Agreement) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        super().run_validators(text)
        found = self._labelled(text) or list(self.queryset.filter(diary_number=text)[:2])
        found = found or list(self.queryset.filter(sort_key=sort_key(text))[:2])
        found = found or list(self.queryset.matching(text)[:2])
        if len(found) == 1:
            return found[0]
        code = "several" if found else "unknown"
        raise ValidationError(self.error_messages[code], code=code, params={"text": text})

    def run_validators(self, value):
        """The text was checked before the agreement was looked up."""

    def _labelled(self, text: str) -> list[Agreement]:
        """The agreements that the list of suggestions calls exactly this."""
        name = text.rpartition(",")[0].rpartition(" (")[0] or text.rpartition(",")[0]
        if not name:
            return []
        near = self.queryset.matching(name).select_related("committee")[:LOOKED_THROUGH]
        return [agreement for agreement in near if self.label_of(agreement) == text]


class MatchForm(Form):
    """Which agreement a payment belongs to: a suggested one, another one, or none."""

    choice = forms.ChoiceField(label=_("Belongs to"), widget=forms.RadioSelect)
    agreement = AgreementField(
        label=_("Another agreement"),
        help_text=_(
            "A part of the name or the diary number. Needed only with “another agreement”."
        ),
    )
    alike = forms.BooleanField(required=False)
    as_rule = forms.BooleanField(
        label=_("Do the same with such payments in coming imports"), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, suggested: list[Suggestion], agreements, others: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggested = {
            str(suggestion.agreement.pk): suggestion.agreement for suggestion in suggested
        }
        self.fields["agreement"].queryset = agreements
        self.fields["choice"].choices = [
            *((key, AgreementField.label_of(row)) for key, row in self.suggested.items()),
            (OTHER, _("another agreement, written below")),
            (NONE, _("no agreement")),
        ]
        self.fields["choice"].initial = None if suggested else OTHER
        self.fields["alike"].label = ngettext(
            "Also %(count)s other payment like it that is not matched",
            "Also %(count)s other payments like it that are not matched",
            others,
        ) % {"count": others}
        if not others:
            del self.fields["alike"]

    def clean(self):
        cleaned = super().clean()
        choice, written = cleaned.get("choice"), cleaned.get("agreement")
        if choice == OTHER and not written and "agreement" not in self.errors:
            self.add_error("agreement", _("Write which agreement the payment belongs to."))
        if choice not in (None, OTHER):
            if written and written != self.suggested.get(choice):
                self.add_error(
                    "choice",
                    _(
                        "You have both chosen here and written another agreement below. Choose one of them."
                    ),
                )
            cleaned["agreement"] = self.suggested.get(choice)
        return cleaned


class UndoForm(Form):
    """Why a payment is no longer matched."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={"required": _("Say why, for those who read the history.")},
    )


class ReversalForm(Form):
    """Which payment a reversal takes back."""

    original = forms.ModelChoiceField(
        Payment.objects.none(),
        label=_("Reverses"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the payment that is reversed.")},
    )

    def __init__(self, *args, originals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["original"].queryset = originals


class RuleForm(ModelForm):
    """A rule's conditions and what it says."""

    payee_number = OrgNumberField(label=_("Organisation number"), empty_value="")
    agreement = AgreementField(
        label=_("Agreement"), help_text=_("Empty when such payments belong to no agreement.")
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = MatchingRule
        fields = [
            "source",
            "payee_number",
            "payee_name",
            "account",
            "project",
            "text_contains",
            "agreement",
            "is_active",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = PaymentSource.objects.visible_to(user)
        self.fields["source"].empty_label = _("every source")
        self.fields["agreement"].queryset = Agreement.objects.filter(
            committee__in=user.committees_where("payments.match_payment")
        )

    def clean_payee_number(self):
        return self.cleaned_data["payee_number"] or ""
