"""A letter that no mail server takes is tried more and more seldom, and given up after a week."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.accounts.factories import UserFactory
from tests.memos.factories import AT
from worklist.actions import letters_to_send
from worklist.models import Letter

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


@pytest.fixture
def letter():
    return Letter.objects.create(user=UserFactory(), written_at=AT, subject="Brev", text="")


def attempts(within):
    """When a run every quarter of an hour tries the letter, which is never taken."""
    tried, at = [], AT
    while at <= AT + within:
        for letter in letters_to_send(at=at):
            Letter.objects.filter(pk=letter.pk).update(tried_at=at)
            tried.append(at - AT)
        at += QUARTER
    return tried


def test_the_time_between_attempts_doubles_up_to_a_day_and_ends_after_a_week(letter):
    tried = attempts(within=timedelta(days=12))

    minutes = [int(after.total_seconds() // 60) for after in tried]
    assert minutes[:9] == [0, 15, 30, 60, 120, 240, 480, 960, 1920]
    between = [later - earlier for earlier, later in pairwise(tried)]
    assert set(between[8:]) == {timedelta(days=1)}
    assert timedelta(days=7) <= tried[-1] < timedelta(days=8)


def test_a_letter_that_nobody_has_tried_is_never_too_old(letter):
    assert letters_to_send(at=AT + timedelta(days=60)) == [letter]
