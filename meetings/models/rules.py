"""What a municipality has laid down about its minutes, from a day on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import Committee, Municipality
from organisations.models.reference import Dated, DatedQuerySet, valid_until_a_later_day

MOST_ADJUSTERS = 6
FILLED_IN = ("proposal_of", "committee")
ONLY_PROPOSAL = (
    "Ordföranden konstaterar att det endast finns ett förslag till beslut{whose} och finner att "
    "{{committee}} beslutar enligt förslaget."
)
WHOSE_PROPOSAL = ", vilket är {proposal_of} förslag till beslut"


class MinutesRulesQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """The rules of the user's own municipality; all for the installation's operator."""
        return self if user.is_superuser else self.filter(municipality=user.municipality_id)


class MinutesRules(Dated):
    """How many adjust the minutes, and how minutes and extracts are set out.

    A row for a committee goes before the municipality's own. The words are printed, and therefore
    in the language of record.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="minutes_rules", verbose_name=_("municipality")
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_rules",
        verbose_name=_("committee"),
        help_text=_("Empty: every committee without a row of its own."),
    )
    adjusters = models.PositiveSmallIntegerField(
        _("number of adjusters"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ADJUSTERS)],
        help_text=_("Members who adjust the minutes beside the chair."),
    )
    decision_comes_first = models.BooleanField(
        _("the decision stands before the matter"), default=True
    )
    minutes_name = models.CharField(_("name of the minutes"), max_length=40, default="Protokoll")
    extract_name = models.CharField(
        _("name of an extract"), max_length=40, default="Protokollsutdrag"
    )
    agenda_name = models.CharField(_("name of the agenda"), max_length=40, default="Kallelse")
    chair_label = models.CharField(
        _("under the chair's signature"), max_length=60, default="Ordförandens signatur"
    )
    adjuster_label = models.CharField(
        _("under an adjuster's signature"), max_length=60, default="Justerarens signatur"
    )
    only_proposal_sentence = models.CharField(
        _("sentence when there is only one proposal"),
        max_length=300,
        default=ONLY_PROPOSAL.format(whose=WHOSE_PROPOSAL),
        help_text=_("{proposal_of} and {committee} are filled in."),
    )

    objects = MinutesRulesQuerySet.as_manager()  # type: ignore[misc]  # seen by one municipality
    history = HistoricalRecords()

    class Meta:
        ordering = ["municipality", "committee", "-valid_from"]
        verbose_name = _("rules for minutes")
        verbose_name_plural = _("rules for minutes")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"],
                condition=Q(committee__isnull=True),
                name="minutes_rules_begin_once",
            ),
            models.UniqueConstraint(
                fields=["committee", "valid_from"], name="minutes_rules_of_a_committee_begin_once"
            ),
            models.CheckConstraint(
                condition=Q(adjusters__gte=1, adjusters__lte=MOST_ADJUSTERS),
                name="minutes_have_some_adjusters",
            ),
            valid_until_a_later_day("minutes_rules_end_after_they_begin"),
        ]

    def __str__(self):
        return f"{self.committee or self.municipality} {self.valid_from.isoformat()}"

    def clean(self):
        if self.committee and self.committee.municipality_id != self.municipality_id:
            raise ValidationError({"committee": _("Choose one of the municipality's own.")})
        rivals = MinutesRules.objects.filter(municipality_id=self.municipality_id)
        self.refuse_overlap(rivals.filter(committee=self.committee))
        try:
            self.only_proposal_sentence.format(**dict.fromkeys(FILLED_IN, ""))
        except (KeyError, ValueError, IndexError) as error:
            sentence = _("Only %(words)s can stand within braces.")
            words = ", ".join(f"{{{word}}}" for word in FILLED_IN)
            raise ValidationError(
                {"only_proposal_sentence": sentence % {"words": words}}
            ) from error

    @classmethod
    def of(cls, committee: Committee, on: date) -> "MinutesRules":
        """What holds for the committee on a day.

        Where nothing is laid down the row is not saved and asks for one adjuster, as the law does.
        """
        rows: Any = cls.objects.on(on).filter(municipality=committee.municipality_id)
        own = rows.filter(committee=committee).first()
        return (
            own
            or rows.filter(committee=None).first()
            or cls(municipality=committee.municipality, adjusters=1, valid_from=on)
        )

    def sentence_for(self, proposer: str) -> str:
        """The sentence when there is only one proposal, without whose it is where nobody knows.

        A municipality's own sentence that says whose in other words gives way to the usual one.
        """
        if proposer:
            return self.only_proposal_sentence
        without = self.only_proposal_sentence.replace(WHOSE_PROPOSAL, "")
        return ONLY_PROPOSAL.format(whose="") if "{proposal_of" in without else without

    def signature_labels(self, adjusters: int) -> tuple[str, ...]:
        """What stands under the lines at the foot of every page: the chair's, then the adjusters'."""
        return (self.chair_label, *[self.adjuster_label] * adjusters)
