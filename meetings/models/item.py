"""The items of a meeting: on the agenda first, a § of the minutes in the end."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from meetings.models.meeting import Meeting
from memos.models import Memo, MemoVersion
from organisations.models import Committee


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is adjusted where a role may see meetings; the rest where it may read drafts."""
        return self.filter(
            Q(committee__in=user.committees_where("meetings.view_meeting"), minutes__isnull=False)
            | Q(committee__in=user.committees_where("meetings.view_draft_minutes"))
        )

    def with_everything(self):
        """The items with all that their document prints."""
        return self.select_related(
            "meeting__committee__municipality",
            "memo_version__memo__committee__municipality",
            "decision",
            "extract",
            "minutes",
        ).prefetch_related(
            "agreements",
            "meeting__attendees",
            "motions__member",
            "votes__ballots__member",
            "reservations__member",
            "notes__member",
            "abstentions__member",
            "recusals__member",
            "decision__points",
            "decision__conditions",
            "decision__effects__agreement",
            "decision__recipients",
        )


class AgendaItem(models.Model):
    """A matter on a committee's agenda, and a § of its minutes. (Swedish: ärende, paragraf)

    `number` is given when the minutes are written, and is unique for the committee and the year,
    which are those of the meeting. Once `minutes` says where it was adjusted, the database refuses
    to change it and everything under it.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting")
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        editable=False,
        related_name="agenda_items",
        verbose_name=_("committee"),
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    position = models.PositiveSmallIntegerField(_("place on the agenda"), default=1)
    number = models.PositiveIntegerField(_("§"), null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    memo_version = models.ForeignKey(
        MemoVersion,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="agenda_items",
        verbose_name=_("submitted version of the memo"),
    )
    agreements = models.ManyToManyField(
        Agreement,
        through="ItemAgreement",
        related_name="agenda_items",
        verbose_name=_("agreements"),
    )
    case_text = models.TextField(
        _("the matter"),
        blank=True,
        help_text=_("Empty: the memo's own words are printed, as they were submitted."),
    )
    is_answered = models.BooleanField(
        _("the interpellation is answered"), default=False, editable=False
    )
    minutes = models.ForeignKey(
        "Minutes",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="adjusted_items",
        verbose_name=_("adjusted in"),
    )

    objects = AgendaItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year", "number"],
                condition=Q(number__isnull=False),
                name="paragraph_is_unique_for_committee_and_year",
            ),
            models.UniqueConstraint(
                fields=["meeting", "memo_version"],
                condition=Q(memo_version__isnull=False),
                name="memo_is_on_an_agenda_once",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1),
                name="paragraphs_count_from_one",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(number__isnull=False),
                name="adjusted_item_has_its_paragraph",
            ),
        ]

    def __str__(self):
        return f"§ {self.number} {self.title}" if self.number else self.title

    def get_absolute_url(self):
        return reverse("meetings:item_detail", args=[self.pk])

    @property
    def memo(self) -> Memo | None:
        """The memo that the item handles; None for an item without."""
        return self.memo_version.memo if self.memo_version else None

    @property
    def proposed_points(self) -> list[str]:
        """The points of the memo's proposal."""
        return self.memo_version.points if self.memo_version else []

    @property
    def is_adjusted(self) -> bool:
        """Does nobody change it any more?"""
        return self.minutes_id is not None

    @property
    def is_concluded(self) -> bool:
        """Has the meeting dealt with it?"""
        return self.is_answered or getattr(self, "decision", None) is not None


class ItemAgreement(models.Model):
    """An agreement that the matter is about."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="item_agreements", verbose_name=_("item")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="item_agreements", verbose_name=_("agreement")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = _("agreement of an item")
        verbose_name_plural = _("agreements of items")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "agreement"], name="agreement_is_named_once_in_an_item"
            ),
        ]

    def __str__(self):
        return str(self.agreement)
