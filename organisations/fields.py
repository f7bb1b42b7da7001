"""Form fields for organisation numbers, partners and diary numbers, for the forms of every app."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from organisations import diary_numbers
from organisations.models import Committee, Municipality, Partner, PartnerProject
from organisations.models.partner import canonical_org_number
from partnerships.search import search_key, sort_key

SUGGESTED_AT_MOST = 5


class OrgNumberField(forms.CharField):
    """An organisation number, with or without hyphen; empty is `not known`."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 20, "required": False, "empty_value": None, **kwargs})

    def to_python(self, value):
        text = super().to_python(value)
        return canonical_org_number(text) if text else None


class PartnerField(forms.CharField):
    """Finds one partner by organisation number or by a name, present, former or other."""

    default_error_messages = {
        "unknown": _(
            "No partner is called “%(text)s”. Check the spelling, or register the partner first."
        ),
        "alike": _(
            "No partner is called just “%(text)s”. Did you mean %(names)s? Write the whole name or the organisation number, or choose it in the list."
        ),
        "several": _(
            "Several partners match “%(text)s”: %(names)s. Write the organisation number or the whole name."
        ),
        "project": _(
            "%(project)s is a project owned by %(owner)s and cannot be a party to an agreement. Write %(owner)s instead, if the owner is the party."
        ),
    }

    def widget_attrs(self, widget):
        return {
            **super().widget_attrs(widget),
            "list": "partner-options",
            "autocomplete": "off",
            "hx-get": reverse_lazy("organisations:partner_options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#partner-options",
            "hx-include": "this",
        }

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Partner.objects.filter(pk=value).first()
        return self.label_of(value) if isinstance(value, Partner) else value

    def has_changed(self, initial, data):
        """Was something else typed than what stood there?"""
        return (self.prepare_value(initial) or "") != (data or "")

    @staticmethod
    def label_of(partner: Partner) -> str:
        """What stands in the box for a chosen partner."""
        return f"{partner.name} ({partner.org_number})" if partner.org_number else partner.name

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        super().run_validators(text)
        _name, _bracket, number = text.removesuffix(")").rpartition(" (")
        found = self._by_number(number or text) or self._by_number(text) or self._by_name(text)
        return found.survivor

    def run_validators(self, value):
        """The text was checked before the partner was looked up."""

    def _by_number(self, text: str) -> Partner | None:
        try:
            return Partner.objects.filter(org_number=canonical_org_number(text)).first()
        except ValidationError:
            return None

    def _by_name(self, text: str) -> Partner:
        called = models.Q(sort_key=sort_key(text)) | models.Q(names__search_key=search_key(text))
        exact = list(Partner.objects.current().filter(called).distinct()[:2])
        if len(exact) == 1:
            return exact[0]
        if project := project_called(text):
            raise ValidationError(
                self.error_messages["project"],
                code="project",
                params={"project": project, "owner": project.partner.survivor},
            )
        found = list(Partner.objects.current().matching(text)[:SUGGESTED_AT_MOST])
        if not found:
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"text": text}
            )
        names = "; ".join(self.label_of(partner) for partner in found)
        code = "alike" if len(found) == 1 else "several"
        raise ValidationError(
            self.error_messages[code], code=code, params={"text": text, "names": names}
        )


class PartnerOrProjectField(PartnerField):
    """Finds a partner, or a project that a partner owns: what a dialogue or assessment is about."""

    def prepare_value(self, value):
        return str(value) if isinstance(value, PartnerProject) else super().prepare_value(value)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "project":  # several complaints at once have none
                raise
            return project_called(value)


def project_called(text: str) -> PartnerProject | None:
    """The one project with this name, whatever its capitals; None when there is none or several."""
    projects = PartnerProject.objects.select_related("partner__merged_into")
    found = list(projects.filter(search_key=search_key(text))[:2])
    return found[0] if len(found) == 1 else None


class DiaryNumberMixin(forms.BaseForm):
    """Reads the diary number by the municipality's pattern."""

    def clean_diary_number_for(self, committee: Committee | None) -> None:
        """Read it by the pattern of the committee's municipality, once a committee is chosen."""
        if committee is not None:
            self.clean_diary_number_in(committee.municipality)

    def clean_diary_number_in(self, municipality: Municipality) -> None:
        """Put the canonical diary number in cleaned_data, or an error on the field."""
        text = self.cleaned_data.get("diary_number")
        if not text:
            return
        try:
            canonical = diary_numbers.canonical(text, municipality.diary_pattern)
            self.cleaned_data["diary_number"] = canonical
        except diary_numbers.UnreadableDiaryNumberError as error:
            self.add_error("diary_number", str(error))
