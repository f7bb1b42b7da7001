"""Revisions: written as drafts, brought up to date, decided, discarded."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.actions.validity import save_term
from agreements.documents import revision_sha256
from agreements.models import (
    Agreement,
    CalculationPart,
    Contribution,
    Revision,
    StatedTotal,
    Term,
    keep_life,
)
from partnerships.history import attributed

COPIED_TEXTS = ("purpose", "target_group")
MOST_DRAFTS = 5


class TooManyDraftsError(Exception):
    """The agreement has drafts enough, or no decided revision to begin from; the message is for the user."""


class DraftExistsError(Exception):
    """There is a draft already, and nobody asked for another; the message is for the user."""


class RevisionNotDecidableError(Exception):
    """The revision cannot be decided as it is; the message is for the user."""


class RevisionOutdatedError(RevisionNotDecidableError):
    """Another revision has been decided since the draft was begun; the message is for the user."""


class RevisionFrozenError(Exception):
    """A decided revision is not changed; the message is for the user."""


@dataclass
class ContributionDraft:
    """A contribution to save with its calculation; parts are in order."""

    contribution: Contribution
    parts: list[CalculationPart] = field(default_factory=list)
    removed_parts: list[CalculationPart] = field(default_factory=list)


@transaction.atomic
def save_revision(
    revision: Revision,
    *,
    contributions: list[ContributionDraft],
    removed: list[Contribution],
    stated_totals: list[StatedTotal],
    by: User,
    term: Term | None = None,
    reason: str = "",
) -> Revision:
    """Save a draft with all its lines, and the initial term with the original revision.

    Raises RevisionFrozenError when it was decided meanwhile.
    """
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionFrozenError(
            _(
                "Revision %(number)s has been decided and is not changed. Make a new revision instead."
            )
            % {"number": locked.number}
        )
    attributed(revision, by=by, reason=reason).save()
    for contribution in removed:
        attributed(contribution, by=by, reason=reason).delete()
    for position, draft in enumerate(contributions, start=1):
        _save_contribution(draft, revision, position, by, reason)
    _save_stated_totals(revision, stated_totals, by, reason)
    if term:
        term.starts = term.starts or revision.in_force_from
        save_term(term, by=by, reason=reason)
    return revision


@transaction.atomic
def amend(
    agreement: Agreement,
    *,
    by: User,
    kind: Revision.Kind = Revision.Kind.AMENDMENT,
    beside_drafts: bool = True,
) -> Revision:
    """Start the next revision as a draft, from the latest decided one's texts and contributions.

    Raises TooManyDraftsError with a sentence for the user, and DraftExistsError where there is a
    draft and the new one is not to lie beside it.
    """
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    base = _latest_decided(agreement)
    if base is None:
        raise TooManyDraftsError(
            _("The first revision is still a draft. Write on it, or register it as decided first.")
        )
    drafts = agreement.revisions.drafts().count()
    if drafts >= MOST_DRAFTS:
        raise TooManyDraftsError(
            _("There are already %(number)s drafts. Decide or discard one of them first.")
            % {"number": MOST_DRAFTS}
        )
    if drafts and not beside_drafts:
        raise DraftExistsError(
            _("The agreement has a draft already. Write on it, or begin another beside it.")
        )
    copied = {name: getattr(base, name) for name in COPIED_TEXTS}
    revision = Revision(
        agreement=agreement, number=base.number + 1, kind=kind, based_on=base, **copied
    )
    attributed(revision, by=by, reason=_("New revision from the latest one")).save()
    _copy_lines(base, revision, by)
    return revision


@transaction.atomic
def decide_revision(
    revision: Revision, *, by: User, at: datetime, reason: str = "", shown: str | None = None
) -> Revision:
    """Freeze a revision as decided, and give it its number.

    `shown` is the checksum of what a page showed: the revision says that still, or is refused.
    Raises RevisionNotDecidableError with a sentence for the user, and RevisionOutdatedError when
    another was decided since the draft was begun.
    """
    Agreement.objects.select_for_update().get(pk=revision.agreement_id)
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionNotDecidableError(_("The revision is decided already."))
    if shown is not None and shown != revision_sha256(_with_contributions(locked)):
        raise RevisionNotDecidableError(
            _(
                "The revision has been changed since you opened the page. Read what it says now, below, and register it as decided then."
            )
        )
    if problem := _what_is_missing(locked):
        raise RevisionNotDecidableError(problem)
    latest = _latest_decided(locked.agreement)
    if latest and locked.based_on_id != latest.pk:
        raise RevisionOutdatedError(
            _(
                "Revision %(number)s has been decided since this draft was begun. Bring the draft up to date first."
            )
            % {"number": latest.number}
        )
    locked.number = latest.number + 1 if latest else 1
    locked.decided_at, locked.decided_by = at, by
    attributed(locked, by=by, reason=reason).save()
    keep_life(locked.agreement)
    return locked


@transaction.atomic
def bring_up_to_date(revision: Revision, *, by: User) -> list[str]:
    """Base a draft on the latest decided revision, and give the names of what both have changed.

    What only the decided revision changed is taken over; what only the draft changed stays; where
    both did, the draft's own stays and is named, so that the officer can compare. Raises
    RevisionFrozenError.
    """
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionFrozenError(_("A decided revision is not changed."))
    latest, base = _latest_decided(locked.agreement), locked.based_on
    if latest is None or base is None or base.pk == latest.pk:
        return []
    conflicts = [name for name in COPIED_TEXTS if _merge_text(locked, base, latest, name)]
    conflicts += _merge_lines(locked, base, latest, by)
    locked.based_on, locked.number = latest, latest.number + 1
    reason = _("Brought up to date with revision %(number)s") % {"number": latest.number}
    attributed(locked, by=by, reason=reason).save()
    return conflicts


@transaction.atomic
def discard_draft(revision: Revision, *, by: User) -> None:
    """Remove a draft that came to nothing; its history stays. Raises RevisionFrozenError."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    check_discard(locked)
    for contribution in locked.contributions.all():
        _delete_contribution(contribution, by)
    for total in locked.stated_totals.all():
        attributed(total, by=by).delete()
    try:
        attributed(locked, by=by, reason=_("Draft discarded")).delete()
    except ProtectedError as error:
        raise RevisionFrozenError(
            _("A memo is written on this draft. Choose another revision in the memo first.")
        ) from error


def check_discard(revision: Revision) -> None:
    """Raises RevisionFrozenError for what is decided, and for the agreement's first revision."""
    if not revision.is_draft:
        raise RevisionFrozenError(_("A decided revision is not discarded."))
    if revision.kind == Revision.Kind.ORIGINAL:
        raise RevisionFrozenError(
            _("The first revision belongs to the agreement and is not discarded.")
        )


def _with_contributions(revision: Revision) -> Revision:
    return Revision.objects.with_contributions().get(pk=revision.pk)


def _latest_decided(agreement: Agreement) -> Revision | None:
    return agreement.revisions.filter(decided_at__isnull=False).order_by("-number").first()


def _what_is_missing(revision: Revision) -> str:
    """Why the revision cannot be decided, as a sentence; empty when it can."""
    partners = list(revision.agreement.partners.all())
    if not partners:
        return _("An agreement needs at least one partner. Add it to the agreement first.")
    if revision.in_force_from is None:
        return _("Say from when the revision is in force, as exactly as it is known.")
    formless = [partner.name for partner in partners if not partner.legal_form]
    if revision.agreement.kind == Agreement.Kind.IOP and formless:
        return _(
            "A partnership is made with legal persons. Enter the legal form of %(names)s in the register of partners first."
        ) % {"names": ", ".join(formless)}
    return ""


def _save_contribution(
    draft: ContributionDraft, revision: Revision, position: int, by: User, reason: str
) -> None:
    draft.contribution.revision, draft.contribution.position = revision, position
    attributed(draft.contribution, by=by, reason=reason).save()
    for part in draft.removed_parts:
        attributed(part, by=by, reason=reason).delete()
    for part_position, part in enumerate(draft.parts, start=1):
        part.contribution, part.position = draft.contribution, part_position
        attributed(part, by=by, reason=reason).save()


def _save_stated_totals(
    revision: Revision, wanted: list[StatedTotal], by: User, reason: str
) -> None:
    for total in revision.stated_totals.exclude(pk__in=[total.pk for total in wanted if total.pk]):
        attributed(total, by=by, reason=reason).delete()
    for total in wanted:
        total.revision = revision
        attributed(total, by=by, reason=reason).save()


def _copy_lines(source: Revision, target: Revision, by: User) -> None:
    """Give the target copies of the source's contributions with their calculations."""
    for contribution in source.contributions.prefetch_related("parts"):
        _copy_line(contribution, target, by)


def _copy_line(line: Contribution, target: Revision, by: User) -> None:
    parts = list(line.parts.all())
    line.copied_from_id, line.pk, line.revision = line.pk, None, target
    line._state.adding = True
    attributed(line, by=by).save()
    for part in parts:
        part.pk, part.contribution = None, line
        part._state.adding = True
        attributed(part, by=by).save()


def _delete_contribution(line: Contribution, by: User) -> None:
    for part in line.parts.all():
        attributed(part, by=by).delete()
    attributed(line, by=by).delete()


def _merge_text(draft: Revision, base: Revision, latest: Revision, name: str) -> bool:
    """Take over a text that only the latest changed. True when both changed it, differently."""
    mine, ours, theirs = (getattr(row, name) for row in (draft, base, latest))
    if mine == ours:
        setattr(draft, name, theirs)
        return False
    return theirs not in (ours, mine)


def _merge_lines(draft: Revision, base: Revision, latest: Revision, by: User) -> list[str]:
    """Take over the lines that only the latest changed. The labels of those that both changed."""
    ours = {line.pk: line for line in base.contributions.prefetch_related("parts")}
    theirs, added = _descended(latest, ours)
    mine, _own_lines = _descended(draft, ours)
    conflicts = []
    for key, before in ours.items():
        new, own = theirs.get(key), mine.get(key)
        changed_there = new is None or content(new) != content(before)
        changed_here = own is None or content(own) != content(before)
        if changed_there and changed_here:
            conflicts.append(before.label)
        elif changed_there and own:
            _delete_contribution(own, by)
            if new:
                _copy_line(new, draft, by)
            continue
        if own and new:
            own.copied_from = new
            attributed(own, by=by).save()
    for line in added:
        _copy_line(line, draft, by)
    return conflicts


def _descended(
    revision: Revision, ours: Collection[int]
) -> tuple[dict[int, Contribution], list[Contribution]]:
    """The revision's lines by the line of ours that each was copied from, and those of no such line.

    A copy points at the revision before it, so that it is followed back through those between.
    """
    lines = Contribution.objects.filter(revision__agreement_id=revision.agreement_id)
    sources = dict(lines.values_list("pk", "copied_from_id"))
    found: dict[int, Contribution] = {}
    others = []
    for line in revision.contributions.prefetch_related("parts"):
        source = line.copied_from_id
        while source is not None and source not in ours:
            source = sources.get(source)
        if source is None:
            others.append(line)
        else:
            found[source] = line
    return found, others


def content(line: Contribution) -> tuple:
    """What a line says, apart from which row it is."""
    own = [
        getattr(line, field.attname)
        for field in line._meta.concrete_fields
        if field.name not in {"id", "revision", "copied_from", "position"}
    ]
    parts = [(part.count, part.unit_price, part.share, part.months) for part in line.parts.all()]
    return (*own, *parts)
