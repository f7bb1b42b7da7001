"""Terms, extensions, notice and terminations: what decides how long an agreement lasts."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.checks import why_not_terminate
from agreements.models import (
    Agreement,
    NoticePeriod,
    Obligation,
    ProcurementParticulars,
    Term,
    Termination,
    keep_life,
)
from agreements.models.procurement import lasts_too_long
from partnerships.history import attributed
from partnerships.locked import typed_onto

VALIDITY_FIELDS = ("signed_by_role", "extensions_allowed")


class ExtensionRefusedError(Exception):
    """The agreement cannot be extended so; the message is for the user."""


class TerminationRefusedError(Exception):
    """The agreement cannot be terminated so; the message is for the user."""


@transaction.atomic
def save_term(term: Term, *, by: User, reason: str = "") -> Term:
    """Save a term and what follows from it for the agreement."""
    attributed(term, by=by, reason=reason).save()
    keep_life(term.agreement)
    return term


@transaction.atomic
def extend(term: Term, *, by: User, reason: str = "") -> Term:
    """Register the agreement's next term. Raises ExtensionRefusedError with a sentence for the user.

    By the agreement's own clause no decision is needed; one by decision says which.
    """
    agreement = Agreement.objects.select_for_update().get(pk=term.agreement_id)
    last = agreement.terms.order_by("-number").first()
    if problem := _why_not_extend(agreement, last, term):
        raise ExtensionRefusedError(problem)
    term.number = last.number + 1 if last else 1
    return save_term(term, by=by, reason=reason)


def _why_not_extend(agreement: Agreement, last: Term | None, term: Term) -> str:
    """Why the agreement cannot be extended by the term, as a sentence; empty when it can."""
    if last is None:
        return _("The agreement has no initial term. Enter it first.")
    if agreement.terminations.filter(scope=Termination.Scope.FULL).exists():
        return _("The agreement has been terminated and is not extended.")
    allowed = agreement.extensions_allowed
    if allowed is not None and last.number >= allowed:
        return _(
            "The agreement allows %(allowed)s extensions and all have been made. To go on, the parties agree on a revision that allows more; then change the number under validity."
        ) % {"allowed": allowed}
    if term.ends is None:
        return _("Write the last day of the extension. It is never assumed.")
    return _why_not_follow(agreement, last, term)


def _why_not_follow(agreement: Agreement, last: Term, term: Term) -> str:
    """Why the term cannot follow on the last one, as a sentence; empty when it can."""
    if last.ends is None or term.ends is None:
        return _("The current term has no last day, so there is nothing to extend.")
    if term.starts and term.starts.latest <= last.ends.earliest:
        return _(
            "The extension would start %(start)s, before the current term ends (%(end)s). Change the first day."
        ) % {"start": term.starts, "end": last.ends}
    if term.ends.latest <= last.ends.earliest:
        return _(
            "The extension would end %(end)s, no later than the current term (%(current)s). Change the last day."
        ) % {"end": term.ends, "current": last.ends}
    procurement = ProcurementParticulars.objects.filter(agreement=agreement).first()
    method = procurement.method if procurement else ""
    if lasts_too_long(method, agreement.begins_certainly, term.ends.latest):
        return _(
            "A contract reserved under LOU 19:25 lasts at most three years in all, so it is not extended to %(end)s."
        ) % {"end": term.ends}
    if term.basis == Term.Basis.DECISION and not term.decision:
        return _("Say which decision extends the agreement: committee, date and paragraph.")
    return ""


@transaction.atomic
def save_validity(
    agreement: Agreement,
    *,
    term: Term | None,
    notices: list[NoticePeriod],
    by: User,
    reason: str = "",
) -> None:
    """Save how many extensions are allowed, the initial term and each party's notice.

    A party that is not among the notices has none that is known.
    """
    locked = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    attributed(typed_onto(locked, agreement, VALIDITY_FIELDS), by=by, reason=reason).save()
    if term:
        attributed(term, by=by, reason=reason).save()
    known = {notice.party: notice for notice in agreement.notices.all()}
    for notice in notices:
        row = known.pop(notice.party, notice)
        row.agreement, row.length, row.unit = agreement, notice.length, notice.unit
        attributed(row, by=by, reason=reason).save()
    for row in known.values():
        attributed(row, by=by, reason=reason).delete()
    keep_life(agreement)


@transaction.atomic
def terminate(
    termination: Termination, *, ends: list[Obligation], by: User, reason: str = ""
) -> Termination:
    """Register that the agreement, or a part of it, is terminated, and which obligations end.

    Raises TerminationRefusedError with sentences for the user.
    """
    Agreement.objects.select_for_update().get(pk=termination.agreement_id)
    if problems := why_not_terminate(termination):
        raise TerminationRefusedError(" ".join(problems.values()))
    attributed(termination, by=by, reason=reason).save()
    for obligation in termination.obligations.all():
        if obligation not in ends:
            obligation.ended_by = None
            attributed(obligation, by=by, reason=reason).save()
    for obligation in ends:
        obligation.ended_by, obligation.ends = termination, None
        attributed(obligation, by=by, reason=reason).save()
    keep_life(termination.agreement)
    return termination


@transaction.atomic
def save_rows(
    agreement: Agreement, rows: list, *, removed: list, by: User, reason: str = ""
) -> None:
    """Save and remove an agreement's rows that need nothing else: obligations, particulars."""
    for row in removed:
        attributed(row, by=by, reason=reason).delete()
    for row in rows:
        attributed(row, by=by, reason=reason).save()
    keep_life(agreement)
