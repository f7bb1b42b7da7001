"""The form field for running text."""

from django import forms

from partnerships import markdown

LONGEST_TEXT = 50_000


class MarkdownField(forms.CharField):
    """Text in Markdown; what could reach a file or an address is refused with a sentence."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST_TEXT, "required": False, **kwargs})

    def clean(self, value):
        text = super().clean(value).replace("\r\n", "\n")  # as browsers send line ends
        if problems := markdown.problems(text):
            raise forms.ValidationError([str(problem) for problem in problems])
        return text
