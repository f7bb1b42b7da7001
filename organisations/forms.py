"""Forms for the register of partners."""

from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from organisations.fields import OrgNumberField
from organisations.models import LegalForm, Partner, PartnerName


class PartnerForm(forms.ModelForm):
    """A partner's own facts. The legal form is asked for: `not known` is an answer, silence is not."""

    NOT_KNOWN = "not_known"

    org_number = OrgNumberField(
        label=_("Organisation number"),
        help_text=_("Ten digits, for example 212000-0142. Leave empty when it is not known."),
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        choices=[
            ("", _("Choose…")),
            *LegalForm.choices,
            (NOT_KNOWN, _("not known – no source states it")),
        ],
        error_messages={
            "required": _(
                "Choose the legal form, or say that it is not known. A partnership can only be made with a legal person."
            )
        },
    )
    web_address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Partner
        fields = ["name", "org_number", "legal_form", "web_address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.legal_form:
            self.initial["legal_form"] = self.NOT_KNOWN

    def clean_legal_form(self):
        form = self.cleaned_data["legal_form"]
        return "" if form == self.NOT_KNOWN else form


PartnerNameFormSet = inlineformset_factory(
    Partner, PartnerName, fields=["kind", "name"], extra=0, max_num=50, validate_max=True
)
