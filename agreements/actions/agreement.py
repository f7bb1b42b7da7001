"""The agreement itself and its parties."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from agreements.models import (
    Agreement,
    AgreementPartner,
    AgreementTheme,
    Revision,
    Theme,
    keep_life,
)
from organisations.models import Partner
from partnerships.history import attributed


@transaction.atomic
def save_agreement(
    agreement: Agreement,
    *,
    partners: list[Partner],
    themes: Iterable[Theme] | None = None,
    by: User,
    reason: str = "",
) -> Agreement:
    """Save an agreement with its partners in this order; a new one gets its first draft revision.

    Its themes stay as they are unless they are given.
    """
    is_new = agreement.pk is None
    attributed(agreement, by=by, reason=reason).save()
    parties = {party.partner_id: party for party in agreement.parties.all()}
    for position, partner in enumerate(partners, start=1):
        party = parties.pop(partner.pk, None) or AgreementPartner(
            agreement=agreement, partner=partner
        )
        if party.pk is None or party.position != position:
            party.position = position
            attributed(party, by=by, reason=reason).save()
    for party in parties.values():
        attributed(party, by=by, reason=reason).delete()
    if themes is not None:
        _save_themes(agreement, set(themes), by, reason)
    if is_new:
        original = Revision(agreement=agreement, number=1, kind=Revision.Kind.ORIGINAL)
        attributed(original, by=by, reason=reason).save()
    else:
        keep_life(agreement)
    return agreement


def _save_themes(agreement: Agreement, themes: set[Theme], by: User, reason: str) -> None:
    kept = {row.theme: row for row in agreement.themed.select_related("theme")}
    for theme in sorted(themes - kept.keys(), key=str):
        attributed(AgreementTheme(agreement=agreement, theme=theme), by=by, reason=reason).save()
    for theme in kept.keys() - themes:
        attributed(kept[theme], by=by, reason=reason).delete()
