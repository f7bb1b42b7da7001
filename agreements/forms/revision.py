"""A revision's terms, the totals the agreement states, and the decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Party, Revision, StatedTotal
from partnerships.editing import Form, ModelForm
from partnerships.money import AmountFormField


class RevisionForm(ModelForm):
    """When a revision was agreed, from when to when it applies, and its texts."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Revision
        fields = ["kind", "agreed_on", "in_force_from", "purpose", "target_group", "note"]
        widgets = {
            name: forms.Textarea({"rows": 3}) for name in ("purpose", "target_group", "note")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind == Revision.Kind.ORIGINAL:
            del self.fields["kind"]
            return
        kinds = [pair for pair in Revision.Kind.choices if pair[0] != Revision.Kind.ORIGINAL]
        self.fields["kind"].choices = kinds


class RevisionDecideForm(Form):
    """Confirms that the revision was decided as it stands."""

    reason = forms.CharField(
        label=_("How it was decided"),
        max_length=300,
        help_text=_("For example the decision's paragraph, or that both parties have signed."),
    )


class CompareForm(Form):
    """Which two revisions to compare."""

    before = forms.ModelChoiceField(Revision.objects.none(), label=_("Compare"))
    after = forms.ModelChoiceField(Revision.objects.none(), label=_("with"))

    def __init__(self, *args, revisions, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset, field.empty_label = revisions, None
            field.label_from_instance = Revision.as_listed


class StatedTotalsForm(Form):
    """For each side the total that the agreement itself states, if it does."""

    def __init__(self, *args, revision: Revision, sides: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.revision, self.sides = revision, sides
        self.saved = {
            str(total.partner_id or sides[0][0]): total for total in revision.stated_totals.all()
        }
        for key, name in sides:
            self._add_side(key, name)

    def _add_side(self, key: str, name: str) -> None:
        saved = self.saved.get(key)
        self.fields[f"amount_{key}"] = AmountFormField(
            label=_("Stated total from %(name)s, kr") % {"name": name},
            min_value=0,
            required=False,
            initial=saved and saved.amount,
        )
        self.fields[f"label_{key}"] = forms.CharField(
            label=_("Printed as"),
            max_length=200,
            required=False,
            initial=saved.label if saved else "",
        )

    def row_behind(self, name: str) -> StatedTotal | None:
        return self.saved.get(name.partition("_")[2])

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The amount and the label of each side, for the page."""
        return [(self[f"amount_{key}"], self[f"label_{key}"]) for key, _name in self.sides]

    def totals(self) -> list[StatedTotal]:
        """The stated totals to save."""
        totals = []
        for index, (key, _name) in enumerate(self.sides):
            amount = self.cleaned_data[f"amount_{key}"]
            if amount is None:
                continue
            total = self.saved.get(key) or StatedTotal(
                party=Party.PARTNER if index else Party.MUNICIPALITY,
                partner_id=int(key) if index else None,
            )
            total.amount, total.label = amount, self.cleaned_data[f"label_{key}"]
            totals.append(total)
        return totals
