"""The agreement itself and its parties."""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

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


class AgreementKeptError(Exception):
    """The agreement is not discarded; the message says why."""


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


@transaction.atomic
def discard_agreement(agreement: Agreement, *, by: User) -> None:
    """Remove an agreement registered by mistake; its history stays. Raises AgreementKeptError."""
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    for row in check_discard_agreement(locked):
        attributed(row, by=by, reason=_("Agreement discarded")).delete()


def check_discard_agreement(agreement: Agreement) -> list[models.Model]:
    """All that goes with the agreement, what hangs on others first.

    Raises AgreementKeptError when it has been decided, or when there is something that is not a
    part of it: a memo, a payment, a plan.
    """
    if agreement.revisions.filter(decided_at__isnull=False).exists():
        raise AgreementKeptError(
            _("The agreement has a decided revision and is not discarded. Terminate it instead.")
        )
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect([agreement])
    except models.ProtectedError as error:
        others = {type(row) for row in error.protected_objects}
    else:
        others = _hanging_on_it() & collector.data.keys()
    if others:
        names = sorted(str(model._meta.verbose_name_plural) for model in others)
        sentence = _("The agreement is not discarded, since something hangs on it: %(what)s.")
        raise AgreementKeptError(sentence % {"what": ", ".join(names)})
    collector.sort()
    return [row for model in collector.data for row in collector.data[model]]


def _hanging_on_it() -> set[type[models.Model]]:
    """What leads to an agreement and is no part of it: what the apps above have."""
    relations = Agreement._meta.related_objects
    return {
        relation.related_model
        for relation in relations
        if relation.related_model._meta.app_label != Agreement._meta.app_label
    }


def _save_themes(agreement: Agreement, themes: set[Theme], by: User, reason: str) -> None:
    kept = {row.theme: row for row in agreement.themed.select_related("theme")}
    for theme in sorted(themes - kept.keys(), key=str):
        attributed(AgreementTheme(agreement=agreement, theme=theme), by=by, reason=reason).save()
    for theme in kept.keys() - themes:
        attributed(kept[theme], by=by, reason=reason).delete()
