"""When the board has noted an edition: what it says is kept, as data and as a PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.models import AgendaItem
from partnerships.dates import ApproximateDate
from partnerships.history import attributed
from report.actions.edition import draft_locked
from report.documents import content_of, report_pdf, unknown_marks
from report.models import Edition


class EditionNotReadyError(Exception):
    """The edition lacks something, or was changed meanwhile; the message is for the user."""


def obstacles(edition: Edition) -> list[str]:
    """What keeps the edition from being noted, one sentence each."""
    return list(_obstacles(edition))


@dataclass(frozen=True)
class Printed:
    """What an edition said at a moment, and the PDF that was made of it."""

    edition: Edition
    content: dict[str, Any]
    pdf: bytes


def print_for_noting(edition: Edition, *, at: datetime) -> Printed:
    """The edition as it would be noted now. Takes seconds, so nothing is locked.

    Raises EditionNotReadyError.
    """
    fresh = _with_parts(edition)
    if lacking := obstacles(fresh):
        raise EditionNotReadyError(" ".join(lacking))
    content = content_of(fresh, at=at)
    return Printed(edition, content, report_pdf(fresh, content, is_draft=False))


@transaction.atomic
def keep_as_noted(
    printed: Printed,
    *,
    noted_on: ApproximateDate,
    paragraph: int | None = None,
    item: AgendaItem | None = None,
    by: User,
    at: datetime,
) -> Edition:
    """Freeze the edition as it was printed, if that is what it still says.

    The board noted it under the paragraph, or under that of the item. Raises EditionFrozenError or
    EditionNotReadyError.
    """
    draft_locked(printed.edition)
    fresh = _with_parts(printed.edition)
    made_at = datetime.fromisoformat(printed.content["made_at"])
    if content_of(fresh, at=made_at) != printed.content:
        raise EditionNotReadyError(
            _("The edition was changed while it was being printed. Read it and try again.")
        )
    fresh.noted_on, fresh.paragraph, fresh.noted_in = noted_on, paragraph, item
    fresh.frozen_at, fresh.frozen_by, fresh.snapshot = at, by, printed.content
    fresh.pdf_sha256 = sha256(printed.pdf).hexdigest()
    fresh.pdf.save(f"report-{fresh.pk}.pdf", ContentFile(printed.pdf), save=False)
    attributed(fresh, by=by, reason=_("Noted")).save()
    return fresh


def note_edition(
    edition: Edition, *, noted_on: ApproximateDate, paragraph: int | None, by: User, at: datetime
) -> Edition:
    """Freeze the edition as the board noted it, outside of the portal's meetings.

    Raises EditionFrozenError or EditionNotReadyError.
    """
    printed = print_for_noting(edition, at=at)
    return keep_as_noted(printed, noted_on=noted_on, paragraph=paragraph, by=by, at=at)


def _with_parts(edition: Edition) -> Edition:
    return Edition.objects.with_parts().get(pk=edition.pk)


def _obstacles(edition: Edition) -> Iterator[str]:
    if not edition.years:
        yield _("Say which years the edition is about.")
    if not any(section.text.strip() for section in edition.sections.all()):
        yield _("Write at least one section.")
    codes = [figure.code for figure in edition.figures.all()]
    for section in edition.sections.all():
        if marks := unknown_marks(section.text, codes):
            yield _("%(section)s names %(marks)s, which is no figure of the edition.") % {
                "section": section,
                "marks": ", ".join(marks),
            }
