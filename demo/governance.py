"""The demo's governing documents and transfers, from a municipality's file."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.models import Agreement
from governance.models import (
    ActionPlanActivity,
    Arrangement,
    GoverningDocument,
    Outcome,
    ServiceTransfer,
)
from organisations.models import Municipality, Partner
from partnerships.dates import ApproximateDate

Keep = Callable[[Any], Any]
APPROXIMATE = {"adopted_on", "valid_from", "valid_until", "due_on", "transferred_on", "starts_on"}


def load_governance(facts: dict[str, Any], *, municipality: Municipality, keep: Keep) -> None:
    """Everything that the file says of what steers the collaboration, and what came of it."""
    for document in facts.get("governing_documents", []):
        _document(dict(document), municipality, keep)
    for transfer in facts.get("transfers", []):
        _transfer(dict(transfer), municipality, keep)


def _document(facts: dict[str, Any], municipality: Municipality, keep: Keep) -> None:
    activities = facts.pop("activities", [])
    parent = municipality.governing_documents.filter(title=facts.pop("parent", "")).first()
    document = keep(
        GoverningDocument(
            municipality=municipality,
            parent=parent,
            adopted_by=_committee(municipality, facts.pop("adopted_by", "")),
            **_dated(facts),
        )
    )
    for position, activity in enumerate(activities, start=1):
        keep(ActionPlanActivity(document=document, position=position, **_dated(activity)))


def _transfer(facts: dict[str, Any], municipality: Municipality, keep: Keep) -> None:
    arrangements, outcomes = facts.pop("arrangements"), facts.pop("outcomes")
    activities = ActionPlanActivity.objects.filter(document__municipality=municipality)
    transfer = keep(
        ServiceTransfer(
            municipality=municipality,
            activity=activities.get(heading=facts.pop("activity")),
            decided_by=_committee(municipality, facts.pop("decided_by", "")),
            **_dated(facts),
        )
    )
    for position, arrangement in enumerate(arrangements, start=1):
        _arrangement(dict(arrangement), transfer, position, keep)
    for position, outcome in enumerate(outcomes, start=1):
        keep(Outcome(transfer=transfer, position=position, **outcome))


def _arrangement(
    facts: dict[str, Any], transfer: ServiceTransfer, position: int, keep: Keep
) -> None:
    agreements = Agreement.objects.filter(committee__municipality=transfer.municipality)
    share = facts.pop("post_share", None)
    keep(
        Arrangement(
            transfer=transfer,
            position=position,
            partner=Partner.objects.filter(name=facts.pop("partner", "")).first(),
            agreement=agreements.filter(name=facts.pop("agreement", "")).first(),
            post_share=share and Decimal(share),
            **_dated(facts),
        )
    )


def _committee(municipality: Municipality, name: str) -> Any:
    return municipality.committees.filter(name=name).first()


def _dated(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with their dates read as people write them; YAML has read whole days itself."""
    return {name: _read(value) if name in APPROXIMATE else value for name, value in facts.items()}


def _read(value: str | date) -> ApproximateDate:
    return (
        ApproximateDate.exactly(value) if isinstance(value, date) else ApproximateDate.parse(value)
    )
