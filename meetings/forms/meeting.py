"""The meeting's own facts, who is there, and the items of its agenda."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement
from meetings.models import AgendaItem, Attendee, Meeting
from organisations.fields import DiaryNumberMixin
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.markdown_field import MarkdownField
from partnerships.search import sort_key

MOST_PEOPLE = 120
MOST_AGREEMENTS = 50


class TimesMixin(forms.BaseModelForm):
    """A committee has one meeting at a time, which ends after it has begun."""

    def clean(self):
        cleaned = super().clean()
        committee = cleaned.get("committee") or self.instance.committee_id
        day, time = cleaned.get("held_on"), cleaned.get("begins_at")
        if committee and day:
            others = Meeting.objects.filter(committee=committee, held_on=day, begins_at=time)
            if others.exclude(pk=self.instance.pk).exists():
                self.add_error("begins_at", _("The committee already has a meeting at that time."))
        ends = cleaned.get("ends_at")
        if time and ends and ends <= time:
            self.add_error("ends_at", _("The time it ends must be later than the time it begins."))
        return cleaned


class MeetingCreateForm(TimesMixin, ModelForm):
    """Which committee meets when and where."""

    class Meta:
        model = Meeting
        fields = ["committee", "held_on", "begins_at", "ends_at", "place"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        committees = user.committees_where("meetings.change_meeting")
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.suggest("committee", committees[0].pk)


class MeetingForm(TimesMixin, ModelForm):
    """When and where a meeting is."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Meeting
        fields = ["held_on", "begins_at", "ends_at", "place"]

    def clean_held_on(self):
        """Items that have their § stay in the year that they were numbered in."""
        day = self.cleaned_data["held_on"]
        numbered = self.instance.items.filter(number__isnull=False)
        if numbered.exclude(year=day.year).exists():
            raise ValidationError(
                _("The items have their § of another year. Take the numbers away first.")
            )
        return day


class AttendeeForm(ModelForm):
    """One person."""

    class Meta:
        model = Attendee
        fields = ["name", "party", "function", "presence", "is_adjuster"]

    def clean(self):
        cleaned = super().clean()
        function, presence = cleaned.get("function"), cleaned.get("presence")
        staff = {Attendee.Function.SECRETARY, Attendee.Function.OFFICIAL}
        decides = presence == Attendee.Presence.DECIDING
        if function in staff and decides:
            self.add_error("presence", _("Only the elected take part in the decisions."))
        if cleaned.get("is_adjuster") and (function == Attendee.Function.CHAIR or not decides):
            self.add_error(
                "is_adjuster",
                _("Who adjusts takes part in the decisions and is not the chair."),
            )
        return cleaned


class BaseAttendeeFormSet(BaseInlineFormSet):
    """Everybody who is called."""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        if sum(row.get("function") == Attendee.Function.CHAIR for row in rows) > 1:
            raise ValidationError(_("A meeting has one chair. Make the other a vice chair."))


AttendeeFormSet = inlineformset_factory(
    Meeting,
    Attendee,
    form=AttendeeForm,
    formset=BaseAttendeeFormSet,
    extra=0,
    max_num=MOST_PEOPLE,
    absolute_max=MOST_PEOPLE + 1,
    validate_max=True,
)


class ItemForm(DiaryNumberMixin, ModelForm):
    """An item's title, its matter and the agreements it is about."""

    case_text = MarkdownField(
        label=_("The matter"),
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Empty: the memo's own words are printed, as they were submitted."),
    )
    named = forms.CharField(
        label=_("Agreements"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "The agreements that the matter is about: name or diary number, one on each line."
        ),
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "diary_number", "case_text"]

    def __init__(self, *args, user: User, committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.committee, self.agreements = committee, Agreement.objects.visible_to(user)
        if self.instance.pk:
            named = [agreement.name for agreement in self.instance.agreements.all()]
            self.fields["named"].initial = "\n".join(named)

    def clean(self):
        cleaned = super().clean()
        self.clean_diary_number_for(self.committee)
        return cleaned

    def clean_named(self) -> list[Agreement]:
        """The agreements; each line is one that the user may read."""
        lines = [line.strip() for line in self.cleaned_data["named"].splitlines() if line.strip()]
        if len(lines) > MOST_AGREEMENTS:
            raise ValidationError(_("At most %(most)s agreements.") % {"most": MOST_AGREEMENTS})
        return list(dict.fromkeys(self._found(line) for line in lines))

    def _found(self, line: str) -> Agreement:
        own = self.agreements.filter(committee__municipality=self.committee.municipality_id)
        named = own.filter(sort_key=sort_key(line)) | own.filter(diary_number=line)
        found = list(named[:2])
        if len(found) == 1:
            return found[0]
        sentence = (
            _("Several agreements are called “%(line)s”. Write the diary number.")
            if found
            else _("No agreement that you may read is called “%(line)s”. Check the spelling.")
        )
        raise ValidationError(sentence, params={"line": line})


class ParagraphField(forms.IntegerField):
    """The number of a §; the sign may be written before it."""

    def to_python(self, value):
        """The number without its sign."""
        typed = value.strip().removeprefix("§") if isinstance(value, str) else value
        return super().to_python(typed)


class NumbersForm(Form):
    """A § for each item; empty is none."""

    def __init__(self, *args, items: list[AgendaItem], first: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.suggested = items, set()
        free = first
        for item in items:
            suggested, free = (item.number, free) if item.number else (free, free + 1)
            if not item.number:
                self.suggested.add(str(item.pk))
            self.fields[str(item.pk)] = ParagraphField(
                label=item.title,
                min_value=1,
                max_value=9999,
                required=False,
                initial=suggested,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            )

    def numbers(self) -> dict[int, int | None]:
        """The § by the item's primary key."""
        return {item.pk: self.cleaned_data[str(item.pk)] for item in self.items}


class PutForwardForm(Form):
    """For which meeting an officer wishes."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
