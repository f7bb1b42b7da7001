"""The memo and the text of its sections."""

from copy import copy
from operator import attrgetter
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Revision
from memos.models.template import MemoTemplate, TemplateSection
from organisations.models import Committee, Municipality, Office
from partnerships.search import SearchKeyField, search_key, search_words

if TYPE_CHECKING:
    from memos.models.version import MemoVersion


class MemoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Submitted memos where a role may read them, drafts where it may read drafts.

        A memo that has been submitted once stays visible while its next version is written; what a
        reader is shown then is the submitted version.
        """
        return self._with_first_version().filter(
            Q(committee__in=user.committees_where("memos.view_memo"), first_version__isnull=False)
            | Q(committee__in=user.committees_where("memos.view_draft_memo"))
        )

    def drafts(self):
        """Memos that are being written."""
        return self.filter(state=Memo.State.DRAFT)

    def in_preparation(self):
        """Memos whose next version has not been submitted yet."""
        return self.filter(state__in=PREPARING)

    def submitted(self):
        """Memos that have been submitted, whatever has become of them since."""
        return self._with_first_version().filter(first_version__isnull=False)

    def _with_first_version(self):
        return self.alias(
            first_version=FilteredRelation("versions", condition=Q(versions__number=1))
        )

    def matching(self, text: str, user):
        """Every word of the text is in the title or the diary number, as the user is shown them.

        Who does not see drafts finds a memo whose next version is written by what was submitted.
        """
        words = search_words(text)
        if not words:
            return self
        may_see = user.committees_where("memos.view_draft_memo")
        rewritten = self.in_preparation().exclude(committee__in=may_see)
        shown = {memo.pk: memo.as_submitted() for memo in rewritten.prefetch_related("versions")}
        found = [
            pk
            for pk, memo in shown.items()
            if all(word in search_key(memo.title, memo.diary_number) for word in words)
        ]
        others = self.exclude(pk__in=shown)
        for word in words:
            others = others.filter(search_key__contains=word)
        return self.filter(Q(pk__in=others.values("pk")) | Q(pk__in=found)) if found else others

    def with_parts(self):
        """The memos with everything their document prints."""
        return self.select_related(
            "committee__municipality",
            "office",
            "template",
            "agreement",
            "revision",
            "created_by",
            "last_edited_by",
            "interpellation",
        ).prefetch_related(
            "versions",
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

    It is written as a draft. What is submitted becomes a `MemoVersion` that nothing changes; a
    correction is written as the draft of the next one. Outside of the state of draft the database
    refuses to change what the memo says.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "review", _("in review")
        APPROVED = "approved", _("approved")
        SUBMITTED = "submitted", _("submitted")
        ON_AGENDA = "agenda", _("on the agenda")
        DECIDED = "decided", _("decided")
        REFERRED_BACK = "referred_back", _("referred back")
        TABLED = "tabled", _("tabled")
        CLOSED = "closed", _("closed")

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
    state = models.CharField(
        _("state"), max_length=13, choices=State, default=State.DRAFT, editable=False
    )
    edit_number = models.PositiveIntegerField(
        _("number of the latest change"), default=1, editable=False
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="last_edited_memos",
        verbose_name=_("changed last by"),
    )
    correction_reason = models.TextField(
        _("reason for the new version"), blank=True, editable=False
    )
    decided_by_role = models.CharField(
        _("decided by"),
        max_length=150,
        blank=True,
        help_text=_("The role that decides without a meeting, for example Kommundirektör."),
    )
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    delegation = models.CharField(
        _("delegation"),
        max_length=150,
        blank=True,
        help_text=_("The point of the delegation order. Empty when it is not known."),
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
                condition=Q(decided_by_role="", decided_on__isnull=True, delegation="")
                | Q(state__in=["decided", "closed"]) & ~Q(decided_by_role=""),
                name="role_decision_names_the_role_and_is_decided",
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
        """Is it being written?"""
        return self.state == self.State.DRAFT

    @property
    def is_in_preparation(self) -> bool:
        """Has its next version not been submitted yet?"""
        return self.state in PREPARING

    @property
    def current_version(self) -> "MemoVersion | None":
        """What was submitted last; None before the first time."""
        return max(self.versions.all(), key=attrgetter("number"), default=None)

    def as_submitted(self) -> "Memo":
        """A copy that shows what was submitted last, for those who do not see the next draft."""
        shown, version = copy(self), self.current_version
        if version and self.is_in_preparation:
            shown.title, shown.diary_number = (
                version.content["title"],
                version.content["diary_number"],
            )
            shown.dated_on = parse_date(version.content["dated_on"] or "")
            shown.state = self.State.SUBMITTED
        return shown

    @property
    def next_number(self) -> int:
        """The number of the version that is submitted next."""
        return self.current_version.number + 1 if self.current_version else 1


PREPARING = {Memo.State.DRAFT, Memo.State.IN_REVIEW, Memo.State.APPROVED}


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
