"""What everyone is told of a steering group's counts, whichever database they lie in."""

from datetime import UTC, date, datetime

import pytest

from followups.evaluation import Evaluation
from partnerships.dates import ApproximateDate
from steering.actions import issue_notes
from steering.openly import open_counts_of
from tests.steering.factories import GroupMeetingFactory, MeetingCountFactory, SteeringGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(agreement, officer):
    """With laid down notes of three days, the last of which is not known."""
    group = SteeringGroupFactory(agreement=agreement)
    for day, amount in (("2025-06-01", 33), ("2026-06-01", 22), (None, 11)):
        meeting = GroupMeetingFactory(group=group, held_on=day and ApproximateDate.parse(day))
        MeetingCountFactory(meeting=meeting, amount=amount)
        issue_notes(meeting, by=officer, at=datetime(2026, 7, 1, tzinfo=UTC))
    return group


def test_the_latest_counts_are_of_the_latest_day_that_is_known(group, agreement):
    (words,) = open_counts_of([agreement])[agreement.pk]

    assert words.startswith("22 ")


def test_the_evaluation_begins_with_what_has_no_day(group, agreement, officer):
    counts = Evaluation(agreement, officer, date(2026, 7, 1)).counts

    assert [int(row.amount) for row in counts] == [11, 33, 22]
