"""What the members did on an item, and how they voted."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.forms.rows import MOST_ROWS
from meetings.models import (
    Abstention,
    AgendaItem,
    Attendee,
    Ballot,
    Motion,
    ProtocolNote,
    Recusal,
    Reservation,
    Vote,
)
from partnerships.editing import BaseInlineFormSet, ModelForm, inlineformset_factory
from partnerships.markdown_field import MarkdownField


class MemberRowForm(ModelForm):
    """A row that one of the meeting's people stands behind."""

    def __init__(self, *args, people: QuerySet[Attendee], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people


class MotionForm(MemberRowForm):
    text = MarkdownField(
        label=_("Wording"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What is to be changed or added, word for word."),
    )

    class Meta:
        model = Motion
        fields = ["member", "kind", "text"]


class ReservationForm(MemberRowForm):
    text = MarkdownField(label=_("Grounds"), widget=forms.Textarea({"rows": 2}))

    class Meta:
        model = Reservation
        fields = ["member", "text", "was_announced"]


class NoteForm(MemberRowForm):
    text = MarkdownField(
        label=_("Text"),
        required=True,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Word for word, with its quotation marks."),
    )

    class Meta:
        model = ProtocolNote
        fields = ["member", "kind", "text"]


class AbstentionForm(MemberRowForm):
    class Meta:
        model = Abstention
        fields = ["member"]


class RecusalForm(MemberRowForm):
    class Meta:
        model = Recusal
        fields = ["member", "reason"]


def _formset(model, form):
    return inlineformset_factory(
        AgendaItem,
        model,
        form=form,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )


LISTS = {
    "recusals": _formset(Recusal, RecusalForm),
    "motions": _formset(Motion, MotionForm),
    "reservations": _formset(Reservation, ReservationForm),
    "abstentions": _formset(Abstention, AbstentionForm),
    "notes": _formset(ProtocolNote, NoteForm),
}


def proceedings_formsets(data, item: AgendaItem) -> dict[str, BaseInlineFormSet]:
    """The formsets of an item's lists, by name."""
    people = item.meeting.attendees.all()
    return {
        name: formset(data, instance=item, prefix=name, form_kwargs={"people": people})
        for name, formset in LISTS.items()
    }


class VoteForm(ModelForm):
    """What yes and no mean, and a choice for each member who decides."""

    class Meta:
        model = Vote
        fields = ["yes_means", "no_means"]

    def __init__(self, *args, members: list[Attendee], **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        voted = (
            {ballot.member_id: ballot.choice for ballot in self.instance.ballots.all()}
            if (self.instance.pk)
            else {}
        )
        for member in members:
            absent = member.presence == Attendee.Presence.ABSENT
            self.fields[f"ballot-{member.pk}"] = forms.ChoiceField(
                label=str(member),
                choices=[("", _("no ballot")), *Ballot.Choice.choices],
                required=False,
                initial=voted.get(member.pk, Ballot.Choice.ABSENT if absent else ""),
            )

    @property
    def ballots(self) -> list[forms.BoundField]:
        """The members' boxes, for the page."""
        return [self[f"ballot-{member.pk}"] for member in self.members]

    def choices(self) -> dict[Attendee, str]:
        """How each member voted; empty for who has no ballot."""
        return {member: self.cleaned_data[f"ballot-{member.pk}"] for member in self.members}
