"""One figure, and what it leaves out."""

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from organisations.models import Committee
from partnerships.editing import BaseInlineFormSet, ModelForm
from report.forms.lists import rows_formset
from report.forms.text import YearField, YearsMixin
from report.models import FigureExclusion, Measure, ReportFigure, Unit
from report.models.figure import AMOUNTS


class FigureForm(YearsMixin, ModelForm):
    """A figure stated by a source, or computed from the register."""

    year_from = YearField(label=_("First year"), help_text=_("Empty when the source does not say."))
    year_to = YearField(label=_("Last year"))

    class Meta:
        model = ReportFigure
        fields = [
            "label",
            "code",
            "source",
            "source_note",
            "value",
            "unit",
            "scale",
            "qualifier",
            "basis",
            "year_from",
            "year_to",
            "measure",
            "kind",
            "committee",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        edition = self.instance.edition
        self.fields["committee"].queryset = Committee.objects.filter(
            municipality=edition.municipality
        )
        self.fields["committee"].empty_label = _("all committees")
        self.fields["kind"].choices = [("", _("all kinds")), *Agreement.Kind.choices]
        self.fields["measure"].choices = [("", _("nothing")), *Measure.choices]
        self.fields["measure"].label = _("According to the register")
        self.suggest("source", ReportFigure.Source.COMPUTED)
        self.suggest("year_from", edition.year_from)
        self.suggest("year_to", edition.year_to)

    def clean(self):
        cleaned = super().clean()
        self.clean_years(cleaned)
        measure, unit = cleaned.get("measure"), cleaned.get("unit")
        if cleaned.get("source") == ReportFigure.Source.COMPUTED:
            if not measure and "measure" not in self.errors:
                self.add_error("measure", _("Choose what is to be computed."))
            if cleaned.get("value") is not None:
                self.add_error(
                    "value",
                    _("A computed figure takes its value from the register. Empty the box."),
                )
        if (cleaned.get("value") or 0) < 0:
            self.add_error("value", _("The value cannot be negative."))
        if measure and unit and (unit == Unit.KRONOR) != (measure in AMOUNTS):
            self.add_error("unit", _("This unit does not go with what is computed."))
        code, others = (
            cleaned.get("code"),
            self.instance.edition.figures.exclude(pk=self.instance.pk),
        )
        if code and others.filter(code=code).exists():
            self.add_error("code", _("Another figure has this mark."))
        return cleaned


class ExclusionForm(ModelForm):
    """What a figure leaves out."""

    class Meta:
        model = FigureExclusion
        fields = ["wording", "counted_in"]

    def __init__(self, *args, figures, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counted_in"].queryset = figures
        self.fields["counted_in"].empty_label = _("no other figure")


class BaseExclusionFormSet(BaseInlineFormSet):
    """The exclusions, which may be counted in the edition's other figures."""

    def get_form_kwargs(self, index):
        figures = self.instance.edition.figures.exclude(pk=self.instance.pk)
        return {**super().get_form_kwargs(index), "figures": figures}


ExclusionFormSet = rows_formset(
    ReportFigure,
    FigureExclusion,
    form=ExclusionForm,
    formset=BaseExclusionFormSet,
    fk_name="figure",
)
