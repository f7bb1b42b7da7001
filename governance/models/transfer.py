"""Municipal services that civil society took over."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.activity import ActionPlanActivity
from governance.models.document import GoverningDocument
from organisations.models import Committee, InMunicipalityQuerySet, Municipality, Partner
from partnerships.dates import ApproximateDateField
from partnerships.money import AmountField
from partnerships.search import SearchKeyField, SortKeyField, search_words


class ServiceTransferQuerySet(InMunicipalityQuerySet):
    def matching(self, text: str):
        """Every word of the text is in the transfer's own words or in a name of a recipient."""
        transfers = self
        for word in search_words(text):
            receiving = ServiceTransfer.objects.filter(
                arrangements__partner__in=Partner.objects.matching(word)
            )
            transfers = transfers.filter(
                Q(search_key__contains=word) | Q(pk__in=receiving.values("pk"))
            )
        return transfers


class ServiceTransfer(models.Model):
    """A municipal service that civil society took over.

    (Swedish: avknoppning, avveckling eller överlåtelse av kommunal verksamhet; the word that the
    source uses is kept in `label`.)
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="transfers", verbose_name=_("municipality")
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("What it is known as, for example Kooperatörshuset.")
    )
    label = models.CharField(
        _("the source's word for it"),
        max_length=60,
        help_text=_("As the source has it: avknoppning, avveckling, överlåtelse."),
    )
    service = models.CharField(
        _("municipal service"),
        max_length=300,
        help_text=_("The service or unit that the municipality wound up."),
    )
    decided_by = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("decided by"),
    )
    transferred_on = ApproximateDateField(
        _("transferred"),
        earliest_field="transferred_earliest",
        latest_field="transferred_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source: 2015-04-01, april 2015, våren 2015 or 2015."),
    )
    transferred_earliest = models.DateField(null=True, editable=False)
    transferred_latest = models.DateField(null=True, editable=False)
    activity = models.ForeignKey(
        ActionPlanActivity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("carries out the activity"),
    )
    former_funding = models.CharField(
        _("funding before"),
        max_length=200,
        blank=True,
        help_text=_("In the source's word, for example nämndbidrag."),
    )
    former_amount = AmountField(
        _("amount per year before, kr"),
        null=True,
        blank=True,
        help_text=_("Empty when it is not known."),
    )
    new_funding = models.CharField(
        _("funding after"),
        max_length=200,
        blank=True,
        help_text=_("In the source's word, for example föreningsbidrag."),
    )
    new_amount = AmountField(
        _("amount per year after, kr"),
        null=True,
        blank=True,
        help_text=_("Empty when it is not known."),
    )
    description = models.TextField(
        _("what happened"), blank=True, help_text=_("A blank line begins a new paragraph.")
    )
    web_address = models.URLField(_("web address"), blank=True)
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("Where the facts are from, and what the source leaves open."),
    )
    search_key = SearchKeyField(of=("name", "label", "service"))
    sort_key = SortKeyField(of=("name",))

    objects = ServiceTransferQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("transfer of a service")
        verbose_name_plural = _("transfers of services")
        indexes = [
            models.Index(
                fields=["municipality", "sort_key", "id"], name="transfer_by_municipality_name"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(former_amount__isnull=True) | Q(former_amount__gte=0),
                name="amount_before_a_transfer_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(new_amount__isnull=True) | Q(new_amount__gte=0),
                name="amount_after_a_transfer_is_not_negative",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("governance:transfer_detail", args=[self.pk])

    @property
    def documents(self) -> list[GoverningDocument]:
        """The document whose activity it carries out, after those that this one follows from."""
        if self.activity is None:
            return []
        return [*self.activity.document.ancestors, self.activity.document]

    @property
    def freed_amount(self) -> Decimal | None:
        """Amount before less amount after, in SEK per year; None when either is not known."""
        if self.former_amount is None or self.new_amount is None:
            return None
        return self.former_amount - self.new_amount

    @property
    def partners(self) -> list[Partner]:
        """The partners of its arrangements, each once, in order."""
        named = [arrangement.partner for arrangement in self.arrangements.all()]
        return list(dict.fromkeys(partner for partner in named if partner))

    @property
    def counts(self) -> list[int] | None:
        """How many each arrangement is for; None when that is not known of all of them."""
        counts = [arrangement.count for arrangement in self.arrangements.all()]
        return [count for count in counts if count] if counts and all(counts) else None

    @property
    def recipient_count(self) -> int | None:
        """How many the arrangements are for together; None when it is not known."""
        return None if self.counts is None else sum(self.counts)
