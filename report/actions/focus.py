"""Asking the offices, and answering."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from partnerships.history import attributed
from report.actions.edition import RowsDraft, draft_locked, save_rows
from report.models import AskedOffice, Edition, FocusAnswer


@transaction.atomic
def save_focus(edition: Edition, *, questions: RowsDraft, asked: RowsDraft, by: User) -> None:
    """Save what is asked, by when, and who is asked. Raises EditionFrozenError."""
    draft_locked(edition)
    attributed(edition, by=by).save()
    save_rows(edition, "edition", questions, by=by)
    save_rows(edition, "edition", asked, by=by)


@transaction.atomic
def answer_questions(
    asked: AskedOffice, texts: dict[int, str], *, by: User, at: datetime
) -> AskedOffice:
    """Keep an office's answers, by question; an empty one is taken away. Raises EditionFrozenError."""
    draft_locked(asked.edition)
    given = {answer.question_id: answer for answer in asked.answers.all()}
    for key, text in texts.items():
        answer = given.get(key)
        if text and (answer is None or answer.text != text):
            answer = answer or FocusAnswer(asked=asked, question_id=key)
            answer.text = text
            attributed(answer, by=by).save()
        elif answer and not text:
            attributed(answer, by=by).delete()
    is_answered = any(texts.values())
    asked.answered_at, asked.answered_by = (at, by) if is_answered else (None, None)
    attributed(asked, by=by).save()
    return asked
