"""What was decided, on which conditions, for whom, and what it does in the agreements."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Revision, Termination
from meetings.actions import DecisionDraft, EffectDraft
from meetings.bindings import Binding, bindings_of
from meetings.documents import order_sentence
from meetings.forms.rows import plain_formset, typed_rows
from meetings.models import (
    AgendaItem,
    Decision,
    DecisionCondition,
    DecisionEffect,
    DecisionRecipient,
)
from meetings.words import REFERRED_BACK, TABLED
from memos.actions import ListDraft
from partnerships.dates import DayFormField
from partnerships.dates.fields import ApproximateDateFormField
from partnerships.editing import BaseFormSet, Form, ModelForm
from partnerships.markdown_field import MarkdownField

PUT_OFF = {Decision.Outcome.REFERRED_BACK: REFERRED_BACK, Decision.Outcome.TABLED: TABLED}
Kind = DecisionEffect.Kind
OF_TERMINATION = ("scope", "what", "effective_from", "decider_reason")


class DecisionForm(ModelForm):
    """The outcome, and how the proposals were put."""

    order_text = MarkdownField(
        label=_("The order in words"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Empty when there is only one proposal: the sentence is written for you."),
    )

    class Meta:
        model = Decision
        fields = ["outcome", "order", "proposed_by", "order_text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # it has happened
            self.fields["outcome"].disabled = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("order_text") or "order_text" in self.errors:
            return cleaned
        if cleaned.get("order") == Decision.Order.ONLY_ONE:
            cleaned["order_text"] = order_sentence(
                self.instance.item, cleaned.get("proposed_by", "")
            )
        else:
            self.add_error("order_text", _("Write in which order the chair put the proposals."))
        return cleaned


class PointForm(Form):
    """One point. `source` counts the memo's points from 0, where it was made from one of them."""

    text = forms.CharField(
        label=_("Point"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write at least one point.")},
    )
    source = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput())


class BasePointFormSet(BaseFormSet):
    """The points, of which a decision has at least one."""

    needed = "text"


class ConditionForm(Form):
    """What is asked for, and when somebody looks. `pk` is that of the condition as recorded."""

    text = forms.CharField(
        label=_("Condition"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    check_on = DayFormField(label=_("To be checked on"), required=False)
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("check_on") and "check_on" not in self.errors:
            self.add_error("check_on", _("Say on which day the condition is checked."))
        return cleaned


class RecipientForm(Form):
    """To whom the extract is sent."""

    function = forms.CharField(
        label=_("Function or group"),
        max_length=200,
        required=False,
        help_text=_("For example Deputy chief executive, or All committees."),
    )
    name = forms.CharField(label=_("Person or organisation"), max_length=200, required=False)


class EffectForm(Form):
    """What the decision does in one agreement."""

    kind = forms.ChoiceField(
        label=_("In the agreement"),
        choices=[("", _("nothing changes")), *Kind.choices],
        required=False,
    )
    revision = forms.ModelChoiceField(
        Revision.objects.none(), label=_("Draft that is decided"), required=False
    )
    scope = forms.ChoiceField(
        label=_("What is terminated"),
        choices=[("", "–"), *Termination.Scope.choices],
        required=False,
    )
    what = forms.CharField(label=_("Which part"), max_length=300, required=False)
    effective_from = ApproximateDateFormField(
        label=_("Effective from"), required=False, help_text=_("The first day without it.")
    )
    decider_reason = forms.CharField(
        label=_("Why another than the one who signed"), max_length=300, required=False
    )

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.fields["revision"].queryset = agreement.revisions.drafts().with_beginning()
        self.fields["revision"].label_from_instance = Revision.as_listed

    @property
    def has_termination(self) -> bool:
        """Is something of a termination typed or complained of, so that it has to be seen?"""
        return any(self[name].value() or self[name].errors for name in OF_TERMINATION)

    def clean(self):
        cleaned = super().clean()
        if "kind" not in self.errors:
            self._ask_for_what_is_missing(cleaned)
            self._refuse_what_is_not_done(cleaned)
        return cleaned

    def _ask_for_what_is_missing(self, typed: dict) -> None:
        kind = typed["kind"]
        if kind == Kind.REVISION and not typed.get("revision"):
            self.add_error("revision", _("Choose which draft is decided."))
        if kind == Kind.TERMINATION and not typed.get("scope"):
            self.add_error("scope", _("Say whether all of it is terminated, or a part."))
        if (
            kind == Kind.TERMINATION
            and not typed.get("effective_from")
            and "effective_from" not in self.errors
        ):
            self.add_error("effective_from", _("Say from when it is terminated."))

    def _refuse_what_is_not_done(self, typed: dict) -> None:
        """Complain of what the user filled in for another effect than the one that is chosen."""
        filled = [name for name in self.changed_data if typed.get(name)]
        kind, says = typed["kind"], dict(self.fields["kind"].choices)
        words = {"field": self.fields["kind"].label, "chosen": says[kind]}
        if kind != Kind.REVISION and "revision" in filled:
            sentence = _(
                "You have chosen a draft revision, but “%(field)s” says “%(chosen)s”. Choose “%(right)s”, or take away the choice of draft."
            )
            self.add_error("revision", sentence % {**words, "right": says[Kind.REVISION]})
        first = next((name for name in OF_TERMINATION if name in filled), None)
        if kind != Kind.TERMINATION and first:
            sentence = _(
                "You have filled in a termination, but “%(field)s” says “%(chosen)s”. Choose “%(right)s”, or empty what you filled in of a termination."
            )
            self.add_error(first, sentence % {**words, "right": says[Kind.TERMINATION]})

    def draft(self) -> EffectDraft | None:
        """What is to be done; None when nothing changes."""
        typed = self.cleaned_data
        if not typed["kind"]:
            return None
        effect = EffectDraft(self.agreement, typed["kind"])
        if typed["kind"] == Kind.REVISION:
            effect.revision = typed["revision"]
        if typed["kind"] == Kind.TERMINATION:
            effect.termination = Termination(
                agreement=self.agreement, **{name: typed[name] for name in OF_TERMINATION}
            )
        return effect


class BindingForm(Form):
    """What the decision does in another app; it does unless somebody says otherwise."""

    is_chosen = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, binding: Binding, **kwargs):
        super().__init__(*args, **kwargs)
        self.binding = binding
        self.fields["is_chosen"].label = binding.sentence


PointFormSet = plain_formset(PointForm, BasePointFormSet, row_name=_("point"), shown_at_least=1)
ConditionFormSet = plain_formset(ConditionForm, row_name=_("condition"))
RecipientFormSet = plain_formset(RecipientForm, row_name=_("recipient"))


class DecisionForms:
    """The forms of a decision's page, filled from the memo's frozen version or as recorded."""

    def __init__(self, data, item: AgendaItem):
        self.item = item
        self.recorded = recorded = getattr(item, "decision", None)
        decision = recorded or Decision(item=item, proposed_by=_proposer(item))
        self.main = DecisionForm(data, instance=decision)
        self.points = PointFormSet(data, prefix="points", initial=_points(item, recorded))
        outcome = recorded.outcome if recorded else (data or {}).get("outcome", "")
        if outcome in PUT_OFF:  # which has a sentence of its own
            self.points.needed = ""
        self.conditions = ConditionFormSet(data, prefix="conditions", initial=_conditions(recorded))
        self.recipients = RecipientFormSet(
            data, prefix="recipients", initial=_recipients(item, recorded)
        )
        self.effects = [
            EffectForm(data, agreement=agreement, prefix=_effect_prefix(agreement))
            for agreement in _still_open(item, recorded)
        ]
        waiting = [] if recorded else [each for each in bindings_of(item) if not each.is_done]
        self.bindings = [
            BindingForm(data, binding=binding, prefix=binding.key) for binding in waiting
        ]

    @property
    def every(self) -> list:
        """All of them, for the page and for its errors."""
        return [
            self.main,
            self.points,
            self.conditions,
            self.recipients,
            *self.effects,
            *self.bindings,
        ]

    def are_valid(self) -> bool:
        """Is what was typed whole? Each form says what it misses."""
        if not all([form.is_valid() for form in self.every]):  # noqa: C419 - all complain
            return False
        try:
            self._check_points()
            self._check_effects()
        except ValidationError as error:
            self.main.add_error(None, error)
            return False
        return True

    def draft(self) -> DecisionDraft:
        """The decision, to be recorded."""
        recorded, decision = self.recorded, self.main.save(commit=False)
        return DecisionDraft(
            decision=decision,
            points=self._typed_points(),
            conditions=self._typed_conditions(),
            recipients=ListDraft(
                rows=[
                    DecisionRecipient(**row) for row in typed_rows(self.recipients, by="function")
                ],
                removed=list(recorded.recipients.all()) if recorded else [],
            ),
            effects=[effect for form in self.effects if (effect := form.draft())],
            bindings=[form.binding for form in self.bindings if form.cleaned_data["is_chosen"]]
            if decision.settles
            else [],
        )

    def _typed_conditions(self) -> ListDraft:
        """The conditions: those that were recorded keep their rows, and what came of them."""
        gone = {row.pk: row for row in self.recorded.conditions.all()} if self.recorded else {}
        rows = []
        for typed in typed_rows(self.conditions, by="text"):
            row = gone.pop(typed["pk"], None) or DecisionCondition()
            row.text, row.check_on = typed["text"], typed["check_on"]
            rows.append(row)
        return ListDraft(rows=rows, removed=list(gone.values()))

    def _typed_points(self) -> list[tuple[str, str]]:
        """The texts with what was proposed.

        A matter that is put off has a sentence of its own, and leaves the memo's points for later.
        """
        proposed = dict(enumerate(self.item.proposed_points))
        rows = typed_rows(self.points, by="text")
        points = [(row["text"], proposed.get(row["source"], "")) for row in rows]
        sentence = PUT_OFF.get(self.main.cleaned_data["outcome"])
        if sentence is None:
            return points
        return [row for row in points if row[0].split() != row[1].split()] or [(sentence, "")]

    def _check_points(self) -> None:
        if not self._typed_points():
            raise ValidationError(_("Write at least one point."))

    def _check_effects(self) -> None:
        """Say that an effect from a page of before the decision was recorded is not taken in."""
        asked_for = {form.agreement.pk for form in self.effects}
        for agreement in self.item.agreements.all():
            is_sent = self.main.data.get(f"{_effect_prefix(agreement)}-kind")
            if is_sent and agreement.pk not in asked_for:
                raise ValidationError(
                    _(
                        "The decision is recorded already, and what it does in the agreement %(agreement)s is not changed any more. Record it once more to save the words alone."
                    )
                    % {"agreement": agreement}
                )


def _effect_prefix(agreement: Agreement) -> str:
    return f"effect-{agreement.pk}"


def _still_open(item: AgendaItem, recorded: Decision | None) -> list[Agreement]:
    """The agreements in which the decision can do something, and has done nothing yet."""
    agreements = list(item.agreements.all())
    if recorded is None:
        return agreements
    if not recorded.settles:
        return []
    done = {effect.agreement_id for effect in recorded.effects.all()}
    return [agreement for agreement in agreements if agreement.pk not in done]


def _proposer(item: AgendaItem) -> str:
    office = item.memo_version.content["office"] if item.memo_version else ""
    return office[:1].upper() + office[1:]


def _points(item: AgendaItem, recorded: Decision | None) -> list[dict]:
    proposed = item.proposed_points
    if recorded is None:
        return [{"text": text, "source": place} for place, text in enumerate(proposed)]
    return [
        {
            "text": point.text,
            "source": proposed.index(point.proposed) if point.proposed in proposed else None,
        }
        for point in recorded.points.all()
    ]


def _conditions(recorded: Decision | None) -> list[dict]:
    rows = recorded.conditions.all() if recorded else []
    return [{"text": row.text, "check_on": row.check_on, "pk": row.pk} for row in rows]


def _recipients(item: AgendaItem, recorded: Decision | None) -> list[dict]:
    if recorded:
        rows = recorded.recipients.all()
        return [{"function": row.function, "name": row.name} for row in rows]
    return list(item.memo_version.content["recipients"]) if item.memo_version else []


class ConditionCheckForm(Form):
    """What came of a condition."""

    finding = forms.CharField(
        label=_("What you found"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
