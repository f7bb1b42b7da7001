"""What is decided stays: the database refuses, whichever way the change comes."""

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import CalculationPart, Contribution, Revision, StatedTotal
from tests.agreements.factories import (
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
    decide,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided():
    """A decided revision with a line, its calculation and a stated total."""
    revision = RevisionFactory(purpose="före")
    CalculationPartFactory(contribution=ContributionFactory(revision=revision))
    StatedTotal.objects.create(revision=revision, party="municipality", amount=1)
    return decide(revision)


def refused(change):
    with (
        pytest.raises(IntegrityError, match="decided revision is not changed"),
        transaction.atomic(),
    ):
        change()


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Revision.objects.update(purpose="efter"),
        lambda: Contribution.objects.update(stated_amount=1),
        lambda: CalculationPart.objects.update(unit_price=1),
        lambda: StatedTotal.objects.update(amount=2),
        lambda: Revision.objects.get().save(),
        lambda: CalculationPart.objects.all().delete(),
        lambda: StatedTotal.objects.all().delete(),
        lambda: Revision.objects.get().delete(),
        lambda: ContributionFactory(revision=Revision.objects.get()),
        lambda: CalculationPartFactory(contribution=Contribution.objects.get()),
        lambda: Contribution.objects.bulk_update(Contribution.objects.all(), ["label"]),
        lambda: raw("UPDATE agreements_revision SET decided_at = NULL, decided_by_id = NULL"),
        lambda: raw("UPDATE agreements_contribution SET stated_amount = 0"),
        lambda: raw("DELETE FROM agreements_calculationpart"),
    ],
)
def test_nothing_changes_a_decided_revision_or_what_belongs_to_it(decided, change):
    refused(change)

    line = Contribution.objects.get()
    assert Revision.objects.get().purpose == "före"
    assert (line.stated_amount, line.parts.get().unit_price) == (100_000, 10_000)


def test_a_line_is_not_moved_into_a_decided_revision(decided):
    line = ContributionFactory(revision=RevisionFactory(agreement=decided.agreement))

    refused(lambda: Contribution.objects.filter(pk=line.pk).update(revision=decided))


def test_a_draft_is_changed_and_removed_as_before():
    draft = RevisionFactory()
    CalculationPartFactory(contribution=ContributionFactory(revision=draft))

    draft.contributions.update(stated_amount=5)
    draft.delete()

    assert not Contribution.objects.exists()
