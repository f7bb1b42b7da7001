"""Text in Markdown, and years."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships import markdown

LONGEST_TEXT = 50_000
FIRST_YEAR, LAST_YEAR = 1990, 2200


class MarkdownField(forms.CharField):
    """Text in Markdown; what could reach a file or an address is refused with a sentence."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST_TEXT, "required": False, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        if problems := markdown.problems(text):
            raise forms.ValidationError([str(problem) for problem in problems])
        return text


class YearField(forms.IntegerField):
    """A year in a plain box."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the year with four digits, for example 2025."),
        "min_value": _("Write the year with four digits, for example 2025."),
        "max_value": _("Write the year with four digits, for example 2025."),
    }

    def __init__(self, **kwargs):
        super().__init__(
            **{"min_value": FIRST_YEAR, "max_value": LAST_YEAR, "required": False, **kwargs}
        )

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}


class YearsMixin:
    """Two years, of which both or none are given, in order."""

    def clean_years(self, cleaned):
        """Complain of years that contradict each other."""
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if any(name in self.errors for name in ("year_from", "year_to")):
            return
        if (first is None) != (last is None):
            missing = "year_to" if last is None else "year_from"
            self.add_error(missing, _("Give both years, the same year twice, or none."))
        elif first is not None and last is not None and last < first:
            self.add_error(
                "year_to",
                _("The last year is before the first (%(first)s). Change one of them.")
                % {"first": first},
            )
