"""What was decided on an item, under which conditions, and what it does in the agreements."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Revision, Termination
from meetings.models.item import AgendaItem
from memos.models import Memo


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The decisions on items that the user may read."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user))


class Decision(models.Model):
    """What the committee decided on one item. (Swedish: beslut)

    It may bind several agreements, and takes effect in them when it is recorded. An answer to an
    interpellation is none.
    """

    class Outcome(models.TextChoices):
        DECIDED = "decided", _("a decision")
        NOTED = "noted", _("information noted")
        REFERRED_BACK = "referred_back", _("referral back")
        TABLED = "tabled", _("tabling")

    class Order(models.TextChoices):
        ONLY_ONE = "only_one", _("there is only one proposal")
        SEVERAL = "several", _("several proposals, found without a vote")
        VOTE = "vote", _("a vote was called for")

    item = models.OneToOneField(
        AgendaItem, models.CASCADE, related_name="decision", verbose_name=_("item")
    )
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome)
    order = models.CharField(
        _("order of proposals"), max_length=8, choices=Order, default=Order.ONLY_ONE
    )
    proposed_by = models.CharField(
        _("whose proposal"),
        max_length=150,
        blank=True,
        help_text=_("For example Kommunledningsförvaltningen."),
    )
    order_text = models.TextField(
        _("the order in words"),
        blank=True,
        help_text=_("Empty when there is only one proposal: the sentence is written for you."),
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recorded_decisions",
        verbose_name=_("recorded by"),
    )

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-item__meeting__held_on", "item__number", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(order_text=""), name="decision_says_the_order_of_proposals"
            ),
        ]

    def __str__(self):
        return str(self.item)

    def get_absolute_url(self):
        return self.item.get_absolute_url()

    @property
    def settles(self) -> bool:
        """Is the matter settled by it, and not put off?"""
        return self.outcome in {self.Outcome.DECIDED, self.Outcome.NOTED}

    @property
    def memo_state(self) -> str:
        """The state that it brings the memo to."""
        put_off = {"referred_back": Memo.State.REFERRED_BACK, "tabled": Memo.State.TABLED}
        return put_off.get(self.outcome, Memo.State.DECIDED)


class DecisionRow(models.Model):
    """A row in one of a decision's ordered lists."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class DecisionPoint(DecisionRow):
    """One point of the decision. `proposed` is the point of the memo that it was made from."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="points", verbose_name=_("decision")
    )
    text = models.TextField(_("point"))
    proposed = models.TextField(_("as the memo proposed it"), blank=True)

    history = HistoricalRecords()

    class Meta(DecisionRow.Meta):
        verbose_name = _("point of a decision")
        verbose_name_plural = _("points of decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_point_says_something"),
        ]

    def __str__(self):
        return self.text


class DecisionConditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The conditions of decisions that the user may read."""
        return self.filter(decision__in=Decision.objects.visible_to(user))


class DecisionCondition(DecisionRow):
    """What the decision asks for, and when somebody looks whether it was done. (Swedish: villkor)"""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="conditions", verbose_name=_("decision")
    )
    text = models.TextField(_("condition"))
    check_on = models.DateField(_("to be checked on"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checked_conditions",
        verbose_name=_("checked by"),
    )
    finding = models.TextField(_("what was found"), blank=True)

    objects = DecisionConditionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(DecisionRow.Meta):
        verbose_name = _("condition of a decision")
        verbose_name_plural = _("conditions of decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True, finding="")
                | Q(checked_on__isnull=False, checked_by__isnull=False) & ~Q(finding=""),
                name="checked_condition_says_who_and_what",
            ),
        ]
        indexes = [
            models.Index(
                fields=["check_on"],
                condition=Q(checked_on__isnull=True),
                name="condition_not_checked",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def committee_id(self) -> int:
        """The committee that decided it."""
        return self.decision.item.committee_id


class DecisionEffect(models.Model):
    """What the decision does in one agreement, done when it was recorded. (Swedish: verkan)"""

    class Kind(models.TextChoices):
        REVISION = "revision", _("a draft revision is decided")
        TERMINATION = "termination", _("the agreement, or a part of it, is terminated")
        NOTED = "noted", _("information or a report is noted")

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="effects", verbose_name=_("decision")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="decision_effects", verbose_name=_("agreement")
    )
    kind = models.CharField(_("effect"), max_length=11, choices=Kind)
    revision = models.OneToOneField(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision_effect",
        verbose_name=_("revision"),
    )
    termination = models.OneToOneField(
        Termination,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision_effect",
        verbose_name=_("termination"),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["decision", "pk"]
        verbose_name = _("effect of a decision")
        verbose_name_plural = _("effects of decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "agreement"], name="decision_has_one_effect_in_an_agreement"
            ),
            models.CheckConstraint(
                condition=Q(kind="revision", revision__isnull=False, termination__isnull=True)
                | Q(kind="termination", revision__isnull=True, termination__isnull=False)
                | Q(kind="noted", revision__isnull=True, termination__isnull=True),
                name="effect_names_what_it_did",
            ),
        ]

    def __str__(self):
        return f"{self.agreement}: {self.get_kind_display()}"


class DecisionRecipient(DecisionRow):
    """Somebody the extract is sent to: a function and a person, a function, or a group.

    What is printed is frozen with the extract; on paper, and when it was handed over, is not.
    """

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="recipients", verbose_name=_("decision")
    )
    function = models.CharField(_("function or group"), max_length=200)
    name = models.CharField(_("person or organisation"), max_length=200, blank=True)
    handed_over_on = models.DateField(_("paper handed over on"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_over_extracts",
        verbose_name=_("paper handed over by"),
    )

    history = HistoricalRecords()

    class Meta(DecisionRow.Meta):
        verbose_name = _("recipient of a decision")
        verbose_name_plural = _("recipients of decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True, handed_over_by__isnull=True)
                | Q(handed_over_on__isnull=False, handed_over_by__isnull=False),
                name="paper_handed_over_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.function}, {self.name}" if self.name else self.function

    @property
    def is_done(self) -> bool:
        """Has it the extract: on paper, or at every address that was given?"""
        letters = list(self.letters.all())
        return bool(self.handed_over_on) or (bool(letters) and all(row.sent_at for row in letters))
