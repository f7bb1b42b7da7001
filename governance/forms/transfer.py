"""A transfer of a service, its arrangements and its outcomes."""

from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement
from governance.forms.fields import AgreementField, WholeNumberField
from governance.forms.rows import rows_formset
from governance.models import ActionPlanActivity, Arrangement, Outcome, ServiceTransfer
from organisations.fields import PartnerField
from organisations.models import Committee
from partnerships.editing import BaseInlineFormSet, ModelForm
from partnerships.money import AmountFormField, ShareFormField

LONGEST_CHOICE = 110  # characters


class ServiceTransferForm(ModelForm):
    """Which service it was, who decided, and how it was financed before and after."""

    former_amount = AmountFormField(
        label=_("Amount per year before, kr"),
        min_value=0,
        required=False,
        help_text=_("Empty when it is not known."),
    )
    new_amount = AmountFormField(
        label=_("Amount per year after, kr"),
        min_value=0,
        required=False,
        help_text=_("Empty when it is not known."),
    )
    web_address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = ServiceTransfer
        fields = [
            "name",
            "label",
            "service",
            "decided_by",
            "transferred_on",
            "activity",
            "former_funding",
            "former_amount",
            "new_funding",
            "new_amount",
            "description",
            "web_address",
            "note",
        ]
        widgets = {
            "description": forms.Textarea({"rows": 6}),
            "note": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        municipality = self.instance.municipality
        self.fields["decided_by"].queryset = Committee.objects.filter(municipality=municipality)
        self.fields["decided_by"].empty_label = _("not known")
        activities = ActionPlanActivity.objects.filter(document__municipality=municipality)
        self.fields["activity"].queryset = activities.select_related("document")
        self.fields["activity"].empty_label = _("no activity")
        self.fields["activity"].label_from_instance = activity_in_full


def activity_in_full(activity: ActionPlanActivity) -> str:
    """The activity with its document, short enough for a choice."""
    full = f"{activity.document}: {activity.heading} – {activity.text}"
    return Truncator(full).chars(LONGEST_CHOICE)


class ArrangementForm(ModelForm):
    """What became of one or several of those whom the service was for."""

    names_hidden_agreement = False

    count = WholeNumberField(label=_("How many"), help_text=_("Empty when it is not known."))
    partner = PartnerField(
        label=_("Partner"),
        required=False,
        max_length=220,
        help_text=_("A name or an organisation number, if a partner is concerned."),
    )
    agreement = AgreementField(
        label=_("Agreement"), help_text=_("Its name or diary number, if there is one.")
    )
    post_share = ShareFormField(
        label=_("Share of a post, %"),
        min_value=Decimal("0.0001"),
        max_digits=5,
        decimal_places=4,
        required=False,
        error_messages={"min_value": _("Write a share above zero, or leave the box empty.")},
    )
    months = WholeNumberField(
        label=_("Financed for, months"), help_text=_("One and a half years are 18.")
    )

    class Meta:
        model = Arrangement
        fields = [
            "count",
            "recipients",
            "description",
            "partner",
            "agreement",
            "post_share",
            "months",
            "starts_on",
            "review_on",
        ]
        widgets = {"description": forms.Textarea({"rows": 3})}

    def __init__(
        self, *args, agreements: QuerySet[Agreement], named: dict[int, Agreement], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].agreements = agreements
        if self.instance.partner:
            self.initial["partner"] = PartnerField.label_of(self.instance.partner)
        if self.instance.agreement_id:
            self._show_agreement(named.get(self.instance.agreement_id))

    def _show_agreement(self, agreement: Agreement | None) -> None:
        """An agreement that the user may not read is neither shown nor changed."""
        self.names_hidden_agreement = agreement is None
        if agreement is None:
            del self.fields["agreement"]
        else:
            self.initial["agreement"] = AgreementField.label_of(agreement)

    def clean(self):
        cleaned = super().clean()
        starts, review = cleaned.get("starts_on"), cleaned.get("review_on")
        if starts and review and review.latest < starts.earliest:
            self.add_error(
                "review_on",
                _(
                    "It would be reviewed %(review)s, before it starts (%(start)s). Change one of the dates."
                )
                % {"review": review, "start": starts},
            )
        return cleaned


class BaseArrangementFormSet(BaseInlineFormSet):
    """The transfer's arrangements, with the agreements that the user may name in them."""

    def __init__(self, data=None, *, instance: ServiceTransfer, user: User, prefix: str):
        self.agreements = Agreement.objects.visible_to(user).filter(
            committee__municipality=instance.municipality
        )
        self.named = self._named_already(instance) if instance.pk else {}
        super().__init__(
            data,
            instance=instance,
            prefix=prefix,
            queryset=Arrangement.objects.select_related("partner"),
        )

    def _named_already(self, transfer: ServiceTransfer) -> dict[int, Agreement]:
        named = self.agreements.filter(arrangements__transfer=transfer)
        return named.prefetch_related("parties__partner").in_bulk()

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return {**kwargs, "agreements": self.agreements, "named": self.named}


ArrangementFormSet = rows_formset(
    ServiceTransfer,
    Arrangement,
    form=ArrangementForm,
    formset=BaseArrangementFormSet,
)
OutcomeFormSet = rows_formset(
    ServiceTransfer,
    Outcome,
    fields=["sign", "text", "said_by"],
    widgets={"text": forms.Textarea({"rows": 2})},
)
