"""An edition's facts, the texts of its sections, and when it was noted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.fields import DiaryNumberMixin
from partnerships.dates.fields import ApproximateDateFormField
from partnerships.editing import Form, ModelForm
from report.documents import unknown_marks
from report.forms.text import MarkdownField, YearField, YearsMixin
from report.models import Edition, ReportSection, ReportSeries

HIGHEST_PARAGRAPH = 9999


class EditionFacts(YearsMixin, DiaryNumberMixin, ModelForm):
    """What a new edition and one under way have in common."""

    year_from = YearField(label=_("First year"), required=True)
    year_to = YearField(label=_("Last year"), required=True)

    def clean(self):
        cleaned = super().clean()
        self.clean_years(cleaned)
        return cleaned


class EditionCreateForm(EditionFacts):
    """Which series, and about which years."""

    class Meta:
        model = Edition
        fields = ["series", "title", "year_from", "year_to"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        series = ReportSeries.objects.visible_to(user)
        self.fields["series"].queryset = series
        if len(series) == 1:
            self.suggest("series", series[0].pk)

    def clean(self):
        cleaned = super().clean()
        series, first = cleaned.get("series"), cleaned.get("year_from")
        if series and first and series.editions.filter(year_from=first).exists():
            self.add_error(
                "year_from", _("There is an edition from %(year)s already.") % {"year": first}
            )
        return cleaned


class EditionForm(EditionFacts):
    """The edition's own facts."""

    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=HIGHEST_PARAGRAPH,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Empty when it is not known."),
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Edition
        fields = ["title", "number", "year_from", "year_to", "diary_number"]

    def clean(self):
        cleaned = super().clean()
        self.clean_diary_number_in(self.instance.municipality)
        others = self.instance.series.editions.exclude(pk=self.instance.pk)
        for name in ("number", "year_from"):
            value = cleaned.get(name)
            if value is not None and others.filter(**{name: value}).exists():
                self.add_error(name, _("Another edition of the series has this already."))
        return cleaned


class SectionsForm(Form):
    """A text box for each section of the edition."""

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = list(edition.sections.all())
        self.codes = [figure.code for figure in edition.figures.all()]
        for section in self.sections:
            self.fields[str(section.pk)] = MarkdownField(
                label=section.heading, help_text=section.hint, initial=section.text
            )

    def row_behind(self, name: str) -> ReportSection:
        return next(section for section in self.sections if str(section.pk) == name)

    @property
    def rows(self) -> list[tuple[ReportSection, forms.BoundField]]:
        """The sections with their boxes, for the page."""
        return [(section, self[str(section.pk)]) for section in self.sections]

    def clean(self):
        cleaned = super().clean()
        for section in self.sections:
            marks = unknown_marks(cleaned.get(str(section.pk), ""), self.codes)
            if marks:
                self.add_error(
                    str(section.pk),
                    _("%(marks)s is no figure of the edition. Add the figure first, or remove it.")
                    % {"marks": ", ".join(marks)},
                )
        return cleaned

    def texts(self) -> dict[int, str]:
        """The texts by section."""
        return {section.pk: self.cleaned_data[str(section.pk)] for section in self.sections}


class NoteForm(Form):
    """When the board noted the edition."""

    noted_on = ApproximateDateFormField(label=_("Noted on"))
    paragraph = forms.IntegerField(
        label=_("Paragraph"),
        required=False,
        min_value=1,
        max_value=HIGHEST_PARAGRAPH,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("The number after § in the minutes."),
    )
