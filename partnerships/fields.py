"""Form fields that every app may use."""

from django import forms
from django.forms.fields import InvalidJSONInput

from partnerships import markdown

LONGEST_TEXT = 20_000


class MarkdownFormField(forms.CharField):
    """Text in Markdown; what could reach a file or an address is refused with a sentence."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        kwargs["max_length"] = kwargs.get("max_length") or LONGEST_TEXT
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        if problems := markdown.problems(text):
            raise forms.ValidationError([str(problem) for problem in problems])
        return text


class JSONFormField(forms.JSONField):
    """Django's, which fails at numbers too long for Python and at brackets within brackets."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": "…"}
            ) from error

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)
