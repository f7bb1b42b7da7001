"""Adjustment, notice and dispatch."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Notice
from partnerships.dates import DayFormField
from partnerships.editing import Form, ModelForm

MOST_ADDRESSES = 100


class AdjustForm(Form):
    """On which day and where the minutes were adjusted, and which items at once."""

    on = DayFormField(label=_("Adjusted on"))
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("For example digitally, or the town hall."),
    )
    at_once = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label=_("Only these items, adjusted at once"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to adjust all that remains."),
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at_once"].queryset = items


class NoticeForm(ModelForm):
    """When the notice was posted and taken down, and the last day of appeal."""

    class Meta:
        model = Notice
        fields = ["posted_on", "kept_at", "taken_down_on", "appeal_until", "appeal_reason"]

    def clean(self):
        cleaned = super().clean()
        day, reason = cleaned.get("appeal_until"), cleaned.get("appeal_reason")
        if day and not reason:
            self.add_error("appeal_reason", _("Say why another day than the computed applies."))
        if reason and not day:
            self.add_error("appeal_until", _("Write the day, or empty the reason."))
        posted = cleaned.get("posted_on")
        if day and posted and day < posted:
            self.add_error(
                "appeal_until", _("The time of appeal begins when the notice is posted.")
            )
        down = cleaned.get("taken_down_on")
        if down and posted and down <= posted:
            self.add_error(
                "taken_down_on",
                _(
                    "The notice is taken down on a later day than it was posted. Change one of the days."
                ),
            )
        return cleaned


class AddressesForm(Form):
    """The e-mail addresses of one recipient."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One on each line. Each gets the extract once."),
    )

    def clean_addresses(self) -> list[str]:
        """The addresses, each checked."""
        text = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ")
        addresses = list(dict.fromkeys(text.split()))
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)s addresses.") % {"most": MOST_ADDRESSES})
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is not an e-mail address. Write for example namn@example.se."),
                    params={"address": address},
                ) from error
        return addresses
