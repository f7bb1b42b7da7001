"""What the meeting left behind, never changed: minutes and extracts; their notice; letters."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.appeal import last_day_of_appeal
from meetings.models.decision import DecisionRecipient
from meetings.models.item import AgendaItem
from meetings.models.meeting import Meeting
from partnerships.dates.bounds import moved
from partnerships.sending import GIVEN_UP_AFTER

NOTICE_WITHIN = 2  # days; the local government act (2017:725), 8:12


class Issued(models.Model):
    """A document as it was issued: as data, as PDF and the PDF's checksum."""

    content = models.JSONField(_("content"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    pdf = models.FileField(_("PDF as issued"), upload_to="minutes/")
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)

    class Meta:
        abstract = True

    def read_pdf(self) -> bytes:
        """The PDF that was issued, byte for byte."""
        with self.pdf.open("rb") as file:
            return file.read()


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The minutes of the meetings that the user may see: all that exist are adjusted."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Minutes(Issued):
    """Adjusted minutes: of the whole meeting, or of items that were adjusted at once.

    (Swedish: protokoll, omedelbart justerade paragrafer)
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting")
    )
    is_immediate = models.BooleanField(_("adjusted at once"), default=False)
    adjusted_on = models.DateField(_("adjusted on"))
    adjusted_at_place = models.CharField(_("adjusted at"), max_length=200, blank=True)

    objects = MinutesQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        ordering = ["meeting", "issued_at", "pk"]
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(is_immediate=False),
                name="meeting_is_adjusted_as_a_whole_once",
            ),
            models.CheckConstraint(
                condition=~Q(pdf="") & ~Q(pdf_sha256=""), name="minutes_keep_their_pdf"
            ),
        ]

    def __str__(self):
        return f"{self.meeting} {self.paragraphs}"

    def get_absolute_url(self):
        return reverse("meetings:minutes_pdf", args=[self.pk])

    @property
    def committee_id(self) -> int:
        """The committee whose minutes they are."""
        return self.meeting.committee_id

    @property
    def paragraphs(self) -> str:
        """Which §§ they hold: `§ 149`, or `§§ 148–150`."""
        return str(self.content["paragraphs"])

    @property
    def post_by(self) -> date:
        """The last day to tell of the adjustment on the notice board."""
        return moved(self.adjusted_on, days=NOTICE_WITHIN)


class Extract(Issued):
    """One § of the minutes, to be sent to those it concerns. (Swedish: protokollsutdrag)"""

    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="extract", verbose_name=_("item")
    )

    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        ordering = ["item"]
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(pdf="") & ~Q(pdf_sha256=""), name="extract_keeps_its_pdf"
            ),
        ]

    def __str__(self):
        return str(self.item)


class Notice(models.Model):
    """That the adjustment was told of on the municipality's notice board. (Swedish: anslag)

    The last day of appeal follows from the law; where the portal is wrong, `appeal_until` says what
    applies instead, and why.
    """

    minutes = models.OneToOneField(
        Minutes, models.CASCADE, related_name="notice", verbose_name=_("minutes")
    )
    posted_on = models.DateField(_("posted on"))
    taken_down_on = models.DateField(_("taken down on"), null=True, blank=True)
    kept_at = models.CharField(_("where the minutes are kept"), max_length=200, blank=True)
    appeal_until = models.DateField(
        _("another last day of appeal"),
        null=True,
        blank=True,
        help_text=_("Empty: three weeks from the posting, and the next working day."),
    )
    appeal_reason = models.CharField(_("why another day"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(appeal_until__isnull=True, appeal_reason="")
                | Q(appeal_until__isnull=False) & ~Q(appeal_reason=""),
                name="another_last_day_of_appeal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(appeal_until__isnull=True) | Q(appeal_until__gte=F("posted_on")),
                name="appeal_ends_after_the_posting",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=F("posted_on")),
                name="notice_is_taken_down_after_it_is_posted",
            ),
        ]

    def __str__(self):
        return gettext("Notice of %(minutes)s") % {"minutes": self.minutes}

    @property
    def computed_last_day(self) -> date:
        """The last day of appeal by the calendar."""
        return last_day_of_appeal(self.posted_on)

    @property
    def last_day_of_appeal(self) -> date:
        """The last day of appeal that applies."""
        return self.appeal_until or self.computed_last_day

    @property
    def take_down_on(self) -> date:
        """The first day on which the notice may be taken down."""
        return moved(self.last_day_of_appeal, days=1)


class DispatchLetter(models.Model):
    """The extract on its way to one address: written first, sent after, and never written twice."""

    recipient = models.ForeignKey(
        DecisionRecipient,
        models.PROTECT,
        related_name="letters",
        verbose_name=_("recipient"),
    )
    extract = models.ForeignKey(
        Extract, models.PROTECT, related_name="letters", verbose_name=_("extract")
    )
    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="dispatch_letters",
        verbose_name=_("written by"),
    )
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["text"])

    class Meta:
        ordering = ["recipient", "address"]
        verbose_name = _("letter with an extract")
        verbose_name_plural = _("letters with extracts")
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "address"], name="address_gets_an_extract_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["written_at"],
                condition=Q(sent_at__isnull=True),
                name="extract_not_sent_yet",
            ),
        ]

    def __str__(self):
        return self.address

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that a mail server tells a second one from a new letter."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        return f"<extract-{self.extract_id}-{self.pk}-{int(self.written_at.timestamp())}@{domain}>"

    @property
    def is_given_up(self) -> bool:
        """Was it tried for a week, and the mail server never took it?"""
        if self.sent_at or not self.tried_at:
            return False
        return self.tried_at >= self.written_at + GIVEN_UP_AFTER
