"""The meeting, who is there, its agenda as laid down, and which memo an officer wants on it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.rules import MinutesRules
from memos.models import Memo
from organisations.models import Committee, Municipality
from partnerships.dates.bounds import moved

ADJUSTED_WITHIN = 14  # days; the local government act (2017:725), 5:69


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The meetings of the committees where one of the user's roles may see them."""
        return self.filter(committee__in=user.committees_where("meetings.view_meeting"))

    def to_come(self, today: date):
        """Meetings that have not been held, soonest first."""
        return self.filter(state__in=OPEN, held_on__gte=today).order_by("held_on", "pk")


class Meeting(models.Model):
    """A committee's meeting. (Swedish: sammanträde)

    It is planned, called, held, and its minutes are adjusted; from then on the database refuses to
    change it and all that was said there. Times are null where they are not known.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("being planned")
        CALLED = "called", _("called")
        HELD = "held", _("held")
        ADJUSTED = "adjusted", _("minutes adjusted")
        CANCELLED = "cancelled", _("cancelled")

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee")
    )
    held_on = models.DateField(_("day"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.PLANNED, editable=False
    )

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "held_on", "begins_at"],
                name="committee_meets_once_at_a_time",
                violation_error_message=_("The committee already has a meeting at that time."),
            ),
            models.UniqueConstraint(
                fields=["committee", "held_on"],
                condition=Q(begins_at__isnull=True),
                name="committee_meets_once_on_a_day_without_a_time",
                violation_error_message=_("The committee already has a meeting on that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(begins_at__isnull=True)
                | Q(ends_at__gt=F("begins_at")),
                name="meeting_begins_before_it_ends",
                violation_error_message=_("The meeting ends after it begins. Change the times."),
            ),
        ]
        indexes = [models.Index(fields=["committee", "held_on"], name="meeting_by_committee_day")]

    def __str__(self):
        return f"{capfirst(self.committee.name)} {self.held_on.isoformat()}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """The municipality that the committee belongs to."""
        return self.committee.municipality

    @property
    def rules(self) -> MinutesRules:
        """What the municipality had laid down about minutes on the day of the meeting."""
        return MinutesRules.of(self.committee, self.held_on)

    @property
    def is_adjusted(self) -> bool:
        """Are all its minutes adjusted?"""
        return self.state == self.State.ADJUSTED

    @property
    def is_open(self) -> bool:
        """Is it still to come?"""
        return self.state in OPEN

    @property
    def takes_items(self) -> bool:
        """Can matters still be put on its agenda? Late ones are taken up at the meeting itself."""
        return self.is_open or self.state == self.State.HELD

    @property
    def adjust_by(self) -> date:
        """The last day to adjust the minutes."""
        return moved(self.held_on, days=ADJUSTED_WITHIN)

    @property
    def hours(self) -> str:
        """From when to when, as far as it is known: `08:15–10:40`."""
        known = [(time and time.strftime("%H:%M")) or "" for time in (self.begins_at, self.ends_at)]
        return "–".join(known) if known[1] else known[0]


OPEN = {Meeting.State.PLANNED, Meeting.State.CALLED}


class Attendee(models.Model):
    """Somebody who is called to a meeting, there or not. (Swedish: ledamot, ersättare, tjänsteperson)"""

    class Function(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice chair")
        MEMBER = "member", _("member")
        SUBSTITUTE = "substitute", _("substitute")
        SECRETARY = "secretary", _("secretary")
        OFFICIAL = "official", _("official")

    class Presence(models.TextChoices):
        DECIDING = "deciding", _("decides")
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent from the meeting")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendees", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("name"), max_length=150)
    party = models.CharField(_("party or title"), max_length=100, blank=True)
    function = models.CharField(
        _("function"), max_length=10, choices=Function, default=Function.MEMBER
    )
    presence = models.CharField(
        _("presence"), max_length=8, choices=Presence, default=Presence.DECIDING
    )
    is_adjuster = models.BooleanField(_("adjusts the minutes"), default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name", "party"], name="attendee_is_listed_once"
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(function="chair"), name="meeting_has_one_chair"
            ),
            models.CheckConstraint(
                condition=~Q(presence="deciding")
                | Q(function__in=["chair", "vice_chair", "member", "substitute"]),
                name="only_the_elected_decide",
            ),
            models.CheckConstraint(
                condition=Q(is_adjuster=False) | (Q(presence="deciding") & ~Q(function="chair")),
                name="adjuster_took_part_and_is_not_the_chair",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.party})" if self.party and self.is_elected else self.name

    @property
    def is_elected(self) -> bool:
        """Are they there for a party, and not as staff?"""
        return self.function not in {self.Function.SECRETARY, self.Function.OFFICIAL}

    @property
    def is_deciding(self) -> bool:
        """Do they take part in the decisions?"""
        return self.presence == self.Presence.DECIDING


class Agenda(models.Model):
    """The agenda as it was laid down; the database refuses to change it. (Swedish: kallelse)"""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="agendas", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    issued_at = models.DateTimeField(_("sent out at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="issued_agendas",
        verbose_name=_("sent out by"),
    )
    pdf = models.FileField(_("PDF as sent out"), upload_to="agendas/")
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)

    history = HistoricalRecords()

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="meeting_has_each_agenda_once"
            ),
            models.CheckConstraint(
                condition=~Q(pdf="") & ~Q(pdf_sha256=""), name="agenda_keeps_its_pdf"
            ),
        ]

    def __str__(self):
        return f"{self.meeting}, {self.number}"

    def read_pdf(self) -> bytes:
        """The PDF that was laid down, byte for byte."""
        with self.pdf.open("rb") as file:
            return file.read()


class MeetingRequest(models.Model):
    """That an officer wants a submitted memo on the agenda of a meeting; the secretary decides."""

    memo = models.OneToOneField(
        Memo, models.CASCADE, related_name="meeting_request", verbose_name=_("memo")
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="requests", verbose_name=_("meeting")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="meeting_requests",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["meeting", "asked_at", "pk"]
        verbose_name = _("wish for a meeting")
        verbose_name_plural = _("wishes for meetings")

    def __str__(self):
        return f"{self.memo}: {self.meeting}"
