"""An officer saves the plan while the partner saves the report: neither loses anything."""

import threading
import time
from decimal import Decimal

import pytest
from django.db import connection, transaction

from followups.actions import AnswersDraft, RowsDraft, Seen, save_answers, save_plan
from followups.models import FollowUpPlan, IndicatorValue
from tests.accounts.factories import UserFactory
from tests.followups.factories import report_on

HOLDS = 0.5  # seconds before the partner's save is committed


def with_target(plan, target):
    """The plan as an officer has it in a form, with another target of the first indicator."""
    indicators = list(plan.indicators.all())
    indicators[0].target = Decimal(target)
    return {
        "indicators": RowsDraft(rows=indicators),
        "questions": RowsDraft(rows=list(plan.questions.all())),
        "dates": RowsDraft(),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_a_figure_that_the_partner_saves_meanwhile_stays():
    report = report_on()
    plan = FollowUpPlan.objects.get(agreement=report.agreement)
    officer = UserFactory(municipality=report.agreement.municipality)
    value = report.values.first()
    has_saved = threading.Event()

    def partner():
        try:
            with transaction.atomic():
                draft = AnswersDraft(values={value.pk: (Decimal(137), "Fler än väntat.")})
                save_answers(report, draft, seen=Seen(report.edition), by=None)
                has_saved.set()
                time.sleep(HOLDS)
        finally:
            connection.close()

    thread = threading.Thread(target=partner)
    thread.start()
    assert has_saved.wait(timeout=10)
    save_plan(plan, **with_target(plan, 60), by=officer)
    thread.join()

    kept = IndicatorValue.objects.get(pk=value.pk)
    assert (kept.value, kept.comment, kept.target) == (137, "Fler än väntat.", 60)
    assert kept.history.latest().value == 137


@pytest.mark.django_db
def test_a_new_target_is_in_the_history_of_the_figure():
    report = report_on()
    plan = FollowUpPlan.objects.get(agreement=report.agreement)
    officer = UserFactory(municipality=report.agreement.municipality)
    value = report.values.first()
    earlier = IndicatorValue.history.filter(id=value.pk).count()

    save_plan(plan, **with_target(plan, 60), by=officer)

    kept = IndicatorValue.history.filter(id=value.pk)
    assert (kept.count(), kept.latest().target) == (earlier + 1, 60)
