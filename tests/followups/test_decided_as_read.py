"""A report that was returned and handed in again is not decided from a page that shows the one before."""

from decimal import Decimal

import pytest

from followups.actions import AnswersDraft, Hand, Seen, return_report, save_answers, submit_report
from followups.models import FollowUpReport
from followups.states import State
from tests.followups.conftest import edition_of, hand_in, text_of, url
from tests.followups.factories import AT

pytestmark = pytest.mark.django_db
CHANGED = "Rapporten har ändrats sedan du läste den"


@pytest.fixture
def handed_in(report, officer):
    hand_in(report, officer)
    return report


def hand_in_again(report, officer):
    """Returned by a colleague, and handed in by the partner with another figure."""
    return_report(report, parts=["figures"], reason="Räkna om.", hand=Hand(officer, AT))
    fresh = FollowUpReport.objects.with_answers().get(pk=report.pk)
    draft = AnswersDraft(values={fresh.values.first().pk: (Decimal(137), "Omräknat.")})
    save_answers(fresh, draft, seen=Seen(fresh.edition), by=None)
    submit_report(fresh, hand=Hand(None, AT, "Föreningen"))


@pytest.mark.parametrize(
    ("name", "typed", "state"),
    [
        ("report_approve", {"note": "Tack så mycket."}, State.APPROVED),
        ("report_reject", {"reason": "Det stämmer inte."}, State.NOT_APPROVED),
        ("report_return", {"reason": "Förklara.", "parts": ["figures"]}, State.RETURNED),
    ],
)
def test_what_came_in_meanwhile_is_shown_and_then_decided(
    signed_in, officer, handed_in, name, typed, state
):
    read = edition_of(handed_in)
    hand_in_again(handed_in, officer)

    answer = signed_in.post(url(name, handed_in.pk), typed | read)

    page = text_of(answer)
    assert CHANGED in page
    assert "Omräknat." in page
    assert next(iter(typed.values())) in page
    assert FollowUpReport.objects.get().state == State.RESUBMITTED
    signed_in.post(
        url(name, handed_in.pk), typed | {"edition": answer.context["form"]["edition"].value()}
    )
    assert FollowUpReport.objects.get().state == state


def test_a_decision_that_does_not_say_what_was_read_is_refused(signed_in, handed_in):
    page = text_of(signed_in.post(url("report_approve", handed_in.pk), {"note": ""}))

    assert CHANGED in page
    assert FollowUpReport.objects.get().state == State.SUBMITTED


def test_the_buttons_of_the_report_tell_what_was_read(signed_in, officer, handed_in):
    report_page = text_of(signed_in.get(handed_in.get_absolute_url()))
    read = edition_of(handed_in)
    address = url("report_approve", handed_in.pk)
    assert f"{address}?edition={read['edition']}" in report_page

    same = text_of(signed_in.get(address, read))
    hand_in_again(handed_in, officer)
    other = text_of(signed_in.get(address, read))

    assert "<h2>Siffror</h2>" not in same
    assert "<h2>Siffror</h2>" in other
    assert "Omräknat." in other
