"""A municipality's guideline as data: its criteria, legal forms and questions, in versions."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from simple_history.models import HistoricalRecords

from organisations.models import InMunicipalityQuerySet, LegalForm, Municipality


class CriteriaSetQuerySet(InMunicipalityQuerySet):
    def offered(self, on: date):
        """The sets that a new assessment can use on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            is_offered=True,
        )


class CriteriaSet(models.Model):
    """One adopted version of the criteria for a partnership. (Swedish: kriterier, riktlinje)

    Once an assessment uses it, the database refuses to change what it says; how long it is valid
    and whether it is offered can still be said.
    """

    class Rule(models.TextChoices):
        ALL = "all", _("every criterion must be met")
        WHOLLY_OR_PARTLY = "wholly_or_partly", _("every criterion must be met wholly or partly")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="criteria_sets", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("As the document is called."))
    version = models.CharField(
        _("version"), max_length=40, help_text=_("What tells it from others of the same name.")
    )
    adopted_by = models.CharField(
        pgettext_lazy("criteria set", "adopted by"), max_length=100, blank=True
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    paragraph = models.CharField(
        _("paragraph"), max_length=20, blank=True, help_text=_("For example § 29.")
    )
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Empty while it is valid.")
    )
    rule = models.CharField(_("rule"), max_length=16, choices=Rule, default=Rule.ALL)
    alternatives = models.TextField(
        _("other ways to work together"),
        blank=True,
        help_text=_("One on each line. They are named when a partnership is not possible."),
    )
    is_offered = models.BooleanField(_("offered for new assessments"), default=True)

    objects = CriteriaSetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "-valid_from", "pk"]
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "version"],
                name="criteria_set_has_each_version_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="criteria_set_starts_before_it_ends",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.version}"

    @property
    def is_used(self) -> bool:
        """Does an assessment use it, so that it is not changed any more?"""
        return self.pk is not None and self.assessments.exists()

    @property
    def allows_partly(self) -> bool:
        """May a criterion be met partly?"""
        return self.rule == self.Rule.WHOLLY_OR_PARTLY

    @property
    def source(self) -> str:
        """Where it is adopted, as a document refers to it."""
        day = self.adopted_on.isoformat() if self.adopted_on else ""
        parts = (self.adopted_by, day, self.paragraph)
        adopted = " ".join(part for part in parts if part)
        return ", ".join(part for part in (self.name, adopted, self.diary_number) if part)

    @property
    def alternative_lines(self) -> list[str]:
        """The other ways to work together, one each."""
        return [line.strip() for line in self.alternatives.splitlines() if line.strip()]


class Criterion(models.Model):
    """One criterion, in the words of the document. (Swedish: kriterium)"""

    class Part(models.TextChoices):
        ACTOR = "actor", _("condition on the organisation")
        PARTNERSHIP = "partnership", _("criterion for the partnership")

    class Evidence(models.TextChoices):
        CONTRIBUTIONS = "contributions", _("both parties' contributions")
        DOUBLE_FUNDING = "double_funding", _("other support to the partner")

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name=_("criteria set")
    )
    part = models.CharField(_("part"), max_length=11, choices=Part, default=Part.PARTNERSHIP)
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), help_text=_("Word for word."))
    short_name = models.CharField(_("short name"), max_length=60)
    note = models.TextField(
        _("note"), blank=True, help_text=_("For the officer: how it is read, what is unclear.")
    )
    evidence = models.CharField(
        _("the register can show it by"), max_length=14, choices=Evidence, blank=True
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["part", "position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "part", "position"],
                name="criteria_set_has_one_criterion_in_each_place",
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.short_name}"

    @property
    def numbered_text(self) -> str:
        """The text with its number; conditions on the organisation have none in print."""
        return self.text if self.part == self.Part.ACTOR else f"{self.position}. {self.text}"


class EligibleForm(models.Model):
    """A legal form that can be a party, always or from case to case. What is not listed cannot."""

    class Treatment(models.TextChoices):
        ELIGIBLE = "eligible", _("can be a party")
        CASE_BY_CASE = "case_by_case", _("is decided from case to case")

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="eligible_forms", verbose_name=_("criteria set")
    )
    legal_form = models.CharField(_("legal form"), max_length=30, choices=LegalForm)
    treatment = models.CharField(
        _("treatment"), max_length=12, choices=Treatment, default=Treatment.ELIGIBLE
    )
    text = models.CharField(
        _("text"), max_length=400, blank=True, help_text=_("In the words of the document.")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("eligible legal form")
        verbose_name_plural = _("eligible legal forms")
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "legal_form"], name="criteria_set_has_each_form_once"
            ),
        ]

    def __str__(self):
        return str(self.get_legal_form_display())


class FormQuestion(models.Model):
    """What is asked of a legal form that is decided from case to case."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="form_questions", verbose_name=_("criteria set")
    )
    legal_form = models.CharField(_("legal form"), max_length=30, choices=LegalForm)
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["legal_form", "position", "pk"]
        verbose_name = _("question on a legal form")
        verbose_name_plural = _("questions on legal forms")
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "legal_form", "position"],
                name="form_has_one_question_in_each_place",
            ),
        ]

    def __str__(self):
        return self.text


class LegalQuestion(models.Model):
    """A question of law that is answered before a partnership. (Swedish: rättslig kontrollfråga)"""

    class Block(models.TextChoices):
        PURCHASE = "purchase", _("purchase in disguise")
        MARKET = "market", _("market")
        STATE_AID = "state_aid", _("state aid")
        COMPETENCE = "competence", _("municipal competence")

    class Against(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="legal_questions", verbose_name=_("criteria set")
    )
    block = models.CharField(_("block"), max_length=10, choices=Block)
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question"), max_length=400)
    against = models.CharField(
        _("answer that speaks against a partnership"),
        max_length=3,
        choices=Against,
        default=Against.YES,
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("legal question")
        verbose_name_plural = _("legal questions")
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "position"],
                name="criteria_set_has_one_legal_question_in_each_place",
            ),
        ]

    def __str__(self):
        return self.text
