"""An agreement registered by mistake leaves the register; one that was agreed never does."""

import pytest

from agreements.actions import AgreementKeptError, discard_agreement
from agreements.models import Agreement, CalculationPart, Contribution, Revision
from audit.models import Entry
from tests.agreements.factories import (
    AgreementFactory,
    CalculationPartFactory,
    ContributionFactory,
    FlagFactory,
    ObligationFactory,
    ResponsibilityFactory,
    RevisionFactory,
    TermFactory,
    decide,
)
from tests.followups.factories import FollowUpPlanFactory
from tests.memos.factories import MemoFactory
from tests.steering.factories import SteeringGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mistaken(committee):
    """An agreement with a draft and something of everything that belongs to it."""
    agreement = AgreementFactory(committee=committee)
    revision = RevisionFactory(agreement=agreement, number=1)
    CalculationPartFactory(contribution=ContributionFactory(revision=revision))
    for part in (TermFactory, ObligationFactory, ResponsibilityFactory, FlagFactory):
        part(agreement=agreement)
    return agreement


def test_it_goes_with_all_that_belongs_to_it_and_its_history_stays(mistaken, officer):
    key, before = mistaken.pk, Entry.objects.count()

    discard_agreement(mistaken, by=officer)

    for model in (Agreement, Revision, Contribution, CalculationPart):
        assert not model.objects.exists()
    gone = Agreement.history.filter(id=key, history_type="-").get()
    assert (gone.history_user, gone.history_change_reason) == (officer, "Avtalet kasserat")
    contribution = Contribution.history.filter(history_type="-").get()
    assert contribution.history_user == officer
    logged = Entry.objects.order_by("pk")[before:]
    assert len(logged) >= 8
    assert {entry.actor_id for entry in logged} == {str(officer.pk)}


def test_what_was_decided_stays(mistaken, officer):
    decide(mistaken.revisions.get())

    with pytest.raises(AgreementKeptError, match="beslutad revision"):
        discard_agreement(mistaken, by=officer)

    assert Agreement.objects.filter(pk=mistaken.pk).exists()


@pytest.mark.parametrize(
    ("factory", "named"),
    [
        (MemoFactory, "tjänsteskrivelser"),
        (FollowUpPlanFactory, "uppföljningsplaner"),
        (SteeringGroupFactory, "styrgrupper"),
    ],
)
def test_what_others_hang_on_stays_and_they_are_named(mistaken, officer, factory, named):
    factory(agreement=mistaken)

    with pytest.raises(AgreementKeptError, match=named):
        discard_agreement(mistaken, by=officer)

    assert Agreement.objects.filter(pk=mistaken.pk).exists()
    assert Contribution.objects.exists()
