"""What changes more than one row of a memo, or has a precondition."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from memos.checks import missing
from memos.documents import memo_pdf
from memos.models import Interpellation, Memo, MemoSection
from partnerships.history import attributed


class MemoFrozenError(Exception):
    """A submitted memo is not changed; the message is for the user."""


class MemoNotSubmittableError(Exception):
    """The memo lacks something; the message is for the user."""


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

    Raises MemoFrozenError when it was submitted meanwhile.
    """
    if memo.pk:
        _draft_locked(memo)
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
def submit_memo(memo: Memo, *, by: User, at: datetime) -> Memo:
    """Issue the memo: its PDF is kept, with its checksum, and nothing is changed any more.

    Raises MemoNotSubmittableError or MemoFrozenError with sentences for the user.
    """
    _draft_locked(memo)
    fresh = Memo.objects.with_parts().get(pk=memo.pk)
    if lacking := missing(fresh):
        raise MemoNotSubmittableError(" ".join(lacking))
    fresh.submitted_at, fresh.submitted_by = at, by
    pdf = memo_pdf(fresh)
    fresh.pdf_sha256 = sha256(pdf).hexdigest()
    fresh.pdf.save(f"memo-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    attributed(fresh, by=by, reason=_("Submitted")).save()
    return fresh


@transaction.atomic
def discard_memo(memo: Memo, *, by: User) -> None:
    """Remove a draft that came to nothing; its history stays. Raises MemoFrozenError."""
    locked = _draft_locked(memo)
    attributed(locked, by=by, reason=_("Draft discarded")).delete()


def _draft_locked(memo: Memo) -> Memo:
    locked = Memo.objects.select_for_update(of=("self",)).get(pk=memo.pk)
    if not locked.is_draft:
        raise MemoFrozenError(_("The memo has been submitted and is not changed."))
    return locked


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
