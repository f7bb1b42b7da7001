"""The dialogue from which an agreement may grow."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from organisations.models import Committee, Municipality, Partner, PartnerProject
from partnerships.dates import ApproximateDateField
from partnerships.search import SearchKeyField, search_words


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Dialogues of the committees in which one of the user's roles may read them."""
        return self.filter(committee__in=user.committees_where("dialogues.view_dialogue"))

    def open(self):
        """Dialogues that still go on."""
        return self.filter(closed_at__isnull=True)

    def about(self, partner: Partner):
        """Dialogues with the partner, under any of its entries in the register."""
        return self.filter(partner__in=Partner.objects.same_as(partner))

    def matching(self, text: str):
        """Every word of the text is in the name, the need, the diary number or the partner."""
        dialogues = self
        for word in search_words(text):
            partners = Partner.objects.matching(word)
            dialogues = dialogues.filter(Q(search_key__contains=word) | Q(partner__in=partners))
        return dialogues

    def with_log(self):
        """The dialogues with everything their log prints."""
        return self.select_related(
            "committee__municipality", "partner", "project", "agreement", "officer", "follows"
        ).prefetch_related("partner__names", "meetings__participants", "meetings__recorded_by")


class Dialogue(models.Model):
    """A dialogue with civil society about a need. (Swedish: dialog, försteg)

    It is open until it is closed with an outcome; from then on the database refuses to change it,
    and its log is kept as the PDF that was issued. Nobody applies for it and nobody is refused.
    """

    class Kind(models.TextChoices):
        DIALOGUE = "dialogue", _("dialogue")
        PRE_STAGE = "pre_stage", _("pre-stage")

    class Initiative(models.TextChoices):
        PARTNER = "partner", _("the organisation")
        MUNICIPALITY = "municipality", _("the municipality")
        BOTH = "both", _("both together")
        OTHER = "other", _("somebody else")

    class Outcome(models.TextChoices):
        AGREEMENT = "agreement", _("leads to an agreement")
        PRE_STAGE = "pre_stage", _("goes on as a pre-stage")
        ENDED = "ended", _("ended without an agreement")

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="dialogues", verbose_name=_("committee")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dialogues",
        verbose_name=_("responsible officer"),
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="dialogues", verbose_name=_("organisation")
    )
    project = models.ForeignKey(
        PartnerProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dialogues",
        verbose_name=_("project"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.DIALOGUE)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("follows"),
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("What it is about, in a few words.")
    )
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    need = models.TextField(
        _("need"), blank=True, help_text=_("Which need in society the parties talk about.")
    )
    initiative = models.CharField(
        _("initiative taken by"),
        max_length=12,
        choices=Initiative,
        blank=True,
        help_text=_("Leave as not known when no source says."),
    )
    initiative_note = models.CharField(
        _("how it began"), max_length=300, blank=True, help_text=_("By letter, at a meeting…")
    )
    started_on = ApproximateDateField(
        _("began"),
        earliest_field="started_earliest",
        latest_field="started_latest",
        null=True,
        blank=True,
    )
    started_earliest = models.DateField(null=True, editable=False)
    started_latest = models.DateField(null=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, blank=True, editable=False
    )
    outcome_reason = models.TextField(_("reason for the outcome"), blank=True, editable=False)
    ended_on = ApproximateDateField(
        _("ended on"),
        earliest_field="ended_earliest",
        latest_field="ended_latest",
        null=True,
        blank=True,
        editable=False,
    )
    ended_earliest = models.DateField(null=True, editable=False)
    ended_latest = models.DateField(null=True, editable=False)
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="dialogues",
        verbose_name=_("agreement"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="started_dialogues",
        verbose_name=_("written down by"),
    )
    created_at = models.DateTimeField(_("written down at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="closed_dialogues",
        verbose_name=_("closed by"),
    )
    pdf = models.FileField(_("log as issued"), upload_to="dialogues/", blank=True, editable=False)
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )
    search_key = SearchKeyField(of=("name", "need", "diary_number"))

    objects = DialogueQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        indexes = [models.Index(fields=["committee", "id"], name="dialogue_by_committee")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                    outcome="",
                    pdf="",
                    pdf_sha256="",
                    agreement__isnull=True,
                )
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="closed_dialogue_has_an_outcome_and_its_log",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="agreement") | Q(agreement__isnull=False),
                name="dialogue_that_leads_to_an_agreement_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="ended") | ~Q(outcome_reason=""),
                name="ended_dialogue_says_why",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("dialogues:dialogue_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """The municipality that the committee belongs to."""
        return self.committee.municipality

    @property
    def is_open(self) -> bool:
        """Does it still go on?"""
        return self.closed_at is None

    @property
    def subject(self) -> Partner | PartnerProject:
        """With whom, or about which project of theirs, it is held."""
        return self.project or self.partner
