"""An agreement for machines. Amounts are strings of SEK, dates are EDTF, null is `not known`."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.checks import open_findings
from agreements.models import (
    AgreementOn,
    Contribution,
    ContributionTotals,
    Deadline,
    Obligation,
    Price,
    Responsibility,
    Revision,
    SourceFlag,
    Term,
    Termination,
)
from partnerships.checksums import checksum_of
from partnerships.dates import ApproximateDate, RowsOn


def contributions_as_data(revision: Revision) -> dict[str, Any]:
    """The revision's contributions, with what tells the agreement and the revision."""
    agreement = revision.agreement
    return {
        "agreement": agreement.name,
        "kind": agreement.kind,
        "diary_number": agreement.diary_number or None,
        "municipality": agreement.municipality.name,
        "revision": revision.number,
        "agreed_on": _edtf(revision.agreed_on),
        "in_force_from": _edtf(revision.in_force_from),
        "ends_on": _iso(agreement.last_day),
        "currency": "SEK",
        "parties": _parties(revision),
    }


def revision_sha256(revision: Revision) -> str:
    """What the revision says, and the initial term with the original one, as a checksum.

    It is the same until a word, a day or an amount changes. `revision` is best fetched
    `with_contributions()`.
    """
    is_original = revision.kind == Revision.Kind.ORIGINAL
    terms = revision.agreement.terms.filter(number=0) if is_original else []
    said = {
        **_revision(revision),
        "number": None,  # it is given when the revision is decided
        "terms": [_term(term) for term in terms],
        "parties": _parties(revision),
        "printed_as": sorted(total.label for total in revision.stated_totals.all()),
    }
    return checksum_of(said)


def agreement_as_data(
    answer: AgreementOn, flags: Sequence[SourceFlag], *, known_at: str | None = None
) -> dict[str, Any]:
    """The agreement on a day: the same answer as its page."""
    agreement = answer.facts.agreement
    return {
        "agreement": agreement.name,
        "kind": agreement.kind,
        "diary_number": agreement.diary_number or None,
        "municipality": agreement.municipality.name,
        "committee": agreement.committee.name,
        "partners": [
            {
                "name": party.partner.name,
                "organisation_number": party.partner.org_number,
                "legal_form": party.partner.legal_form or None,
            }
            for party in agreement.parties.all()
        ],
        "on": answer.day.isoformat(),
        "known_at": known_at,
        **_status(answer),
        "revision": _revision_answer(answer),
        "term": _rows(answer.term, _term),
        "terms": [_term(term) for term in answer.facts.terms],
        "extensions": {
            "allowed": agreement.extensions_allowed,
            "made": answer.extensions_made,
            "left": answer.extensions_left,
        },
        "responsible": {
            "cost": _rows(answer.cost, _responsibility),
            "administration": _rows(answer.administration, _responsibility),
        },
        "obligations": [_obligation(*pair) for pair in answer.obligations],
        "terminations": [_termination(row) for row in answer.facts.terminations],
        "currency": "SEK",
        "contributions": _parties(answer.revision.revision) if answer.revision.revision else [],
        "prices": [_price(price) for price in answer.prices],
        "deadlines": [_deadline(deadline) for deadline in answer.deadlines],
        "open_flags": _open_flags(answer, flags),
    }


def _status(answer: AgreementOn) -> dict[str, Any]:
    status = answer.status
    return {
        "status": status.status.value,
        "certainty": _certainty(status.is_uncertain),
        "status_candidates": [candidate.value for candidate in status.candidates],
        "partly_terminated": [
            {"what": row.what, "effective_from": _edtf(row.effective_from)}
            for row, _is_certain in answer.partly_terminated
        ],
    }


def _revision_answer(answer: AgreementOn) -> dict[str, Any]:
    found = answer.revision
    return {
        "certainty": _certainty(found.is_uncertain),
        "applies": _revision(found.revision) if found.revision else None,
        "candidates": [row.number for row in found.candidates],
        "agreed_not_in_force": _revision(found.agreed) if found.agreed else None,
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "kind": revision.kind,
        "agreed_on": _date(revision.agreed_on),
        "in_force_from": _date(revision.in_force_from),
        "purpose": revision.purpose or None,
        "target_group": revision.target_group or None,
        "note": revision.note or None,
    }


def _rows(found: RowsOn, as_data: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """The one that held, or the candidates and that it is uncertain."""
    candidates = [as_data(row) for row in found.candidates]
    return {
        "certainty": _certainty(found.is_uncertain) if found.is_known else "unknown",
        "certain": as_data(found.certain) if found.certain else None,
        "candidates": candidates,
        "may_be_none": found.may_be_none,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "number": term.number,
        "kind": "extension" if term.number else "initial",
        "basis": term.basis,
        "starts": _date(term.starts),
        "ends": _date(term.ends),
        "end_is_inferred": term.end_is_inferred,
        "decision": term.decision or None,
    }


def _responsibility(row: Responsibility) -> dict[str, Any]:
    return {
        "body": str(row),
        "committee": row.committee.name if row.committee else None,
        "office": row.office.name if row.office else None,
        "unit": str(row.unit) if row.unit else None,
        "starts": _date(row.starts),
        "ends": _date(row.ends),
    }


def _obligation(row: Obligation, is_certain: bool) -> dict[str, Any]:
    return {
        "party": row.party,
        "text": row.text,
        "certainty": _certainty(not is_certain),
        "starts": _date(row.starts),
        "ends": _date(row.ends),
        "ended_by": row.ended_by.pk if row.ended_by else None,
    }


def _termination(row: Termination) -> dict[str, Any]:
    return {
        "id": row.pk,
        "scope": row.scope,
        "what": row.what or None,
        "by": row.by,
        "decided_by": row.decided_by_role or None,
        "notice_given_on": _date(row.notice_given_on),
        "effective_from": _date(row.effective_from),
        "motive": row.motive or None,
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "label": price.line.label,
        "year": price.year,
        "per_inhabitant": _text(price.line.per_inhabitant),
        "population": price.population.number if price.population else None,
        "computed_amount": _text(price.amount),
        "budgeted_amount": _text(price.budgeted),
        "deviation": _text(price.deviation),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "kind": deadline.kind.value,
        "party": deadline.party.value if deadline.party else None,
        "on": _iso(deadline.on),
        "approximate": _edtf(deadline.approximate),
        "certainty": _how_known(deadline),
        "why_unknown": deadline.why.value if deadline.why else None,
    }


def _how_known(deadline: Deadline) -> str:
    if deadline.on:
        return "certain"
    return "uncertain" if deadline.approximate else "unknown"


def _open_flags(answer: AgreementOn, flags: Sequence[SourceFlag]) -> list[dict[str, Any]]:
    raised = [
        {
            "kind": flag.kind,
            "text": flag.text,
            "quote": flag.quote or None,
            "source": flag.source or None,
        }
        for flag in flags
        if flag.state == SourceFlag.State.OPEN
    ]
    found = [
        {"kind": finding.kind.value, "code": finding.code, "text": finding.text}
        for finding in open_findings(answer, list(flags))
    ]
    return raised + found


def _parties(revision: Revision) -> list[dict[str, Any]]:
    return [
        {
            "party": side.party.value,
            "name": side.name,
            "organisation_number": side.partner.org_number if side.partner else None,
            "sum_of_stated_amounts": _text(side.amount),
            "stated_total": _text(side.stated_total.amount if side.stated_total else None),
            "contributions": [_contribution(line) for line in side.lines],
        }
        for side in ContributionTotals.of(revision).parties
    ]


def _contribution(line: Contribution) -> dict[str, Any]:
    return {
        "label": line.label,
        "kind": line.kind,
        "form": line.form,
        "stated_amount": _text(line.stated_amount),
        "period_basis": line.period_basis,
        "computed_amount": _text(line.computed_amount),
        "on_cost_rate": _text(line.on_cost_rate),
        "per_inhabitant": _text(line.per_inhabitant),
        "calculation": [
            {
                "count": _text(part.count),
                "unit_price": _text(part.unit_price),
                "share": _text(part.share),
                "months": _text(part.months),
            }
            for part in line.parts.all()
        ],
    }


def _certainty(is_uncertain: bool) -> str:
    return "uncertain" if is_uncertain else "certain"


def _date(value: ApproximateDate | None) -> dict[str, str] | None:
    """An approximate date with its wording and both bounds."""
    if value is None:
        return None
    return {
        "edtf": value.edtf,
        "wording": str(value),
        "earliest": value.earliest.isoformat(),
        "latest": value.latest.isoformat(),
    }


def _edtf(value: ApproximateDate | None) -> str | None:
    return value.edtf if value else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(number: Decimal | None) -> str | None:
    """A number without exponent or trailing zeros; None stays None."""
    return None if number is None else f"{number.normalize():f}"
