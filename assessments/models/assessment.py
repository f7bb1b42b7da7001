"""The assessment of a partner, or of a project of a partner's, by a criteria set."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Revision
from assessments.models.criteria import CriteriaSet
from assessments.models.result import Outcome
from dialogues.models import Dialogue
from organisations.models import Committee, LegalForm, Municipality, Partner, PartnerProject
from partnerships.search import search_words

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from assessments.models.answers import CriterionAssessment


# The grounds of the choice of form, in the order in which they are printed.
GROUNDS = {
    "why_form": _("Why this form"),
    "why_not_grant": _("Why not a grant"),
    "why_not_procurement": _("Why not procurement"),
    "why_not_reserved": _("Why not reserved procurement"),
}


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Assessments of the committees in which one of the user's roles may read them."""
        return self.filter(committee__in=user.committees_where("assessments.view_assessment"))

    def about(self, partner: Partner):
        """Assessments of the partner and its projects, under any of its entries."""
        return self.filter(partner__in=Partner.objects.same_as(partner))

    def matching(self, text: str):
        """Every word of the text is in the diary number or in a name of the partner's."""
        assessments = self
        for word in search_words(text):
            partners = Partner.objects.matching(word)
            assessments = assessments.filter(
                Q(diary_number__icontains=word) | Q(partner__in=partners)
            )
        return assessments

    def with_answers(self):
        """The assessments with everything that their result and document need."""
        return self.select_related(
            "committee__municipality",
            "criteria_set",
            "partner",
            "project",
            "dialogue",
            "revision__agreement",
            "created_by",
            "confirmed_by",
        ).prefetch_related(
            "partner__names",
            "criteria_set__eligible_forms",
            "criteria_set__form_questions",
            "criteria_set__legal_questions",
            "criterion_assessments__criterion",
            "form_answers__question",
            "legal_answers__question",
        )


class Assessment(models.Model):
    """Whether a partnership is possible, criterion by criterion. (Swedish: bedömning)

    A draft until a named officer confirms it. From then on the database refuses to change it, and
    its result, the legal form it rests on and its PDF are kept.
    """

    class Form(models.TextChoices):
        IOP = "iop", _("partnership (IOP)")
        GRANT = "grant", _("grant")
        PROCUREMENT = "procurement", _("procurement")
        RESERVED_PROCUREMENT = "reserved_procurement", _("reserved procurement")
        OTHER = "other", _("another form of collaboration")
        NONE = "none", _("no collaboration")

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="assessments", verbose_name=_("committee")
    )
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="assessments", verbose_name=_("criteria set")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="assessments", verbose_name=_("organisation")
    )
    project = models.ForeignKey(
        PartnerProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("project"),
    )
    dialogue = models.ForeignKey(
        Dialogue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("dialogue"),
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("draft of the agreement"),
        help_text=_("What the parties contribute is taken from it."),
    )
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    form_motivation = models.TextField(
        _("motivation from the case at hand"),
        blank=True,
        help_text=_("Why the legal form can, or cannot, be a party in this case."),
    )
    chosen_form = models.CharField(
        _("form that is chosen"), max_length=20, choices=Form, blank=True
    )
    why_form = models.TextField(_("why this form"), blank=True)
    why_not_grant = models.TextField(_("why not a grant"), blank=True)
    why_not_procurement = models.TextField(_("why not procurement"), blank=True)
    why_not_reserved = models.TextField(_("why not reserved procurement"), blank=True)
    summary = models.TextField(
        _("to the organisation"),
        blank=True,
        help_text=_("What the officer wants to say beside the criteria. It is printed."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="assessments",
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    legal_form = models.CharField(
        _("legal form when confirmed"),
        max_length=30,
        choices=LegalForm,
        blank=True,
        editable=False,
    )
    result = models.CharField(
        _("result"), max_length=12, choices=Outcome, blank=True, editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="confirmed_assessments",
        verbose_name=_("confirmed by"),
    )
    pdf = models.FileField(_("PDF as issued"), upload_to="assessments/", blank=True, editable=False)
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )

    objects = AssessmentQuerySet.as_manager()
    history = HistoricalRecords()

    criterion_assessments: "RelatedManager[CriterionAssessment]"

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["committee", "id"], name="assessment_by_committee")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                    result="",
                    pdf="",
                    pdf_sha256="",
                )
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(result="")
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="confirmed_assessment_keeps_its_result_and_pdf",
            ),
        ]

    def __str__(self):
        return gettext("Assessment of %(subject)s") % {"subject": self.subject}

    def get_absolute_url(self):
        return reverse("assessments:assessment_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """The municipality that the committee belongs to."""
        return self.committee.municipality

    @property
    def is_draft(self) -> bool:
        """Is it still being written?"""
        return self.confirmed_at is None

    @property
    def subject(self) -> Partner | PartnerProject:
        """What is assessed: the project, or the partner itself."""
        return self.project or self.partner

    @property
    def assessed_form(self) -> str:
        """The legal form that the check of the actor rests on: when confirmed, as it was then."""
        return self.partner.legal_form if self.is_draft else self.legal_form
