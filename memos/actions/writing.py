"""A memo is written, and a draft that came to nothing is discarded."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from memos.actions.errors import MemoChangedError, MemoFrozenError
from memos.models import Interpellation, Memo, MemoSection
from partnerships.history import attributed


@dataclass
class ListDraft:
    """The rows of one of the memo's lists, in order, and the rows to remove."""

    rows: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


@transaction.atomic
def save_memo(
    memo: Memo,
    *,
    texts: dict[int, str],
    lists: list[ListDraft],
    by: User,
    interpellation: Interpellation | None = None,
    reason: str = "",
) -> Memo:
    """Save a draft with the texts of its sections (by template section) and all its lists.

    `memo.edit_number` is the change that all of this was written on. Raises MemoChangedError when
    somebody has saved since, MemoFrozenError when the memo is no longer a draft.
    """
    if memo.pk:
        _claim_next_edit(memo)
    memo.last_edited_by = by
    attributed(memo, by=by, reason=reason).save()
    _save_texts(memo, texts, by, reason)
    for draft in lists:
        for row in draft.removed:
            attributed(row, by=by, reason=reason).delete()
        for position, row in enumerate(draft.rows, start=1):
            row.memo, row.position = memo, position
            attributed(row, by=by, reason=reason).save()
    if interpellation:
        interpellation.memo = memo
        attributed(interpellation, by=by, reason=reason).save()
    return memo


@transaction.atomic
def discard_memo(memo: Memo, *, by: User) -> None:
    """Remove a draft that came to nothing; its history stays. Raises MemoFrozenError."""
    locked = _draft_locked(memo)
    check_discard(locked)
    attributed(locked, by=by, reason=_("Draft discarded")).delete()


def check_discard(memo: Memo) -> None:
    """Raises MemoFrozenError unless the memo is a draft that never was submitted."""
    _check_draft(memo)
    if memo.versions.exists():
        raise MemoFrozenError(_("The memo has been submitted before and is kept. Submit it again."))


def _claim_next_edit(memo: Memo) -> None:
    """Take the next number in one statement, which only one of two writers can do.

    `update` writes no history; the memo is saved with its new number right after.
    """
    as_fetched = Memo.objects.filter(
        pk=memo.pk, edit_number=memo.edit_number, state=Memo.State.DRAFT
    )
    if not as_fetched.update(edit_number=memo.edit_number + 1):
        _draft_locked(memo)
        raise MemoChangedError(_("Somebody else has saved the memo meanwhile."))
    memo.edit_number += 1


def _draft_locked(memo: Memo) -> Memo:
    locked = Memo.objects.select_for_update(of=("self",)).get(pk=memo.pk)
    _check_draft(locked)
    return locked


def _check_draft(memo: Memo) -> None:
    if not memo.is_draft:
        raise MemoFrozenError(
            _("The memo is %(state)s and is not changed.") % {"state": memo.get_state_display()}
        )


def _save_texts(memo: Memo, texts: dict[int, str], by: User, reason: str) -> None:
    """Write the sections whose text changed; a section without text has no row."""
    written = {section.template_section_id: section for section in memo.sections.all()}
    for template_section_id, text in texts.items():
        section = written.get(template_section_id)
        if section is None and not text:
            continue
        section = section or MemoSection(memo=memo, template_section_id=template_section_id)
        if section.pk is None or section.text != text:
            section.text = text
            attributed(section, by=by, reason=reason).save()
