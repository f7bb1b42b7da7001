"""Forms for the register of partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.duplicates import similar_partners
from organisations.fields import OrgNumberField, PartnerField, project_called
from organisations.models import (
    Contact,
    IdeaBasedRegistration,
    LegalForm,
    Partner,
    PartnerName,
    PartnerProject,
)
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.rows import rows_to_keep


class PartnerForm(ModelForm):
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
    keeps_old_name = forms.BooleanField(
        label=_("If the name is changed: keep the old one as a former name"),
        required=False,
        initial=True,
    )
    is_another = forms.BooleanField(
        label=_("I have checked: it is another organisation"), required=False
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Partner
        fields = ["name", "named_from", "org_number", "legal_form", "web_address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.looks_like_another = bool(self.data.get("is_another"))
        if self.instance.pk and not self.instance.legal_form:
            self.initial["legal_form"] = self.NOT_KNOWN

    def clean_legal_form(self):
        form = self.cleaned_data["legal_form"]
        return "" if form == self.NOT_KNOWN else form

    def clean_org_number(self):
        number = self.cleaned_data["org_number"]
        holder = Partner.objects.filter(org_number=number).exclude(pk=self.instance.pk).first()
        if number and holder:
            raise forms.ValidationError(
                _("%(name)s is registered with this number already. Use that entry instead.")
                % {"name": holder},
                code="registered",
            )
        return number

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and self._asks_whether_another(name, cleaned):
            self.looks_like_another = True
            self.add_error("name", self._likeness(name))
        return cleaned

    def _asks_whether_another(self, name: str, cleaned) -> bool:
        is_new_name = self.instance.pk is None or "name" in self.changed_data
        return is_new_name and not cleaned.get("is_another") and bool(self._likeness(name))

    def _likeness(self, name: str) -> str:
        """What the name looks like, as a sentence; empty when it is like no other."""
        if project := project_called(name):
            return _(
                "%(project)s is a project owned by %(owner)s, not an organisation. If this is another, tick the box below."
            ) % {"project": project, "owner": project.partner}
        found = similar_partners(name, other_than=self.instance)
        if not found:
            return ""
        names = "; ".join(PartnerField.label_of(partner) for partner in found)
        return _(
            "This looks like %(names)s. Use that entry, or tick the box below when it is another organisation."
        ) % {"names": names}


def partner_rows(model, fields: list[str]):
    """A formset for one of the lists that belong to a partner."""
    return inlineformset_factory(
        Partner,
        model,
        fields=fields,
        extra=0,
        max_num=50,
        absolute_max=51,
        validate_max=True,
    )


LISTS = {
    "names": partner_rows(PartnerName, ["kind", "name", "starts", "ends"]),
    "projects": partner_rows(PartnerProject, ["name"]),
    "registrations": partner_rows(IdeaBasedRegistration, ["starts", "ends", "source"]),
}


def list_formsets(data, partner: Partner) -> dict[str, BaseInlineFormSet]:
    """The formsets of everything that belongs to the partner, by name."""
    return {name: formset(data, instance=partner, prefix=name) for name, formset in LISTS.items()}


def rows_to_save(lists: dict[str, BaseInlineFormSet]):
    """The rows of valid formsets to save, and those to remove."""
    rows = [row.save(commit=False) for formset in lists.values() for row in rows_to_keep(formset)]
    removed = [
        row.instance
        for formset in lists.values()
        for row in formset.deleted_forms
        if row.instance.pk
    ]
    return rows, removed


class MergeForm(Form):
    """Which entry remains, and why the two are one organisation."""

    into = PartnerField(
        label=_("The entry that remains"),
        max_length=220,
        help_text=_("Write a name or an organisation number."),
    )
    reason = forms.CharField(
        label=_("How it is known that they are the same organisation"), max_length=300
    )


class ContactForm(ModelForm):
    """A person at the partner, with the day until which the municipality keeps the particulars."""

    class Meta:
        model = Contact
        fields = ["name", "function", "email", "phone", "keep_until"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_keep_until(self):
        keep_until = self.cleaned_data["keep_until"]
        if keep_until < self.today:
            raise forms.ValidationError(
                _("The day has passed. Write a day to come, or do not register the contact."),
                code="passed",
            )
        return keep_until


class EraseForm(Form):
    """Why a contact is erased before its time."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept, so write no personal data here."),
    )
