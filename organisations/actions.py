"""What changes more than one row of the register of partners."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from organisations.models import Partner, PartnerName
from partnerships.history import attributed


@transaction.atomic
def save_partner(
    partner: Partner,
    *,
    names: list[PartnerName],
    removed: list[PartnerName],
    by: AbstractBaseUser,
    reason: str = "",
) -> Partner:
    """Save a partner with its other names, each change with its user and reason."""
    attributed(partner, by=by, reason=reason).save()
    for name in removed:
        attributed(name, by=by, reason=reason).delete()
    for name in names:
        name.partner = partner
        attributed(name, by=by, reason=reason).save()
    return partner
