"""When the board has noted an edition: what it says is kept, as data and as a PDF."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
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


def note_edition(
    edition: Edition, *, noted_on: ApproximateDate, paragraph: int | None, by: User, at: datetime
) -> Edition:
    """Freeze the edition as the board noted it.

    The PDF takes seconds, so it is made before the row is locked; what it says is then compared
    with what the edition says under the lock. Raises EditionFrozenError or EditionNotReadyError.
    """
    fresh = _with_parts(edition)
    if lacking := obstacles(fresh):
        raise EditionNotReadyError(" ".join(lacking))
    content = content_of(fresh, at=at)
    pdf = report_pdf(fresh, content, is_draft=False)
    return _keep(edition, content, pdf, noted_on=noted_on, paragraph=paragraph, by=by, at=at)


@transaction.atomic
def _keep(
    edition: Edition,
    content: dict[str, Any],
    pdf: bytes,
    *,
    noted_on: ApproximateDate,
    paragraph: int | None,
    by: User,
    at: datetime,
) -> Edition:
    draft_locked(edition)
    fresh = _with_parts(edition)
    if content_of(fresh, at=at) != content:
        raise EditionNotReadyError(
            _("The edition was changed while it was being printed. Read it and try again.")
        )
    fresh.noted_on, fresh.paragraph = noted_on, paragraph
    fresh.frozen_at, fresh.frozen_by, fresh.snapshot = at, by, content
    fresh.pdf_sha256 = sha256(pdf).hexdigest()
    fresh.pdf.save(f"report-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    attributed(fresh, by=by, reason=_("Noted")).save()
    return fresh


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
