"""Where follow-up that is missing, due or late shows: on the agreement, in lists, in the memo."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Agreement
from followups.actions import Hand, return_report
from followups.due import due
from memos.checks import remarks
from memos.models import Memo
from partnerships.due import due as every_due
from partnerships.together import ask
from tests.agreements.factories import AgreementFactory
from tests.followups.conftest import hand_in, text_of, url
from tests.followups.factories import AT, FollowUpPlanFactory, agreement_in_force, report_on
from tests.memos.factories import MemoFactory

pytestmark = pytest.mark.django_db


def test_missing_follow_up_shows_on_the_agreement_in_the_register_and_in_the_memo(
    signed_in, agreement, committee
):
    other = agreement_in_force(committee=committee, name="Uppföljt")
    FollowUpPlanFactory(agreement=other)
    AgreementFactory(committee=committee, name="Bara ett utkast")
    memo = Memo.objects.with_parts().get(pk=MemoFactory(agreement=agreement).pk)
    fine = Memo.objects.with_parts().get(pk=MemoFactory(agreement=other).pk)
    register = reverse("agreements:agreement_list")

    page = text_of(signed_in.get(url("agreement_follow_up", agreement.pk), HTTP_HX_REQUEST="true"))

    assert "Uppföljning saknas" in page
    assert "<h1" not in page
    assert text_of(signed_in.get(register)).count("uppföljning saknas") == 1
    found = signed_in.get(register, {"no_followup": "on"}).context["page"].rows
    assert found == [agreement]
    earlier = signed_in.get(register, {"no_followup": "on", "on": "2023-01-01"})
    assert earlier.context["page"].rows == []
    said = [str(remark) for remark in remarks(memo, on=date(2026, 6, 1))]
    assert [text for text in said if text.startswith("Uppföljning saknas")]
    said = [str(remark) for remark in remarks(fine, on=date(2026, 6, 1))]
    assert not [text for text in said if text.startswith("Uppföljning saknas")]


def test_an_agreement_that_ended_without_follow_up_says_so(signed_in, agreement, time_machine):
    Agreement.objects.filter(pk=agreement.pk).update(
        over_possibly=date(2024, 12, 31), over_certainly=date(2024, 12, 31)
    )
    time_machine.move_to("2025-06-01 12:00Z")

    page = text_of(signed_in.get(url("agreement_follow_up", agreement.pk)))

    assert "löpte ut utan en plan" in page


def dues(first, last):
    return [
        (row.on, row.what, row.is_overdue(first))
        for row in ask(due(Agreement.objects.all(), first=first, last=last))
    ]


def test_reports_are_due_late_and_then_to_be_reviewed(officer, plan):
    report = report_on(plan)

    before = dues(date(2025, 1, 1), date(2026, 2, 1))

    assert before == [
        (date(2026, 1, 30), "Uppföljningsrapport ska lämnas in, 2025-01-01 – 2025-12-31", False),
        (date(2025, 1, 30), "Uppföljningsrapport ska lämnas in, 2024-01-01 – 2024-12-31", False),
    ]
    assert dues(date(2025, 3, 1), date(2025, 3, 2))[0][2]
    hand_in(report, officer)
    assert dues(date(2025, 1, 1), date(2025, 6, 1)) == [
        (date(2025, 2, 15), "Uppföljningsrapport att granska, 2024-01-01 – 2024-12-31", False)
    ]
    return_report(report, parts=["figures"], reason="x", hand=Hand(officer, AT))
    assert len(dues(date(2025, 1, 1), date(2025, 6, 1))) == 1


def test_a_due_report_has_the_same_key_before_and_after_it_is_begun(plan):
    first, last = date(2025, 1, 1), date(2025, 6, 1)
    before = {row.key for row in ask(due(Agreement.objects.all(), first=first, last=last))}

    report_on(plan)

    assert {row.key for row in ask(due(Agreement.objects.all(), first=first, last=last))} == before
    assert before <= {
        row.key for row in ask(every_due(Agreement.objects.all(), first=first, last=last))
    }


def test_what_is_due_costs_the_same_for_many_agreements(
    plan, committee, django_assert_max_num_queries
):
    for _each in range(4):
        report_on(FollowUpPlanFactory(agreement=agreement_in_force(committee=committee)))

    with django_assert_max_num_queries(6):
        dues(date(2025, 1, 1), date(2025, 6, 1))
