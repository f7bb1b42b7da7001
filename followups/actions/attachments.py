"""Files of a report: added when they have been checked, and taken away while it is written."""

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from followups.actions.refusals import FollowUpRefusedError
from followups.models import Attachment, FollowUpReport
from followups.uploads import MOST_EVER, MOST_FILES, CheckedFile
from partnerships.history import attributed


@transaction.atomic
def attach(
    report: FollowUpReport, checked: CheckedFile, *, by: User | None, at: datetime
) -> Attachment:
    """Keep a checked file with the report, under a random name. Raises FollowUpRefusedError."""
    locked = _open(report)
    if locked.attachments.filter(removed_at__isnull=True).count() >= MOST_FILES:
        raise FollowUpRefusedError(
            _("A report holds at most %(limit)s files. Take one away first.")
            % {"limit": MOST_FILES}
        )
    if by is None and locked.attachments.count() >= MOST_EVER:
        raise FollowUpRefusedError(
            _(
                "Files have been added and taken away too many times. Send the file to the municipality instead."
            )
        )
    attachment = Attachment(
        report=locked,
        name=checked.name,
        kind=checked.kind,
        size=len(checked.content),
        sha256=sha256(checked.content).hexdigest(),
        added_at=at,
        added_by=by,
    )
    attachment.file.save(checked.name, ContentFile(checked.content), save=False)
    attributed(attachment, by=by, reason=_("File added")).save()
    return attachment


@transaction.atomic
def take_away(attachment: Attachment, *, by: User | None, at: datetime) -> None:
    """Take the file away from the report; versions that had it keep it. FollowUpRefusedError."""
    _open(attachment.report)
    if attachment.removed_at is None:
        attachment.removed_at = at
        attributed(attachment, by=by, reason=_("File taken away")).save()


def _open(report: FollowUpReport) -> FollowUpReport:
    locked = FollowUpReport.objects.select_for_update().get(pk=report.pk)
    if not (locked.is_open or locked.is_account):
        raise FollowUpRefusedError(
            _("The report has been handed in, and is not changed until it is returned.")
        )
    return locked
