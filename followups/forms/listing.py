"""The filter of the list of reports."""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement
from followups.figures import with_follow_up
from followups.states import IS_OPEN, State
from partnerships.editing import Form

FIRST_YEAR, LAST_YEAR = 1900, 2999


class ReportFilter(Form):
    """Which reports are shown; what cannot be read is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Every state")), *State.choices]
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4}),
    )
    committee = forms.TypedChoiceField(label=_("Committee"), required=False, coerce=int)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    no_plan = forms.BooleanField(label=_("Without a plan"), required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = user.committee_choices("followups.view_followupreport")

    def filtered(self, reports, today: date):
        """The reports that the readable parts of the filter let through."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("state"):
            reports = reports.filter(state=chosen["state"])
        if chosen.get("committee"):
            reports = reports.filter(agreement__committee=chosen["committee"])
        if chosen.get("year"):
            reports = reports.filter(_within(chosen["year"]))
        if chosen.get("overdue"):
            reports = reports.filter(state__in=IS_OPEN, due_on__lt=today)
        if chosen.get("no_plan"):
            followed = with_follow_up(Agreement.objects.filter(pk=OuterRef("agreement")))
            reports = reports.filter(~Exists(followed))
        if chosen.get("q"):
            reports = reports.filter(agreement__in=Agreement.objects.matching(chosen["q"]))
        return reports


def _within(year: int) -> Q:
    """The period touches the year, or the account was received in it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    of_period = Q(period_starts__lte=last, period_ends__gte=first)
    return of_period | Q(received_earliest__lte=last, received_latest__gte=first)
