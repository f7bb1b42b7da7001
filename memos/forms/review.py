"""What is typed on the page of a review: one form, whichever button sends it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from memos.models import Memo, ReviewComment, TemplateSection
from partnerships.editing import Form, ModelForm


class ChangesForm(Form):
    """Why the memo goes back to its writers."""

    suggested = ("reason",)  # what was typed before another button of the page was pressed
    reason = forms.CharField(
        label=gettext_lazy("What is to be changed"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("May be empty when the comments say it."),
    )


class CommentForm(ModelForm):
    """A comment on a section, or on the whole memo; nothing is said where its box is empty."""

    class Meta:
        model = ReviewComment
        fields = ["text"]
        widgets = {"text": forms.Textarea({"rows": 2})}

    def __init__(self, data=None, *, prefix: str, about: str):
        super().__init__(data, prefix=prefix, empty_permitted=True, use_required_attribute=False)
        self.about = about

    def has_changed(self) -> bool:
        return bool((self["text"].value() or "").strip())

    def label_of(self, name: str) -> str:
        """The label of the box with what it is about, for the summary of what is wrong."""
        return f"{self[name].label}, {self.about}"


class ReviewForms:
    """A box for a comment on each part of the memo, `0` being the whole, and one for changes."""

    def __init__(self, memo: Memo, data=None, *, reason: str = ""):
        self.sections: dict[str, TemplateSection] = {
            str(section.pk): section for section in memo.template.sections.all()
        }
        names = {"0": _("The whole memo")}
        names |= {key: str(section) for key, section in self.sections.items()}
        self.comments = {
            key: CommentForm(data, prefix=f"comment-{key}", about=capfirst(name))
            for key, name in names.items()
        }
        self.changes = ChangesForm(data, initial={"reason": reason})

    @property
    def every(self) -> list[forms.BaseForm]:
        """All forms, in the order of the page."""
        return [*self.comments.values(), self.changes]

    @property
    def has_comments(self) -> bool:
        """Is any comment typed?"""
        return any(form.has_changed() for form in self.comments.values())

    @property
    def reason(self) -> str:
        """What is to be changed, as it was typed."""
        return (self.changes["reason"].value() or "").strip()

    def ask_for(self, key: str) -> None:
        """Complain when the part's box is empty."""
        self.comments.get(key, self.comments["0"]).empty_permitted = False

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.every)

    def said(self) -> list[tuple[TemplateSection | None, str]]:
        """The comments that were typed, with the sections they are on."""
        return [
            (self.sections.get(key), form.cleaned_data["text"])
            for key, form in self.comments.items()
            if form.has_changed()
        ]
