"""The memo and the text of its sections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Revision
from memos.models.template import MemoTemplate, TemplateSection
from organisations.models import Committee, Municipality, Office
from partnerships.search import SearchKeyField, search_words


class MemoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Submitted memos where a role may read them, drafts where it may read drafts."""
        return self.filter(
            Q(committee__in=user.committees_where("memos.view_memo"), submitted_at__isnull=False)
            | Q(committee__in=user.committees_where("memos.view_draft_memo"))
        )

    def drafts(self):
        """Memos that are still being written."""
        return self.filter(submitted_at__isnull=True)

    def matching(self, text: str):
        """Every word of the text is in the title or the diary number."""
        memos = self
        for word in search_words(text):
            memos = memos.filter(search_key__contains=word)
        return memos

    def with_parts(self):
        """The memos with everything their document prints."""
        return self.select_related(
            "committee__municipality",
            "office",
            "template",
            "agreement",
            "revision",
            "created_by",
            "interpellation",
        ).prefetch_related(
            "questions",
            "sections",
            "proposal_points",
            "decision_bases",
            "consultations",
            "recipients",
            "signatories",
            "template__sections",
        )


class Memo(models.Model):
    """An office's report to a committee, with a proposal for its decision. (Swedish: tjänsteskrivelse)

    A draft until it is submitted; from then on it is not changed, and its PDF is kept as issued.
    """

    class UnionConsultation(models.TextChoices):
        NOT_CALLED_FOR = "not_called_for", _("neither information nor negotiation is called for")
        INFORMED = "informed", _("information has been given")
        NEGOTIATED = "negotiated", _("negotiation has been held")

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="memos", verbose_name=_("committee")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memos",
        verbose_name=_("agreement"),
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memos",
        verbose_name=_("revision"),
        help_text=_("The tables of contributions are printed from this revision of the agreement."),
    )
    template = models.ForeignKey(
        MemoTemplate, models.PROTECT, related_name="memos", verbose_name=_("template")
    )
    title = models.CharField(_("title"), max_length=200)
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memos",
        verbose_name=_("office"),
    )
    union_consultation = models.CharField(
        _("information or negotiation with unions (MBL)"),
        max_length=14,
        choices=UnionConsultation,
        blank=True,
    )
    union_consulted_on = models.DateField(
        _("date of information or negotiation"), null=True, blank=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memos", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="submitted_memos",
        verbose_name=_("submitted by"),
    )
    pdf = models.FileField(_("PDF as submitted"), upload_to="memos/", blank=True, editable=False)
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )
    search_key = SearchKeyField(of=("title", "diary_number"))

    objects = MemoQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("memo")
        verbose_name_plural = _("memos")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    submitted_at__isnull=True, submitted_by__isnull=True, pdf="", pdf_sha256=""
                )
                | Q(submitted_at__isnull=False, submitted_by__isnull=False)
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="submitted_memo_keeps_its_pdf",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("memos:memo_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """The municipality that the committee belongs to."""
        return self.committee.municipality

    @property
    def answers_interpellation(self) -> bool:
        """Does its template hold the questions of an interpellation?"""
        kinds = {section.content for section in self.template.sections.all()}
        return TemplateSection.Content.QUESTIONS in kinds

    @property
    def is_draft(self) -> bool:
        """Is it still being written?"""
        return self.submitted_at is None


class MemoSection(models.Model):
    """The memo's own text, in Markdown, under a heading of its template."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="sections", verbose_name=_("memo"))
    template_section = models.ForeignKey(
        TemplateSection, models.PROTECT, related_name="memo_sections", verbose_name=_("section")
    )
    text = models.TextField(_("text"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["template_section__position"]
        verbose_name = _("section of a memo")
        verbose_name_plural = _("sections of memos")
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "template_section"], name="memo_has_each_section_once"
            ),
        ]

    def __str__(self):
        return str(self.template_section)
