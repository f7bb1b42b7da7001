"""A report's way from state to state, and what is kept on it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from followups.actions import (
    AnswersDraft,
    FollowUpRefusedError,
    Hand,
    ReportChangedError,
    ReportIncompleteError,
    RowsDraft,
    Seen,
    approve_report,
    open_report,
    received,
    reject_report,
    resume_report,
    return_report,
    save_answers,
    save_plan,
    skip_report,
    submit_report,
)
from followups.answers import changed_since_last_hand_in
from followups.models import FollowUpReport, IndicatorValue, Measurability
from followups.records import kept_pdf
from followups.states import TRANSITIONS, State, Step
from partnerships.dates import ApproximateDate
from tests.accounts.factories import UserFactory
from tests.followups.factories import (
    AT,
    FollowUpPlanFactory,
    IndicatorFactory,
    agreement_in_force,
    report_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return report_on()


@pytest.fixture
def hand(report):
    return Hand(UserFactory(municipality=report.agreement.municipality), AT)


def fetched(report):
    return FollowUpReport.objects.with_answers().get(pk=report.pk)


def answer(report, *, figure="25", comment="", text="Det gick bra.", deviations=""):
    """Answer everything."""
    fresh = fetched(report)
    draft = AnswersDraft(
        values={
            row.pk: (Decimal(figure) if figure else None, comment) for row in fresh.values.all()
        },
        texts={row.pk: text for row in fresh.answers.all()},
        deviations=deviations,
    )
    return save_answers(fresh, draft, seen=Seen(fresh.edition), by=None)


def test_a_report_asks_for_what_the_plan_and_the_revision_hold(report):
    assert [str(row) for row in report.values.all()] == ["Deltagare", "Väntetid"]
    assert [str(row) for row in report.answers.all()] == ["Hur gick det?"]
    assert [use.promised for use in report.uses.all()] == [120_000, 60_000]
    assert (report.due_on, report.state) == (date(2025, 1, 30), State.DRAFT)


def test_a_period_is_reported_on_once(report):
    with pytest.raises(FollowUpRefusedError):
        open_report(report.agreement, period_starts=date(2024, 1, 1), by=UserFactory(), at=AT)
    with pytest.raises(IntegrityError, match=r"period_starts|period_begins"), transaction.atomic():
        FollowUpReport.objects.create(
            agreement=report.agreement,
            period_starts=report.period_starts,
            period_ends=date(2024, 6, 30),
            due_on=date(2024, 7, 1),
        )


def test_a_changed_rhythm_neither_misses_nor_doubles_a_day(report):
    plan = report.agreement.follow_up_plan
    plan.rhythm = "half_year"
    plan.save()

    left = plan.asked(date(2026, 3, 1))

    assert [str(period) for period in left] == [
        "2025-01-01 – 2025-06-30",
        "2025-07-01 – 2025-12-31",
        "2026-01-01 – 2026-06-30",
    ]


def test_the_way_through_return_to_approval_is_told_in_one_timeline(report, hand):
    answer(report, figure="12")
    submit_report(report, hand=Hand(None, AT, "Eva Exempel"))
    return_report(report, parts=["figures"], reason="Räkna om.", hand=hand)
    answer(report, figure="22")
    submit_report(report, hand=Hand(None, AT, "Eva Exempel"))

    again = fetched(report)
    assert again.state == State.RESUBMITTED
    assert (again.reason, again.named_parts) == ("", [])
    assert {key for key in changed_since_last_hand_in(again) if key.startswith("value")} == {
        row.answer_key for row in again.values.all()
    }

    approve_report(report, hand=hand)

    done = fetched(report)
    assert (done.state, len(done.versions.all())) == (State.APPROVED, 2)
    assert [event.step for event in done.events.all()] == [
        "open", "submit", "return", "submit", "approve",
    ]  # fmt: skip
    assert kept_pdf(done).startswith(b"%PDF-")


def test_only_what_was_changed_is_marked(report, hand):
    answer(report, text="Först.", deviations="Inga.")
    submit_report(report, hand=hand)
    return_report(report, parts=["deviations"], reason="Skriv mer.", hand=hand)

    answer(report, text="Först.", deviations="En sen start.")

    changes = changed_since_last_hand_in(fetched(report))
    assert list(changes) == ["deviations"]
    assert changes["deviations"].text == "Inga."


def test_a_report_is_not_handed_in_without_figures_or_a_word_why(report, hand):
    answer(report, figure="", text="")

    with pytest.raises(ReportIncompleteError) as refused:
        submit_report(report, hand=hand)

    assert len(refused.value.sentences) == 3
    assert fetched(report).state == State.DRAFT
    answer(report, figure="", comment="Räknades inte.")
    submit_report(report, hand=hand)
    assert fetched(report).measurability == Measurability.NOT_MEASURABLE


def test_measurability_is_computed_from_the_figures(report):
    first, second = report.values.all()
    assert fetched(report).measurability == Measurability.NOT_MEASURABLE
    IndicatorValue.objects.filter(pk=first.pk).update(value=0)
    assert fetched(report).measurability == Measurability.PARTLY
    IndicatorValue.objects.filter(pk=second.pk).update(value=3)
    assert fetched(report).measurability == Measurability.MEASURABLE


def test_an_account_from_outside_is_received_and_not_measurable():
    agreement = agreement_in_force()

    account = received(
        agreement,
        on=ApproximateDate.parse("2018"),
        account="De berättade.",
        by=UserFactory(),
        at=AT,
    )

    assert (account.state, str(account.received_on)) == (State.RECEIVED, "2018")
    assert account.measurability.value == "not_measurable"
    for step in TRANSITIONS:
        assert not account.can(step)


def test_two_who_write_at_once_do_not_overwrite_each_other(report):
    stale = fetched(report)
    answer(report, text="Den första.")

    draft = AnswersDraft(texts={stale.answers.get().pk: "Den andra."})
    with pytest.raises(ReportChangedError):
        save_answers(stale, draft, seen=Seen(stale.edition, "annan sida", True), by=None)

    assert fetched(report).answers.get().text == "Den första."


def test_a_page_may_follow_its_own_last_save_and_nobody_elses(report):
    key = report.answers.get().pk
    page = Seen(report.edition, "min sida", may_follow_itself=True)
    save_answers(report, AnswersDraft(texts={key: "Ett"}), seen=page, by=None)

    save_answers(report, AnswersDraft(texts={key: "Ett och två"}), seen=page, by=None)

    assert fetched(report).answers.get().text == "Ett och två"
    late = Seen(page.edition, "min sida")
    with pytest.raises(ReportChangedError):
        save_answers(report, AnswersDraft(texts={key: "Ett"}), seen=late, by=None)


def test_saving_what_is_the_same_leaves_no_trace(report):
    answer(report)
    before = (fetched(report).edition, IndicatorValue.history.count())

    answer(report)

    assert (fetched(report).edition, IndicatorValue.history.count()) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda report, hand: reject_report(report, reason=" ", hand=hand),
        lambda report, hand: return_report(report, parts=[], reason="x", hand=hand),
        lambda report, hand: return_report(report, parts=["x"], reason="x", hand=hand),
    ],
)
def test_a_refusal_says_why_and_which_parts(report, hand, act):
    answer(report)
    submit_report(report, hand=hand)

    with pytest.raises(FollowUpRefusedError):
        act(report, hand)

    assert fetched(report).state == State.SUBMITTED


def test_a_skipped_report_can_be_taken_up_again(report, hand):
    skip_report(report, reason="Verksamheten låg nere.", hand=hand)
    assert fetched(report).reason == "Verksamheten låg nere."

    resume_report(report, hand=hand)

    assert (fetched(report).state, fetched(report).reason) == (State.DRAFT, "")


def test_a_plan_that_changes_is_followed_by_what_is_being_written(report):
    plan = report.agreement.follow_up_plan
    IndicatorFactory(plan=plan, name="Ny")
    old = plan.indicators.get(name="Väntetid")
    old.is_followed = False
    old.save()
    from_plan = saved_again(plan, report)

    assert [str(row) for row in from_plan.values.all()] == ["Deltagare", "Ny"]


def saved_again(plan, report):

    save_plan(
        plan,
        indicators=RowsDraft(rows=list(plan.indicators.all())),
        questions=RowsDraft(rows=list(plan.questions.all())),
        dates=RowsDraft(),
        by=UserFactory(municipality=plan.agreement.municipality),
    )
    return fetched(report)


ACTS = {
    Step.SUBMIT: lambda report, hand: submit_report(report, hand=hand),
    Step.RETURN: lambda report, hand: return_report(
        report, parts=["figures"], reason="x", hand=hand
    ),
    Step.APPROVE: lambda report, hand: approve_report(report, hand=hand),
    Step.REJECT: lambda report, hand: reject_report(report, reason="x", hand=hand),
    Step.SKIP: lambda report, hand: skip_report(report, reason="x", hand=hand),
    Step.RESUME: lambda report, hand: resume_report(report, hand=hand),
}


class TestTransitions(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.sampled_from(sorted(ACTS)), max_size=6))
    def test_whatever_is_tried_only_the_table_leads_on(self, steps):
        report = report_on()
        answer(report)
        hand = Hand(UserFactory(municipality=report.agreement.municipality), AT)
        state = State.DRAFT
        for step in steps:
            leads_to = TRANSITIONS[step].get(state)
            if leads_to is None:
                with pytest.raises(FollowUpRefusedError):
                    ACTS[step](report, hand)
            else:
                ACTS[step](report, hand)
                state = leads_to
            assert fetched(report).state == state


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_hand_in_step_and_decision_is_frozen_by_the_database(report, hand):
    answer(report)
    submit_report(report, hand=hand)
    approve_report(report, hand=hand)

    for statement in (
        "UPDATE followups_reportversion SET content = '[]'",
        "DELETE FROM followups_reportversion",
        "UPDATE followups_reportevent SET note = 'x'",
        "DELETE FROM followups_reportevent",
        "UPDATE followups_indicatorvalue SET value = 99",
        "DELETE FROM followups_indicatorvalue",
        "UPDATE followups_narrativeanswer SET text = 'x'",
        "UPDATE followups_fundsuse SET delivered = 1",
        "UPDATE followups_followupreport SET deviations = 'x'",
        "DELETE FROM followups_followupreport",
    ):
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            raw(statement)


def test_answers_cannot_be_added_to_a_report_that_is_handed_in(report, hand):
    answer(report)
    submit_report(report, hand=hand)
    indicator = IndicatorFactory(plan=report.agreement.follow_up_plan)

    with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
        IndicatorValue.objects.create(report=report, indicator=indicator, value=1)
    with pytest.raises(FollowUpRefusedError):
        answer(report, figure="99")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "made_up"},
        {"state": "returned"},
        {"state": "skipped"},
        {"state": "approved"},
        {"state": "submitted"},
        {"state": "received"},
        {"due_on": None},
        {"period_ends": date(2023, 1, 1)},
        {"account": "Något"},
    ],
)
def test_the_database_refuses_a_report_that_makes_no_sense(report, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpReport.objects.filter(pk=report.pk).update(**fields)


@pytest.mark.parametrize(
    ("direction", "target", "target_to", "value", "is_met"),
    [
        ("higher", 10, None, 10, True),
        ("higher", 10, None, 9, False),
        ("lower", 10, None, 10, True),
        ("lower", 10, None, 11, False),
        ("within", 10, 20, 20, True),
        ("within", 10, 20, 21, False),
        ("within", 10, 20, 9, False),
        ("higher", None, None, 9, None),
        ("higher", 10, None, None, None),
        ("higher", 0, None, 0, True),
    ],
)
def test_a_target_is_met_by_its_direction(direction, target, target_to, value, is_met):
    row = IndicatorValue(direction=direction, target=target, target_to=target_to, value=value)

    assert row.is_met is is_met


def test_a_part_of_a_month_is_never_guessed():
    plan = FollowUpPlanFactory(starts_on=date(2024, 3, 15))
    report = open_report(plan.agreement, period_starts=date(2024, 3, 15), by=UserFactory(), at=AT)

    assert {use.promised for use in report.uses.all()} == {None}
