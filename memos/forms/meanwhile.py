"""Two people write on one memo: what the other saved meanwhile, and what becomes of both.

The form carries the number of the change that it was opened on. Was the memo saved since, what was
typed is laid over what stands there now. Where both changed the same, the user chooses.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from agreements.documents.comparison import TextChange, compare_words
from memos.forms.drafts import (
    Rows,
    Value,
    draft_at,
    draft_in,
    draft_of,
    in_words,
    is_relation,
    labels,
    number_in,
    put,
)
from memos.models import Memo
from partnerships.merging import merge, merge_texts

CHOICES = {"mine", "theirs"}


@dataclass(frozen=True)
class Part:
    """One field, section or list that somebody else has changed since the form was opened."""

    memo: Memo
    key: str
    label: str
    base: Value
    mine: Value
    theirs: Value
    chosen: str = ""
    is_gone: bool = False
    was_conflict: bool | None = None  # when it was first shown; None while it is news

    @cached_property
    def merged(self) -> Value | None:
        """Both changes together; None where they speak of the same place."""
        if self.mine in (self.base, self.theirs):
            return self.theirs
        if not isinstance(self.theirs, str):
            rows = merge(_rows(self.base), _rows(self.mine), self.theirs, keep_both=True)
            return None if rows is None else tuple(rows)
        if self.key.startswith("sections-"):
            return merge_texts(str(self.base), str(self.mine), self.theirs)
        return None

    @property
    def is_conflict(self) -> bool:
        """Must the user choose? What was none when it was shown is none: the user has seen it."""
        clash = self.merged is None if self.was_conflict is None else self.was_conflict
        return clash and not self.is_gone

    @property
    def is_open(self) -> bool:
        """Has the user still to choose?"""
        return self.is_conflict and self.chosen not in CHOICES

    @property
    def what_happened(self) -> str:
        """What became of the two changes, as a sentence."""
        if self.is_gone:
            return _("The section is not there any more. This is what you wrote:")
        if self.is_conflict:
            return _("You have both changed this. Choose which applies.")
        if self.mine in (self.base, self.theirs):
            return _("Taken over into your text.")
        return _("You have changed different places. Both changes are in your text.")

    @property
    def their_change(self) -> TextChange:
        """The other's words against those that both began from."""
        before, after = (in_words(self.memo, self.key, v) for v in (self.base, self.theirs))
        return compare_words(self.label, before, after)

    @property
    def my_change(self) -> TextChange | None:
        """The user's words against the same; of a choice among rows the form itself shows it."""
        if is_relation(self.key):
            return None
        before, after = (in_words(self.memo, self.key, v) for v in (self.base, self.mine))
        return compare_words(self.label, before, after)


def _rows(value: Value) -> Rows:
    return () if isinstance(value, str) else value


@dataclass
class Meanwhile:
    """What was saved since the form was opened, and the form's data with both in it.

    It `is_news` until the user has seen it. From then on what is typed stands, with the conflicts
    as they were chosen.
    """

    memo: Memo
    sent: QueryDict
    opened_on: int
    is_news: bool
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def between(cls, memo: Memo, sent: QueryDict) -> "Meanwhile | None":
        """What the form must know of; None when nobody saved since it was opened."""
        carried, opened_on = number_in(sent, "edit_number"), number_in(sent, "opened_on")
        is_news = carried != memo.edit_number
        if not is_news and not opened_on:
            return None
        found = cls(memo, sent, opened_on or carried, is_news)
        found.parts = list(found._changed())
        return found

    @property
    def is_open(self) -> bool:
        """Is there something to choose, or to be seen first?"""
        return self.is_news or any(part.is_open for part in self.parts)

    @property
    def authors(self) -> str:
        """Who saved meanwhile."""
        rows = self.memo.history.filter(edit_number__gt=self.opened_on)
        users = {str(row.history_user or "") for row in rows.select_related("history_user")}
        return ", ".join(sorted(filter(None, users)))

    @property
    def data(self) -> QueryDict:
        """The data for the form: both changes in it, laid on the memo as it is now."""
        data = self.sent.copy()
        for part in self.parts:
            value = self._value(part)
            if value is not None:
                put(data, part.key, value, self.memo)
        data["edit_number"], data["opened_on"] = str(self.memo.edit_number), str(self.opened_on)
        return data

    def _value(self, part: Part) -> Value | None:
        """What is put in the place of what was typed; None: nothing."""
        if part.is_gone:
            return None
        if self.is_news:
            typed_rows = None if isinstance(part.mine, str) else part.mine
            return part.merged if part.merged is not None else typed_rows
        return part.theirs if part.chosen == "theirs" and part.is_conflict else None

    def _changed(self) -> Iterator[Part]:
        base, theirs = draft_at(self.memo, self.opened_on), draft_of(self.memo)
        mine, named = draft_in(self.sent, self.memo), labels(self.memo)
        conflicts = set(self.sent.getlist("conflict"))
        for key, value in theirs.items():
            nothing: Value = "" if isinstance(value, str) else ()
            if value != (was := base.get(key, nothing)):
                chosen = self.sent.get(f"choice-{key}", "")
                was_conflict = None if self.is_news else key in conflicts
                sides = (was, mine.get(key, nothing), value)
                yield Part(self.memo, key, named[key], *sides, chosen, False, was_conflict)
        for key in self.sent:
            text = self.sent.get(key, "")
            if key.startswith("sections-") and key not in theirs and text.strip():
                yield Part(self.memo, key, _("Section"), "", text, "", is_gone=True)
