"""The agreement's own facts and parties, and the register's filter."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement, Status, Theme
from organisations.fields import DiaryNumberMixin, PartnerField
from organisations.models import Office, Partner
from partnerships.dates import DayFormField
from partnerships.editing import BaseFormSet, Form, ModelForm, formset_factory
from partnerships.search import Found


class AgreementForm(DiaryNumberMixin, ModelForm):
    """An agreement as a whole; what was agreed stands in its revisions."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What it is about. The report on the whole sector adds up by theme."),
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Agreement
        fields = ["kind", "name", "diary_number", "committee", "office", "officer"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        committees = user.committees_where("agreements.change_agreement").select_related(
            "municipality"
        )
        self.fields["committee"].queryset = committees
        self.fields["office"].queryset = Office.objects.visible_to(user)
        self.fields["officer"].queryset = User.objects.to_answer_for_work(
            user, present=self.instance.officer_id
        )
        self.fields["officer"].label_from_instance = str
        self.fields["office"].empty_label = self.fields["officer"].empty_label = _("not decided")
        self.fields["themes"].queryset = Theme.objects.visible_to(user)
        if self.instance.pk:
            self.fields["themes"].initial = list(self.instance.themes.all())
        if len(committees) == 1:
            self.suggest("committee", committees[0].pk)
        if user.municipality_id:
            self.suggest("officer", user.pk)

    def clean(self):
        cleaned = super().clean()
        committee = cleaned.get("committee")
        self.clean_diary_number_for(committee)
        for name in ("office", "officer"):
            chosen = cleaned.get(name)
            if committee and chosen and chosen.municipality_id != committee.municipality_id:
                self.add_error(name, _("Choose one of the municipality's own."))
        others = [
            theme
            for theme in cleaned.get("themes", ())
            if committee and theme.municipality_id != committee.municipality_id
        ]
        if others:
            self.add_error("themes", _("Choose among the municipality's own."))
        return cleaned


class PartyForm(Form):
    """One partner of the agreement."""

    partner = PartnerField(
        label=_("Partner"),
        required=False,
        max_length=220,
        error_messages={"required": _("Choose at least one partner.")},
    )


class BasePartyFormSet(BaseFormSet):
    """The partners; an agreement has at least one, and a partnership only legal persons."""

    needed = "partner"

    def __init__(self, *args, kind: str = "", known: tuple[Partner, ...] = (), **kwargs):
        self.kind, self.known = kind, known
        super().__init__(*args, **kwargs)

    @property
    def partners(self) -> list[Partner]:
        """The chosen partners in order, each once."""
        chosen = [
            form.cleaned_data.get("partner") for form in self.forms if hasattr(form, "cleaned_data")
        ]
        return list(dict.fromkeys(partner for partner in chosen if partner))

    def clean(self):
        if any(self.errors):
            return
        if not self.partners:
            raise ValidationError(_("Choose at least one partner."), code="none")
        for form in self.forms:
            partner = form.cleaned_data.get("partner")
            if partner and self._needs_legal_form(partner):
                form.add_error(
                    "partner",
                    _(
                        "A partnership is made with a legal person. Enter the legal form of %(name)s in the register of partners first."
                    )
                    % {"name": partner},
                )

    def _needs_legal_form(self, partner: Partner) -> bool:
        is_new = partner not in self.known
        return self.kind == Agreement.Kind.IOP and is_new and not partner.legal_form


PartyFormSet = formset_factory(PartyForm, formset=BasePartyFormSet, extra=0, min_num=1, max_num=20)


class AsOfForm(Form):
    """Two axes: the day to answer for, and the day to whose end the portal's knowledge is taken."""

    on = DayFormField(label=_("Show as it was on"), required=False)
    known = DayFormField(label=_("with what was registered by the end of"), required=False)


WITHIN = [
    (30, _("30 days")),
    (90, _("3 months")),
    (180, _("6 months")),
    (365, _("a year")),
]
REGISTER_FILTERS = (
    "q",
    "kind",
    "committee",
    "status",
    "partner",
    "ends_within",
    "notice_within",
    "mine",
    "no_notice",
    "no_followup",
    "sort",
)


class RegisterForm(Form):
    """The register's filter; what it cannot read it leaves out."""

    SORTS = {"name": "sort_key", "diary": "diary_number", "end": "sort_end", "registered": "pk"}
    # What comes within some days, its column, and the order that it is shown in unless another is
    # asked for.
    SOONEST_FIRST = {"ends_within": ("end", "sort_end"), "notice_within": ("notice", "notice_by")}

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    committee = forms.TypedChoiceField(label=_("Committee"), required=False, coerce=int)
    status = forms.ChoiceField(label=_("Status"), required=False)
    partner = forms.ModelChoiceField(
        Partner.objects.all(), required=False, widget=forms.HiddenInput
    )
    on = DayFormField(label=_("On the day"), required=False)
    ends_within = forms.TypedChoiceField(label=_("Ends within"), required=False, coerce=int)
    notice_within = forms.TypedChoiceField(label=_("Notice within"), required=False, coerce=int)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    no_notice = forms.BooleanField(label=_("Notice period not known"), required=False)
    no_followup = forms.BooleanField(label=_("Follow-up is missing"), required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["kind"].choices = [("", _("All kinds")), *Agreement.Kind.choices]
        for name in ("ends_within", "notice_within"):
            self.fields[name].choices = [("", "–"), *WITHIN]
        self.fields["status"].choices = [("", _("Every status")), *Status.choices]
        self.fields["committee"].choices = user.committee_choices("agreements.view_agreement")

    def day(self, today: date) -> date:
        """The day whose status the register shows."""
        self.is_valid()
        return self.cleaned_data.get("on") or today

    @property
    def sort(self) -> tuple[str, str, bool]:
        """The sort's name, its column, and whether it is descending; only what SORTS allows."""
        self.is_valid()
        wanted = self.data.get("sort", "")
        name = wanted.removeprefix("-")
        if name in self.SORTS:
            return name, self.SORTS[name], wanted.startswith("-")
        soonest = (
            sort for field, sort in self.SOONEST_FIRST.items() if self.cleaned_data.get(field)
        )
        return (*next(soonest, ("name", "sort_key")), False)

    def filtered(self, agreements, today: date) -> Found:
        """The agreements that the readable parts of the filter let through."""
        self.is_valid()
        chosen = self.cleaned_data
        for name, (_sort, column) in self.SOONEST_FIRST.items():
            if days := chosen.get(name):
                agreements = agreements.filter(
                    **{f"{column}__range": (today, today + timedelta(days=days))}
                )
        plain = {name: chosen[name] for name in ("kind", "committee") if chosen.get(name)}
        agreements = agreements.filter(**plain)
        if chosen.get("status"):
            agreements = agreements.in_status(chosen["status"], self.day(today))
        if chosen.get("partner"):
            agreements = agreements.filter(
                parties__partner__in=Partner.objects.same_as(chosen["partner"])
            )
        if chosen.get("no_notice"):
            agreements = agreements.without_notice()
        if chosen.get("no_followup"):
            agreements = agreements.without_follow_up(self.day(today))
        if chosen.get("mine"):
            agreements = agreements.filter(officer=self.user)
        return agreements.found(chosen.get("q") or "")
