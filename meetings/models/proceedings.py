"""What the members did on an item: motions, votes, reservations, notes, abstentions, recusals."""

from collections import Counter

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.item import AgendaItem
from meetings.models.meeting import Attendee


class ItemRow(models.Model):
    """A row in one of an item's ordered lists."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return str(getattr(self, "member", "")) or str(self.pk)


class Motion(ItemRow):
    """What a member moves at the meeting. (Swedish: yrkande; not a motion in the council)"""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("approval of the proposal")
        REJECTION = "rejection", _("rejection of the proposal")
        CHANGE = "change", _("a change of the proposal")
        ADDITION = "addition", _("an addition to the proposal")
        REFERRAL = "referral", _("referral back")
        TABLING = "tabling", _("tabling")

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="motions", verbose_name=_("item")
    )
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="motions", verbose_name=_("moved by")
    )
    kind = models.CharField(_("moves"), max_length=9, choices=Kind)
    text = models.TextField(
        _("wording"), blank=True, help_text=_("What is to be changed or added, word for word.")
    )

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["change", "addition"]) | ~Q(text=""),
                name="motion_to_change_says_what",
                violation_error_message=_("Write what is to be changed or added."),
            ),
        ]


class Reservation(ItemRow):
    """A member's formal dissent from the decision. (Swedish: reservation)"""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="reservations", verbose_name=_("item")
    )
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="reservations", verbose_name=_("member")
    )
    text = models.TextField(_("grounds"), blank=True)
    was_announced = models.BooleanField(
        _("announced before the meeting ended"),
        help_text=_("Otherwise it is no reservation (the local government act, 4:27)."),
    )

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member"], name="member_reserves_once_on_an_item"
            ),
            models.CheckConstraint(
                condition=Q(was_announced=True),
                name="reservation_was_announced_before_the_end",
                violation_error_message=_(
                    "A reservation is announced before the meeting ends. Tick that it was, or write a note."
                ),
            ),
        ]


class ProtocolNote(ItemRow):
    """What a member wants in the minutes; it decides nothing. (Swedish: protokollsanteckning)"""

    class Kind(models.TextChoices):
        NOTE = "note", _("protocol note")
        STATEMENT = "statement", _("special statement")

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="notes", verbose_name=_("item")
    )
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="notes", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("text"), help_text=_("Word for word, with its quotation marks."))

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("protocol note")
        verbose_name_plural = _("protocol notes")


class Abstention(ItemRow):
    """That a member takes no part in the decision. (Swedish: deltar ej i beslutet)"""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="abstentions", verbose_name=_("item")
    )
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="abstentions", verbose_name=_("member")
    )

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("abstention")
        verbose_name_plural = _("abstentions")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member"], name="member_abstains_once_on_an_item"
            ),
        ]


class Recusal(ItemRow):
    """That somebody is biased and leaves while the item is dealt with. (Swedish: jäv)"""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="recusals", verbose_name=_("item")
    )
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="recusals", verbose_name=_("who is biased")
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("For example: sits on the association's board.")
    )

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member"], name="member_is_recused_once_on_an_item"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_says_why"),
        ]


class Vote(ItemRow):
    """A vote by name. (Swedish: votering)

    What yes and no mean is put by the chair. On a tie the chair's vote decides.
    """

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="votes", verbose_name=_("item")
    )
    yes_means = models.CharField(_("yes is a vote for"), max_length=300)
    no_means = models.CharField(_("no is a vote for"), max_length=300)

    history = HistoricalRecords()

    class Meta(ItemRow.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(yes_means="") & ~Q(no_means=""), name="vote_says_what_yes_and_no_mean"
            ),
        ]

    def __str__(self):
        return f"{self.yes_means} / {self.no_means}"

    @property
    def counts(self) -> Counter[str]:
        """How many voted what."""
        return Counter(ballot.choice for ballot in self.ballots.all())

    @property
    def carried(self) -> bool | None:
        """Did yes win? None when there is a tie and the chair did not vote either way."""
        counts = self.counts
        yes, no = counts[Ballot.Choice.YES], counts[Ballot.Choice.NO]
        if yes != no:
            return yes > no
        voted = {ballot.member.function: ballot.choice for ballot in self.ballots.all()}
        chair = voted.get(Attendee.Function.CHAIR)
        decides = chair in {Ballot.Choice.YES, Ballot.Choice.NO}
        return chair == Ballot.Choice.YES if decides else None


class Ballot(models.Model):
    """How a member voted. (Swedish: rad i voteringslistan)"""

    class Choice(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ABSTAINS = "abstains", _("abstains")
        ABSENT = "absent", _("absent")

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots", verbose_name=_("vote"))
    member = models.ForeignKey(
        Attendee, models.PROTECT, related_name="ballots", verbose_name=_("member")
    )
    choice = models.CharField(_("voted"), max_length=8, choices=Choice)

    history = HistoricalRecords()

    class Meta:
        ordering = ["vote", "member__position", "pk"]
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["vote", "member"], name="member_votes_once"),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_choice_display()}"
