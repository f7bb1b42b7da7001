"""“Until further notice” typed as the last day of the calendar: refused, and harmless where it is stored."""

from datetime import date

import pytest
from django.urls import reverse

from followups.actions.next_due import keep_next
from followups.models import ReportingDate
from tests.followups.conftest import text_of, url
from tests.followups.factories import FollowUpPlanFactory
from tests.followups.test_plan_pages import PLAN, rows

pytestmark = pytest.mark.django_db


def test_a_plan_with_the_calendars_last_day_is_refused(signed_in, plan):
    sent = PLAN | {"rhythm": "dates"} | rows("indicators") | rows("questions")
    sent |= rows("dates", {"on": "2025-12-31"}, {"on": "9999-12-31"})

    page = text_of(signed_in.post(url("plan_edit", plan.agreement_id), sent))

    assert "Skriv ett år mellan 1800 och 2200." in page
    assert not ReportingDate.objects.exists()


def test_a_stored_plan_with_the_calendars_last_day_stops_no_page(signed_in, agreement):
    plan = FollowUpPlanFactory(agreement=agreement, rhythm="dates")
    for on in (date(2025, 12, 31), date.max):
        plan.dates.create(on=on)
    keep_next(agreement)
    pages = [
        reverse("start"),
        reverse("worklist:worklist"),
        url("report_list"),
        url("agreement_follow_up", agreement.pk),
    ]

    assert [signed_in.get(page).status_code for page in pages] == [200] * len(pages)
