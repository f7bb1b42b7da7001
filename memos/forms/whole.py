"""The forms of one page on which a memo is written, bound and saved together."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from memos.actions import save_memo
from memos.forms.meanwhile import Meanwhile
from memos.forms.memo import (
    InterpellationForm,
    MemoForm,
    SectionsForm,
    list_draft,
    list_formsets,
)
from memos.models import Interpellation, Memo


class MemoForms:
    """Facts, sections, lists and, in an answer, who asked whom."""

    def __init__(self, data: QueryDict | None, memo: Memo, user: User):
        self.facts = MemoForm(data, instance=memo, user=user)
        self.sections = SectionsForm(data, memo=memo, prefix="sections")
        self.lists = list_formsets(data, memo)
        self.interpellation = _interpellation_form(data, memo)

    @property
    def also(self) -> list:
        """What the summary of errors looks through beside facts and sections."""
        return [part for part in (self.interpellation, self.lists) if part]

    @property
    def every(self) -> list:
        """All forms and formsets of the page."""
        asked = [self.interpellation] if self.interpellation else []
        return [self.facts, self.sections, *self.lists.values(), *asked]

    def are_valid(self) -> bool:
        """All of them are asked, so that all complain."""
        return all([each.is_valid() for each in self.every])  # noqa: C419

    def is_settled(self, meanwhile: Meanwhile | None) -> bool:
        """Has the user chosen wherever two changed the same? Complains when not."""
        if meanwhile and meanwhile.is_open:
            self.facts.add_error(
                None, _("Choose yours or the other wherever both changed the same.")
            )
            return False
        return True

    def save(self, *, by: User) -> Memo:
        """Save everything as one change. Raises what `save_memo` raises."""
        return save_memo(
            self.facts.save(commit=False),
            texts=self.sections.texts(),
            lists=[list_draft(formset) for formset in self.lists.values()],
            interpellation=self.interpellation.save(commit=False) if self.interpellation else None,
            by=by,
            reason=self.facts.cleaned_data["reason"],
        )


def _interpellation_form(data: QueryDict | None, memo: Memo) -> InterpellationForm | None:
    """The form of who asked whom; None for a memo that answers no interpellation."""
    if not memo.answers_interpellation:
        return None
    instance = getattr(memo, "interpellation", None) or Interpellation(memo=memo)
    return InterpellationForm(data, instance=instance, prefix="interpellation")
