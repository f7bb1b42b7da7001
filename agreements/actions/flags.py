"""What an officer says of an inconsistency in a source, or of a finding of the portal's checks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.checks import Finding
from agreements.models import Agreement, SourceFlag
from partnerships.history import attributed


class FlagSettledError(Exception):
    """The flag is settled already; the message is for the user."""


def raise_flag(flag: SourceFlag, *, by: User) -> SourceFlag:
    """Register something odd in a source."""
    attributed(flag, by=by).save()
    return flag


@transaction.atomic
def settle_flag(
    flag: SourceFlag, *, state: SourceFlag.State, reason: str, by: User, at: datetime
) -> SourceFlag:
    """Accept or resolve a flag, with a reason. Raises FlagSettledError."""
    locked = SourceFlag.objects.select_for_update().get(pk=flag.pk)
    if locked.state != SourceFlag.State.OPEN:
        raise FlagSettledError(_("Somebody has settled this flag already."))
    locked.state, locked.reason = state, reason
    locked.settled_at, locked.settled_by = at, by
    attributed(locked, by=by, reason=reason).save()
    return locked


@transaction.atomic
def settle_check(
    agreement: Agreement,
    finding: Finding,
    *,
    state: SourceFlag.State,
    reason: str,
    by: User,
    at: datetime,
) -> SourceFlag:
    """Settle a finding of the portal's checks: from now on it is listed as settled. FlagSettledError."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.flags.filter(code=finding.code).exists():
        raise FlagSettledError(_("Somebody has settled this flag already."))
    flag = SourceFlag(
        agreement=agreement,
        kind=finding.kind,
        code=finding.code,
        text=str(finding.text),
        state=state,
        reason=reason,
        settled_at=at,
        settled_by=by,
    )
    attributed(flag, by=by, reason=reason).save()
    return flag
