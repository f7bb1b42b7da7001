"""What is written in a report, how it is judged, and to whom its link goes."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import capfirst, normalize_newlines
from django.utils.translation import gettext_lazy as _

from followups.actions import AnswersDraft, Invitation, Seen
from followups.answers import parts_of
from followups.models import FigureFormField, FollowUpReport, ReportLink
from followups.uploads import ACCEPT
from followups.words import party_words
from partnerships.editing import Form, ModelForm
from partnerships.money import AmountFormField, kronor

LONGEST_TEXT, LONGEST_COMMENT = 20_000, 2_000


def comment_field(label, rows=2, **kwargs) -> forms.CharField:
    """A comment of a few lines."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": rows}),
        **kwargs,
    )


class AnswersForm(Form):
    """A box for everything that the report asks: figures, texts, amounts and deviations.

    It carries the number of the edition that it was built upon, and is saved only upon that.
    """

    is_compared = False
    edition = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, report: FollowUpReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report
        self.abouts: dict[str, str] = {}  # what the boxes with the same label are about
        self.fields["edition"].initial = report.edition
        self.fields["page"].initial = uuid4().hex
        for row in report.values.all():
            self._add_value(row)
        for answer in report.answers.all():
            self.fields[f"text-{answer.pk}"] = forms.CharField(
                label=str(answer)
                if answer.question.is_required
                else _("%(heading)s (optional)") % {"heading": answer},
                help_text=answer.question.hint,
                initial=answer.text,
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea({"rows": 6}),
            )
        for use in report.uses.all():
            self._add_use(use)
        self.fields["deviations"] = comment_field(
            _("Deviations"),
            rows=4,
            initial=report.deviations,
            help_text=_("What did not turn out as agreed, why, and what is done about it."),
        )

    def _add_value(self, row):
        indicator = row.indicator
        self._say_what_about(indicator.name, f"value-{row.pk}", f"value_comment-{row.pk}")
        self.fields[f"value-{row.pk}"] = FigureFormField(
            label=_("Figure (%(unit)s)") % {"unit": indicator.unit},
            initial=row.value,
            required=False,
            help_text=_("Leave empty when there is no figure, and say why in the comment."),
        )
        self.fields[f"value_comment-{row.pk}"] = comment_field(_("Comment"), initial=row.comment)

    def _add_use(self, use):
        promised = use.promised
        words = f"{party_words(use)}: {use.contribution.label}"
        self._say_what_about(words, f"use-{use.pk}", f"use_comment-{use.pk}")
        self.fields[f"use-{use.pk}"] = AmountFormField(
            label=_("Delivered in the period, kr"),
            initial=use.delivered,
            required=False,
            min_value=0,
            help_text=_("Promised for the period: %(amount)s.") % {"amount": kronor(promised)}
            if promised is not None
            else "",
        )
        self.fields[f"use_comment-{use.pk}"] = comment_field(_("Comment"), initial=use.comment)

    def _say_what_about(self, words, *names):
        self.abouts.update(dict.fromkeys(names, words))

    def label_of(self, name) -> str:
        """The label of a box with what stands above it on the page."""
        about, label = self.abouts.get(name), str(self[name].label)
        return f"{about}, {label}" if about else label

    @property
    def values(self):
        """The figures' rows, each with its two boxes, for the page."""
        return [
            (row, self[f"value-{row.pk}"], self[f"value_comment-{row.pk}"])
            for row in self.report.values.all()
        ]

    @property
    def texts(self):
        """The questions with their boxes."""
        return [(row, self[f"text-{row.pk}"]) for row in self.report.answers.all()]

    @property
    def uses(self):
        """The contributions, who brings them, and their two boxes."""
        return [
            (row, party_words(row), self[f"use-{row.pk}"], self[f"use_comment-{row.pk}"])
            for row in self.report.uses.all()
        ]

    def draft(self) -> AnswersDraft:
        """What was sent and can be read."""
        draft = AnswersDraft()
        pairs = (("value", draft.values), ("use", draft.uses))
        for name, rows in pairs:
            related = self.report.values if name == "value" else self.report.uses
            for row in related.all():
                figure, comment = f"{name}-{row.pk}", f"{name}_comment-{row.pk}"
                if self._is_read(figure) and self._is_read(comment):
                    rows[row.pk] = (self.cleaned_data[figure], self._text(comment))
        for answer in self.report.answers.all():
            if self._is_read(f"text-{answer.pk}"):
                draft.texts[answer.pk] = self._text(f"text-{answer.pk}")
        if self._is_read("deviations"):
            draft.deviations = self._text("deviations")
        return draft

    def goes_on_from(self, saved: FollowUpReport) -> None:
        """Let the page, when it comes back, build upon what was just saved from it."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]
        sent["edition"] = saved.edition
        self.data = sent

    def seen(self, *, may_follow_itself: bool = False) -> Seen:
        """What the page was built upon; nothing, when that was tampered with."""
        edition, page = self.cleaned_data.get("edition") or 0, self.cleaned_data.get("page") or ""
        return Seen(edition, page, may_follow_itself)

    def _is_read(self, name) -> bool:
        return name in self.data and name in self.cleaned_data

    def _text(self, name) -> str:
        return normalize_newlines(self.cleaned_data[name])


class HandInForm(Form):
    """Who hands the report in for the partner."""

    is_compared = False
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("Who hands in the report."),
        error_messages={"required": _("Write your name before you hand in.")},
    )


class RegisterHandInForm(Form):
    """An officer hands in what came another way."""

    name = forms.CharField(
        label=_("Handed in for the partner by"),
        max_length=100,
        required=False,
        help_text=_("Who gave it to you, and how. For example Eva Exempel, by e-mail."),
    )


class AttachmentForm(Form):
    """A file to add."""

    file = forms.FileField(
        label=_("Add a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=_("PDF, JPEG, PNG, Excel (xlsx), Word (docx) or CSV, at most 10 MB."),
    )


class AccountForm(ModelForm):
    """A plain account that came in outside of the portal."""

    class Meta:
        model = FollowUpReport
        fields = ["received_on", "account"]
        widgets = {"account": forms.Textarea({"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].required = self.fields["account"].required = True


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 4})
    )


class DecisionForm(Form):
    """What is decided on a report that was handed in: upon the edition that was read, and no other."""

    is_compared = False  # nothing stored stands in it, and its edition says more
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def goes_on_from(self, report: FollowUpReport) -> None:
        """Let the page, when it comes back, build upon the edition that is now shown."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]
        sent["edition"] = report.edition
        self.data = sent

    @property
    def read(self) -> int:
        """The edition that was read; none, when that was tampered with."""
        return self.cleaned_data.get("edition") or 0


class ApproveForm(DecisionForm):
    """An approval, with a word on the way."""

    note = comment_field(_("Note"), help_text=_("Printed with the decision."))


class RejectForm(ReasonForm, DecisionForm):
    """Why the report is not approved."""


class ReturnForm(ReasonForm, DecisionForm):
    """What is to be completed, and why."""

    parts = forms.MultipleChoiceField(
        label=_("To be completed"), widget=forms.CheckboxSelectMultiple
    )
    sends_link = forms.BooleanField(required=False)
    field_order = ["parts", "reason", "sends_link"]

    def __init__(self, *args, report: FollowUpReport, last_link: ReportLink | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part.key, part.heading) for part in parts_of(report)]
        self.fields["reason"].label = _("What is missing or unclear")
        if last_link:
            self.fields["sends_link"].label = _("Send a new link to %(recipient)s") % {
                "recipient": last_link.recipient
            }
            self.fields["sends_link"].initial = True
        else:
            del self.fields["sends_link"]


class LinkForm(Form):
    """To whom the link goes, and for how long it is valid."""

    recipient = forms.EmailField(
        label=_("The partner's e-mail address"),
        help_text=_("Whoever reads this address can write and hand in the report."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="sv")
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[(14, _("two weeks")), (30, _("30 days")), (60, _("60 days"))],
        initial=30,
    )
    message = comment_field(_("Message in the letter"), rows=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, capfirst(str(name))) for code, name in self.fields["language"].choices
        ]

    def invitation(self) -> Invitation:
        """What the action asks for."""
        return Invitation(**self.cleaned_data)
