"""What became of those whom a transferred service was for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from governance.models.transfer import ServiceTransfer
from organisations.models import Partner
from partnerships.dates import ApproximateDate, ApproximateDateField
from partnerships.dates.arithmetic import months_after


class Arrangement(models.Model):
    """What became of one or several of those whom the service was for."""

    transfer = models.ForeignKey(
        ServiceTransfer,
        models.CASCADE,
        related_name="arrangements",
        verbose_name=_("transfer of a service"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    count = models.PositiveSmallIntegerField(
        _("how many"), null=True, blank=True, help_text=_("Empty when it is not known.")
    )
    recipients = models.CharField(
        _("who"), max_length=100, help_text=_("In one word or two, for example kooperativ.")
    )
    description = models.TextField(_("what happened"))
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="arrangements",
        verbose_name=_("partner"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="arrangements",
        verbose_name=_("agreement"),
    )
    post_share = models.DecimalField(
        _("share of a post"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    months = models.PositiveSmallIntegerField(_("financed for, months"), null=True, blank=True)
    starts_on = ApproximateDateField(
        _("starts"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    review_on = ApproximateDateField(
        _("to be reviewed"),
        earliest_field="review_earliest",
        latest_field="review_latest",
        null=True,
        blank=True,
        help_text=_("Empty when no date is stated: the portal then adds the months to the start."),
    )
    review_earliest = models.DateField(null=True, editable=False)
    review_latest = models.DateField(null=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gte=1),
                name="arrangement_is_for_at_least_one",
            ),
            models.CheckConstraint(
                condition=Q(post_share__isnull=True) | Q(post_share__gt=0),
                name="share_of_a_post_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gte=1),
                name="arrangement_is_financed_for_at_least_a_month",
            ),
            models.CheckConstraint(
                condition=Q(starts_earliest__isnull=True)
                | Q(review_latest__isnull=True)
                | Q(review_latest__gte=F("starts_earliest")),
                name="arrangement_starts_before_its_review",
            ),
        ]

    def __str__(self):
        return f"{self.count} {self.recipients}" if self.count else self.recipients

    @property
    def review(self) -> ApproximateDate | None:
        """When it is reviewed: as stated, else as computed; None when neither can be said."""
        return self.review_on or self.computed_review

    @property
    def computed_review(self) -> ApproximateDate | None:
        """The start and the months that it is financed for, added; None when they cannot be."""
        if self.starts_on is None or self.months is None:
            return None
        return months_after(self.starts_on, self.months)
