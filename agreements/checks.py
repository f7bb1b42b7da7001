"""What the portal finds missing or odd in an agreement; an officer settles it with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    AgreementOn,
    Contribution,
    Deadline,
    Party,
    Responsibility,
    Revision,
    SourceFlag,
    Termination,
)
from agreements.models.deadlines import Why
from agreements.procurement_checks import procurement_findings
from partnerships.dates.bounds import moved
from partnerships.money import kronor, percent, plain_number, signed_kronor

Kind = SourceFlag.Kind


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `code` tells it from every other finding of the agreement."""

    code: str
    kind: SourceFlag.Kind
    text: str
    is_of_draft: bool = False

    @property
    def label(self) -> str:
        """What kind it is. Before anything is decided there is no source that could lack it."""
        if self.is_of_draft and self.kind == Kind.MISSING:
            return _("not filled in")
        return str(self.kind.label)


def findings(answer: AgreementOn) -> list[Finding]:
    """Everything the portal finds on the day, settled or not."""
    checks = (
        _facts,
        _deadlines,
        _revisions,
        _amounts,
        _prices,
        _responsibilities,
        _terminations,
        _procurement,
    )
    found = [finding for check in checks for finding in check(answer)]
    is_draft = not answer.life.is_decided
    return [replace(finding, is_of_draft=True) for finding in found] if is_draft else found


def open_findings(answer: AgreementOn, flags: list[SourceFlag]) -> list[Finding]:
    """The findings that nobody has settled."""
    settled = {flag.code for flag in flags if flag.code}
    return [finding for finding in findings(answer) if finding.code not in settled]


def decider_differs(termination: Termination) -> bool:
    """Did another role decide the termination than the one that signed the agreement?"""
    signer = termination.agreement.signed_by_role.casefold()
    decider = termination.decided_by_role.casefold()
    is_ours = termination.by == Party.MUNICIPALITY
    return bool(is_ours and signer and decider and signer not in decider)


def why_not_terminate(termination: Termination) -> dict[str, str]:
    """Why the agreement cannot be terminated so: a sentence for each field; empty when it can."""
    agreement, scope = termination.agreement, Termination.Scope
    problems = {}
    if termination.scope == scope.PARTIAL and not termination.what:
        problems["what"] = _("Say which part of the agreement ends.")
    whole = agreement.terminations.filter(scope=scope.FULL).exclude(pk=termination.pk)
    if termination.scope == scope.FULL and whole.exists():
        problems["scope"] = _(
            "The whole agreement has been terminated already. Change that termination."
        )
    if decider_differs(termination) and not termination.decider_reason:
        problems["decider_reason"] = _(
            "The agreement was signed by %(signer)s. Say why another decides to terminate it."
        ) % {"signer": agreement.signed_by_role}
    return problems


def _facts(answer: AgreementOn) -> Iterator[Finding]:
    agreement = answer.facts.agreement
    if not agreement.diary_number:
        yield Finding("diary_number", Kind.MISSING, _("The diary number is missing."))
    if agreement.kind == Agreement.Kind.IOP:
        for party in agreement.parties.all():
            if not party.partner.legal_form:
                yield Finding(
                    f"legal_form:{party.partner_id}",
                    Kind.MISSING,
                    _("The legal form of %(name)s is not known.") % {"name": party.partner},
                )


def _deadlines(answer: AgreementOn) -> Iterator[Finding]:
    for deadline in answer.deadlines:
        if deadline.kind == Deadline.Kind.NOTICE and deadline.why == Why.NO_NOTICE:
            party = deadline.party or Party.MUNICIPALITY
            sentence = (
                _(
                    "The notice period of %(party)s is missing in the source, so no last day is computed."
                )
                if answer.life.is_decided
                else _(
                    "The notice period of %(party)s is not filled in, so no last day is computed."
                )
            )
            code = f"notice:{party.value}"
            yield Finding(code, Kind.MISSING, sentence % {"party": party.label})
    for term in answer.facts.terms:
        if term.end_is_inferred:
            yield Finding(
                f"inferred_end:{term.number}",
                Kind.MISSING,
                _("%(term)s: the last day (%(end)s) is inferred; no source states it.")
                % {"term": term, "end": term.ends},
            )


def _revisions(answer: AgreementOn) -> Iterator[Finding]:
    for revision in answer.facts.revisions:
        starts, agreed = revision.in_force_from, revision.agreed_on
        if not revision.is_draft and starts and agreed and starts.latest < agreed.earliest:
            yield Finding(
                f"agreed_after_start:{revision.number}",
                Kind.CONTRADICTION,
                _("%(revision)s is in force from %(start)s, before it was agreed (%(agreed)s).")
                % {"revision": revision, "start": starts, "agreed": agreed},
            )
    shown = answer.revision.revision
    if shown and not shown.target_group and answer.facts.agreement.kind == Agreement.Kind.IOP:
        yield Finding(
            f"target_group:{shown.number}",
            Kind.MISSING,
            _("%(revision)s: the target group's wording is not stated in the source.")
            % {"revision": shown},
        )


def _amounts(answer: AgreementOn) -> Iterator[Finding]:
    if not (answer.totals and answer.revision.revision):
        return
    for side in answer.totals.parties:
        for line in side.lines:
            yield from _line(line)
        if side.differs_from_stated and side.stated_total:
            yield Finding(
                f"total:{side.stated_total.pk}",
                Kind.DEVIATION,
                _(
                    "%(name)s: the agreement states a total of %(stated)s, and its lines sum to %(sum)s."
                )
                % {
                    "name": side.name,
                    "stated": kronor(side.stated_total.amount),
                    "sum": kronor(side.amount),
                },
            )


def _line(line: Contribution) -> Iterator[Finding]:
    if line.stated_amount is None and line.per_inhabitant is None:
        yield Finding(
            f"amount:{line.pk}",
            Kind.MISSING,
            _("“%(label)s”: the amount is not stated in the source.") % {"label": line.label},
        )
    if line.deviation and line.implied_factor:
        yield Finding(
            f"deviation:{line.pk}",
            Kind.DEVIATION,
            _(
                "“%(label)s”: stated %(stated)s, computed %(computed)s (%(deviation)s, factor %(factor)s)."
            )
            % {
                "label": line.label,
                "stated": kronor(line.stated_amount),
                "computed": kronor(line.computed_amount),
                "deviation": signed_kronor(line.deviation),
                "factor": plain_number(line.implied_factor),
            },
        )


def _prices(answer: AgreementOn) -> Iterator[Finding]:
    for price in answer.prices:
        if price.deviation and price.deviation_share is not None:
            yield Finding(
                f"budget:{price.line.pk}:{price.year}",
                Kind.DEVIATION,
                _(
                    "The price for %(year)s comes to %(computed)s, and the budget holds %(budgeted)s (%(share)s)."
                )
                % {
                    "year": price.year,
                    "computed": kronor(price.amount),
                    "budgeted": kronor(price.budgeted),
                    "share": percent(price.deviation_share, 2),
                },
            )


def _responsibilities(answer: AgreementOn) -> Iterator[Finding]:
    for kind in Responsibility.Kind:
        rows = [row for row in answer.facts.responsibilities if row.kind == kind]
        rows.sort(key=lambda row: row.starts.possibly_from if row.starts else date.min)
        for before, after in pairwise(rows):
            until, starts = before.ends, after.starts
            if until and starts and moved(until.latest, days=1) < starts.earliest:
                yield Finding(
                    f"gap:{kind.value}:{before.pk}",
                    Kind.MISSING,
                    _("Nobody is responsible for the %(kind)s between %(end)s and %(start)s.")
                    % {"kind": kind.label, "end": before.ends, "start": after.starts},
                )


def _terminations(answer: AgreementOn) -> Iterator[Finding]:
    for row in answer.facts.terminations:
        if row.effective_from is None:
            yield Finding(
                f"effective:{row.pk}",
                Kind.MISSING,
                _("The termination of “%(what)s” does not say from when it takes effect.")
                % {"what": row},
            )
        if row.scope == Termination.Scope.FULL and row.notice_given_on is None:
            yield Finding(
                f"notice_given:{row.pk}",
                Kind.MISSING,
                _("It is not known when notice of the termination was given."),
            )
        if decider_differs(row) and not row.decider_reason:
            yield Finding(
                f"decider:{row.pk}",
                Kind.CONTRADICTION,
                _(
                    "The termination was decided by %(decider)s, and the agreement was signed by %(signer)s."
                )
                % {"decider": row.decided_by_role, "signer": row.agreement.signed_by_role},
            )


def _procurement(answer: AgreementOn) -> Iterator[Finding]:
    for code, kind, text in procurement_findings(answer):
        yield Finding(f"procurement:{code}", kind, text)


def outdated(draft: Revision, revisions: list[Revision]) -> Revision | None:
    """The revision that has been decided since the draft was begun; None when it is up to date."""
    decided = [row for row in revisions if not row.is_draft]
    latest = max(decided, key=lambda row: row.number, default=None)
    return latest if latest and draft.based_on_id != latest.pk else None
