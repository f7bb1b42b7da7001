"""How a memo is reviewed before it is submitted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from memos.models.memo import Memo
from memos.models.template import TemplateSection
from organisations.models import InMunicipalityQuerySet, Municipality


class MemoRules(models.Model):
    """What the municipality asks of a memo before it is submitted. Nothing where there is no row."""

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, related_name="memo_rules", verbose_name=_("municipality")
    )
    needs_review = models.BooleanField(
        _("a memo is approved before it is submitted"), default=False
    )
    four_eyes = models.BooleanField(
        _("nobody approves a memo of their own"),
        default=False,
        help_text=_("Neither who began it nor who changed it last."),
    )

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rules for memos")
        verbose_name_plural = _("rules for memos")
        constraints = [
            models.CheckConstraint(
                condition=Q(four_eyes=False) | Q(needs_review=True),
                name="four_eyes_take_a_review",
                violation_error_message=_("Four eyes take a review. Tick that too."),
            ),
        ]

    def __str__(self):
        return str(self.municipality)

    @classmethod
    def of(cls, memo: Memo) -> "MemoRules":
        """The rules that the memo is under."""
        municipality = memo.municipality
        return cls.objects.filter(municipality=municipality).first() or cls(
            municipality=municipality
        )


class ReviewCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Comments are read by those who may read the draft."""
        return self.filter(memo__committee__in=user.committees_where("memos.view_draft_memo"))

    def unresolved(self):
        """Comments that nobody has dealt with."""
        return self.filter(resolved_at__isnull=True)


class ReviewComment(models.Model):
    """What a reviewer says of a section, or of the whole memo when no section is named."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="comments", verbose_name=_("memo"))
    template_section = models.ForeignKey(
        TemplateSection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("section"),
    )
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memo_comments",
        verbose_name=_("by"),
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolved_memo_comments",
        verbose_name=_("resolved by"),
    )

    objects = ReviewCommentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["memo", "at", "pk"]
        verbose_name = _("comment on a memo")
        verbose_name_plural = _("comments on memos")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_comment_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self):
        return self.text
