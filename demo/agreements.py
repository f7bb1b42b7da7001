"""The facts of a demo agreement that stand beside its revisions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.models import (
    Agreement,
    BudgetedAmount,
    GrantParticulars,
    MembershipParticulars,
    Obligation,
    Responsibility,
    SourceFlag,
    Term,
    Termination,
    keep_life,
)
from partnerships.dates import ApproximateDate

DATES = ("starts", "ends", "effective_from", "notice_given_on", "review_on", "applied_on")
PARTICULARS: dict[str, Any] = {"membership": MembershipParticulars, "grant": GrantParticulars}


def add_facts(
    agreement: Agreement,
    facts: dict[str, Any],
    *,
    keep: Callable[[Any], Any],
    read: Callable[[str], dict[str, Any]],
) -> None:
    """Terms, terminations, obligations, responsibilities, budgets, particulars and flags.

    `keep` saves a row as the officer's work; `read` gives the content of another of the files.
    """
    mine: dict[str, Any] = {"agreement": agreement}
    for number, term in enumerate(facts.get("terms", [])):
        basis = {} if number else {"basis": Term.Basis.ORIGINAL}
        keep(Term(**mine, number=number, **basis, **_dated(term)))
    _add_obligations(mine, facts, keep)
    for row in map(dict, facts.get("responsibilities", [])):
        for kind in row.pop("kinds"):
            keep(Responsibility(**mine, kind=kind, **_bodies(agreement, _dated(row))))
    for row in facts.get("budgets", []):
        row = _bodies(agreement, _dated(row))
        keep(BudgetedAmount(**mine, **row | {"amount": Decimal(row["amount"])}))
    for name in PARTICULARS.keys() & facts.keys():
        keep(PARTICULARS[name](**mine, **_dated(facts[name])))
    if "flags" in facts:
        found = read(facts["flags"])
        for flag in found["flags"]:
            keep(SourceFlag(**mine, source=found["source"], **flag))
    keep_life(agreement)


def _add_obligations(
    mine: dict[str, Any], facts: dict[str, Any], keep: Callable[[Any], Any]
) -> None:
    """The terminations, and the undertakings with what ended them."""
    stops = {
        row.pop("key"): keep(Termination(**mine, **_dated(row)))
        for row in map(dict, facts.get("terminations", []))
    }
    for row in map(dict, facts.get("obligations", [])):
        keep(Obligation(**mine, ended_by=stops.get(row.pop("ended_by", None)), **_dated(row)))


def _dated(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with every date as precise as it is written."""
    return {name: _date(value) if name in DATES else value for name, value in facts.items()}


def _date(value: str | date) -> ApproximateDate:
    return (
        ApproximateDate.exactly(value) if isinstance(value, date) else ApproximateDate.parse(value)
    )


def _bodies(agreement: Agreement, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the bodies that they name."""
    municipality = agreement.municipality
    bodies = {
        "committee": municipality.committees,
        "office": municipality.offices,
        "unit": municipality.units,
    }
    return {
        name: bodies[name].get(name=value) if name in bodies else value
        for name, value in facts.items()
    }
