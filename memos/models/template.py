"""The layout of a municipality's memos, as data."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import InMunicipalityQuerySet, Municipality

FILLED_IN = {
    "total_label": ("party", "basis"),
    "consultation_line": ("consulted", "subject", "outcome"),
    "union_not_called_for": (),
    "union_informed": ("date",),
    "union_negotiated": ("date",),
}


class MemoTemplate(models.Model):
    """Which sections a memo has and in which order. (Swedish: mall för tjänsteskrivelse)

    A version that a memo is written with is never changed: the next version is.
    """

    class Numbering(models.TextChoices):
        NUMBERED = "numbered", _("numbered points")
        ATT_CLAUSES = "att", _("“att” clauses")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="memo_templates", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    document_name = models.CharField(
        _("document name"),
        max_length=60,
        help_text=_("Printed at the head, for example Tjänsteskrivelse."),
    )
    numbering = models.CharField(
        _("proposal points"), max_length=10, choices=Numbering, default=Numbering.NUMBERED
    )
    office_label = models.CharField(_("label for office"), max_length=40, blank=True)
    officer_label = models.CharField(_("label for officer"), max_length=40, blank=True)
    date_label = models.CharField(_("label for date"), max_length=40, blank=True)
    diary_label = models.CharField(_("label for diary number"), max_length=40, blank=True)
    addressee_label = models.CharField(_("label for addressee"), max_length=40, blank=True)
    draft_mark = models.CharField(_("mark on drafts"), max_length=20, default="Utkast")
    amount_heading = models.CharField(_("heading over amounts"), max_length=40, default="Belopp")
    line_heading = models.CharField(_("heading over lines"), max_length=40, default="Post")
    total_label = models.CharField(
        _("label of totals"),
        max_length=80,
        default="Totalt från {party} {basis}:",
        help_text=_("{party} and {basis} are filled in."),
    )
    consultation_line = models.CharField(
        _("line of a consultation"),
        max_length=120,
        default="{consulted}: {subject} ({outcome}).",
        help_text=_("{consulted}, {subject} and {outcome} are filled in."),
    )
    union_not_called_for = models.CharField(
        _("MBL sentence: not called for"), max_length=300, blank=True
    )
    union_informed = models.CharField(
        _("MBL sentence: information given"),
        max_length=300,
        blank=True,
        help_text=_("{date} is filled in."),
    )
    union_negotiated = models.CharField(
        _("MBL sentence: negotiation held"),
        max_length=300,
        blank=True,
        help_text=_("{date} is filled in."),
    )
    is_offered = models.BooleanField(_("offered for new memos"), default=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "-version", "pk"]
        verbose_name = _("memo template")
        verbose_name_plural = _("memo templates")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "version"],
                name="memo_template_has_one_of_each_version",
            ),
        ]

    def __str__(self):
        if self.version == 1:
            return self.name
        return _("%(name)s, version %(number)s") % {"name": self.name, "number": self.version}

    @property
    def is_used(self) -> bool:
        """Is a memo written with it, so that it is not changed any more?"""
        return self.pk is not None and self.memos.exists()

    @property
    def newest(self) -> "MemoTemplate":
        """The newest version that is offered; itself when no later one is."""
        later = MemoTemplate.objects.filter(
            municipality=self.municipality_id,
            name=self.name,
            version__gt=self.version,
            is_offered=True,
        )
        return later.order_by("-version").first() or self

    def clean(self):
        for name, allowed in FILLED_IN.items():
            try:
                getattr(self, name).format(**dict.fromkeys(allowed, ""))
            except (KeyError, ValueError, IndexError) as error:
                words = ", ".join(f"{{{word}}}" for word in allowed)
                raise ValidationError(
                    {name: _("Only %(words)s can stand within braces.") % {"words": words}}
                ) from error


class TemplateSection(models.Model):
    """One section of a template: its heading, its place and what fills it."""

    class Content(models.TextChoices):
        TEXT = "text", _("text")
        PROPOSAL = "proposal", _("proposal points")
        QUESTIONS = "questions", _("questions of an interpellation, with their answers")
        BASIS = "basis", _("decision basis")
        CONTRIBUTIONS = "contributions", _("text and the parties' contributions")
        CONSULTATIONS = "consultations", _("text and consultations")
        UNION = "union", _("information or negotiation with unions (MBL)")
        SIGNATORIES = "signatories", _("signatures")
        RECIPIENTS = "recipients", _("recipients of the decision")

    class Style(models.TextChoices):
        HEADING = "heading", _("heading")
        LABEL = "label", _("small label")

    template = models.ForeignKey(
        MemoTemplate, models.CASCADE, related_name="sections", verbose_name=_("template")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    content = models.CharField(_("content"), max_length=13, choices=Content, default=Content.TEXT)
    style = models.CharField(_("style"), max_length=7, choices=Style, default=Style.HEADING)
    starts_page = models.BooleanField(_("starts a new page"), default=False)
    is_required = models.BooleanField(_("required"), default=False)
    hint = models.CharField(_("hint for the writer"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("section of a template")
        verbose_name_plural = _("sections of templates")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"], name="template_has_one_section_in_each_place"
            ),
        ]

    def __str__(self):
        return self.heading or self.get_content_display()

    @property
    def has_text(self) -> bool:
        """Does a memo write text of its own here?"""
        return self.content in WRITTEN


WRITTEN = {
    TemplateSection.Content.TEXT,
    TemplateSection.Content.CONTRIBUTIONS,
    TemplateSection.Content.CONSULTATIONS,
}
