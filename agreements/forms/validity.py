"""How long the agreement lasts: terms, notice, extensions, terminations and obligations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.checks import why_not_terminate
from agreements.models import Agreement, NoticePeriod, Obligation, Party, Term, Termination
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.rows import rows_to_keep

LONGEST_NOTICE = 120  # months or days
MOST_OBLIGATIONS = 100


class ReasonMixin(Form):
    """Why the register is changed; it stands in the history."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)


class TermForm(ModelForm):
    """The initial term. Its first day is that of the original revision unless it is typed."""

    class Meta:
        model = Term
        fields = ["starts", "ends", "end_is_inferred", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}

    def clean(self):
        cleaned = super().clean()
        self._check_order(cleaned)
        if cleaned.get("end_is_inferred") and not cleaned.get("ends"):
            self.add_error("ends", _("Write the last day that is inferred."))
        return cleaned

    def _check_order(self, cleaned):
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends.latest < starts.earliest:
            self.add_error(
                "ends",
                _(
                    "The term would end %(end)s, before it starts (%(start)s). Change one of the dates."
                )
                % {"end": ends, "start": starts},
            )

    def term(self, agreement: Agreement) -> Term | None:
        """The term as typed, not yet saved; None when nothing is known of it."""
        term = self.save(commit=False)
        if term.pk is None and not (term.starts or term.ends):
            return None
        term.agreement, term.number, term.basis = agreement, 0, Term.Basis.ORIGINAL
        return term


class OriginalTermForm(TermForm):
    """What is written of the initial term together with the original revision, whose first day
    is the term's.
    """

    def __init__(self, *args, revision_form: ModelForm, **kwargs):
        super().__init__(*args, **kwargs)
        self.revision_form = revision_form

    def clean(self):
        cleaned = super().clean()
        self.revision_form.is_valid()
        cleaned["starts"] = self.revision_form.cleaned_data.get("in_force_from")
        self._check_order(cleaned)
        return cleaned

    class Meta(TermForm.Meta):
        fields = ["ends", "end_is_inferred"]


class ValidityForm(ReasonMixin, ModelForm):
    """Who signed, how many extensions are allowed, and each party's notice."""

    class Meta:
        model = Agreement
        fields = ["signed_by_role", "extensions_allowed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {notice.party: notice for notice in self.instance.notices.all()}
        for party, label in (
            (Party.MUNICIPALITY, _("Notice from the municipality")),
            (Party.PARTNER, _("Notice from the partner")),
        ):
            notice = known.get(party)
            self.fields[f"notice_{party.value}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=LONGEST_NOTICE,
                required=False,
                initial=notice and notice.length,
                help_text=_("Empty when the source does not say."),
            )
            self.fields[f"unit_{party.value}"] = forms.ChoiceField(
                label=_("Unit"),
                choices=NoticePeriod.Unit.choices,
                required=False,
                initial=notice.unit if notice else NoticePeriod.Unit.MONTHS,
            )

    @property
    def notice_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Length and unit of each party, for the page."""
        return [(self[f"notice_{party.value}"], self[f"unit_{party.value}"]) for party in Party]

    def notices(self) -> list[NoticePeriod]:
        """The notice periods that are known, not yet saved."""
        rows = []
        for party in Party:
            length = self.cleaned_data[f"notice_{party.value}"]
            unit = self.cleaned_data[f"unit_{party.value}"] or NoticePeriod.Unit.MONTHS
            if length is not None:
                rows.append(NoticePeriod(party=party, length=length, unit=unit))
        return rows


class ExtensionForm(ModelForm):
    """The next term: by the agreement's own clause, or by a decision."""

    class Meta:
        model = Term
        fields = ["basis", "starts", "ends", "decision", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [pair for pair in Term.Basis.choices if pair[0] != Term.Basis.ORIGINAL]
        self.fields["basis"].choices = kinds
        self.suggest("basis", Term.Basis.CLAUSE)
        self.fields["starts"].required = self.fields["ends"].required = True
        self.fields["ends"].help_text = _(
            "Type it from the agreement or the decision; it is never assumed."
        )

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends.latest < starts.earliest:
            self.add_error(
                "ends", _("The last day comes before the first. Change one of the dates.")
            )
        return cleaned


class TerminationForm(ReasonMixin, ModelForm):
    """That a party ends the agreement or a part of it, and which obligations end with it."""

    ends = forms.ModelMultipleChoiceField(
        Obligation.objects.none(),
        label=_("Obligations that end"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Termination
        fields = [
            "scope", "what", "by", "effective_from", "notice_given_on", "decided_by_role",
            "decider_reason", "motive",
        ]  # fmt: skip
        widgets = {"motive": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agreement, termination = self.instance.agreement, self.instance.pk
        open_ones = agreement.obligations.filter(ends_latest__isnull=True)
        self.fields["ends"].queryset = open_ones.filter(ended_by__isnull=True) | open_ones.filter(
            ended_by=termination
        )
        if termination:
            self.fields["ends"].initial = self.instance.obligations.all()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scope") == Termination.Scope.FULL:
            cleaned["what"] = ""
        names = ("scope", "what", "by", "decided_by_role", "decider_reason")
        typed = {name: cleaned.get(name, "") for name in names}
        wanted = Termination(pk=self.instance.pk, agreement=self.instance.agreement, **typed)
        for name, sentence in why_not_terminate(wanted).items():
            self.add_error(name, sentence)
        return cleaned


class ObligationForm(ModelForm):
    """One undertaking."""

    class Meta:
        model = Obligation
        fields = ["party", "text", "starts", "ends"]
        widgets = {"text": forms.Textarea({"rows": 2})}

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends and self.instance.ended_by_id:
            self.add_error("ends", _("A termination ended this undertaking; leave the day empty."))
        if starts and ends and ends.latest < starts.earliest:
            self.add_error(
                "ends", _("The last day comes before the first. Change one of the dates.")
            )
        return cleaned


class BaseObligationFormSet(BaseInlineFormSet):
    """The agreement's undertakings."""

    def kept(self) -> list[Obligation]:
        """The rows to save."""
        return [form.save(commit=False) for form in rows_to_keep(self)]

    def removed(self) -> list[Obligation]:
        """The saved rows that are to be removed."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


ObligationFormSet = inlineformset_factory(
    Agreement,
    Obligation,
    form=ObligationForm,
    formset=BaseObligationFormSet,
    extra=0,
    max_num=MOST_OBLIGATIONS,
    absolute_max=MOST_OBLIGATIONS + 1,
    validate_max=True,
)
