"""A draft is brought up to date over several revisions that were decided meanwhile."""

from datetime import UTC, datetime

import pytest

from agreements.actions import amend, bring_up_to_date, decide_revision
from partnerships.dates import ApproximateDate
from tests.agreements.factories import (
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
    decide,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LINES = {"Bidrag": 550_000, "Hyra": 100, "Lön": 200}


@pytest.fixture
def agreement():
    """Decided, with three lines, one of which has a calculation."""
    original = RevisionFactory()
    for label, amount in LINES.items():
        line = ContributionFactory(revision=original, label=label, stated_amount=amount)
    CalculationPartFactory(contribution=line)
    return decide(original).agreement


def begun(agreement, by):
    draft = amend(agreement, by=by)
    draft.in_force_from = ApproximateDate.parse("2025-01-01")
    draft.save()
    return draft


def decided_meanwhile(agreement, by, *changes):
    """One revision after the other, each with its change of the lines."""
    for change in changes:
        revision = begun(agreement, by)
        change(revision.contributions)
        decide_revision(revision, by=by, at=AT)


def nothing(lines):
    pass


def raises_the_rent(lines):
    lines.filter(label="Hyra").update(stated_amount=110)


def removes_the_pay(lines):
    line = lines.get(label="Lön")
    line.parts.all().delete()
    line.delete()


def adds_a_line(lines):
    ContributionFactory(revision=lines.instance, label="Resor", stated_amount=300)


def amounts(revision):
    """Sorted pairs, so that a line that stands twice is seen twice."""
    return sorted(revision.contributions.values_list("label", "stated_amount"))


@pytest.mark.parametrize("number", [2, 3])
def test_revisions_that_changed_no_line_leave_the_drafts_lines_as_they_are(
    agreement, officer, number
):
    draft = begun(agreement, officer)
    draft.contributions.filter(label="Bidrag").update(label="Verksamhetsbidrag")
    before = set(draft.contributions.values_list("pk", flat=True))
    decided_meanwhile(agreement, officer, *[nothing] * number)

    conflicts = bring_up_to_date(draft, by=officer)

    assert conflicts == []
    assert set(draft.contributions.values_list("pk", flat=True)) == before
    assert amounts(draft) == [("Hyra", 100), ("Lön", 200), ("Verksamhetsbidrag", 550_000)]
    assert decide_revision(draft, by=officer, at=AT).number == number + 2


@pytest.mark.parametrize(
    "changes",
    [
        (raises_the_rent, removes_the_pay, adds_a_line),
        (adds_a_line, nothing, lambda lines: (raises_the_rent(lines), removes_the_pay(lines))),
        (lambda lines: (removes_the_pay(lines), adds_a_line(lines)), raises_the_rent),
    ],
)
def test_what_changed_in_any_of_them_is_taken_over_once(agreement, officer, changes):
    draft = begun(agreement, officer)
    draft.contributions.filter(label="Bidrag").update(stated_amount=560_000)
    decided_meanwhile(agreement, officer, *changes)

    conflicts = bring_up_to_date(draft, by=officer)

    assert conflicts == []
    assert amounts(draft) == [("Bidrag", 560_000), ("Hyra", 110), ("Resor", 300)]
    assert bring_up_to_date(draft, by=officer) == []


def test_a_line_that_the_draft_and_one_of_them_changed_is_named_and_stands_once(agreement, officer):
    draft = begun(agreement, officer)
    draft.contributions.filter(label="Hyra").update(stated_amount=120)
    decided_meanwhile(agreement, officer, raises_the_rent, nothing)

    conflicts = bring_up_to_date(draft, by=officer)

    assert conflicts == ["Hyra"]
    assert amounts(draft) == [("Bidrag", 550_000), ("Hyra", 120), ("Lön", 200)]


def test_a_draft_that_was_brought_up_to_date_is_so_again_after_further_revisions(
    agreement, officer
):
    draft = begun(agreement, officer)
    decided_meanwhile(agreement, officer, adds_a_line, nothing)
    bring_up_to_date(draft, by=officer)
    draft.refresh_from_db()
    decided_meanwhile(agreement, officer, raises_the_rent, removes_the_pay)

    conflicts = bring_up_to_date(draft, by=officer)

    assert conflicts == []
    assert amounts(draft) == [("Bidrag", 550_000), ("Hyra", 110), ("Resor", 300)]
