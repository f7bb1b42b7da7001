"""The basis for renewing or ending: every number computed, and told where it comes from."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from agreements.models import Agreement
from dialogues.actions import close_dialogue
from dialogues.models import Dialogue
from followups.actions import AnswersDraft, Hand, Seen, approve_report, save_answers, submit_report
from followups.documents import evaluation_pdf
from followups.due import due
from followups.evaluation import Evaluation, WhyNot, cost_of_each, counts_outcomes
from partnerships.together import ask
from steering.models import GroupDecision
from tests.dialogues.factories import MeetingFactory
from tests.followups.factories import (
    IndicatorFactory,
    agreement_in_force,
    approved_report,
    report_on,
)
from tests.pdf_checks import checks, structure, verapdf
from tests.steering.factories import GroupTaskFactory, MeetingCountFactory

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)
AMOUNTS = st.decimals(0, 10_000_000, places=2)


@pytest.fixture
def evaluation(plan, officer):
    return Evaluation(plan.agreement, officer, DAY)


def text_of(pdf):
    return " ".join(" ".join(structure.lines(pdf)).split()).replace("\u00a0", " ")


def page_of(client, user, agreement):
    client.force_login(user)
    page = client.get(reverse("followups:agreement_evaluation", args=[agreement.pk]))
    return page.content.decode().replace("\u00a0", " ")


@given(AMOUNTS, st.integers(1, 100_000))
def test_the_cost_of_each_is_the_cost_shared_by_all_of_them(cost, outcomes):
    each = cost_of_each(cost, Decimal(outcomes))

    assert abs(each * outcomes - cost) <= Decimal(outcomes) / 2


@pytest.mark.parametrize(
    ("cost", "outcomes", "why"),
    [
        (Decimal(100), None, WhyNot.NO_FIGURE),
        (Decimal(100), Decimal(0), WhyNot.NO_OUTCOME),
        (None, Decimal(5), WhyNot.NO_COST),
    ],
)
def test_what_is_missing_is_never_taken_for_nothing(cost, outcomes, why):
    assert cost_of_each(cost, outcomes) == why


@pytest.mark.parametrize(
    ("unit", "direction", "counts"),
    [("personer", "higher", True), ("%", "higher", False), ("Kr", "higher", False),
     ("personer", "lower", False)],
)  # fmt: skip
def test_only_a_count_of_which_more_is_better_has_a_cost(db, unit, direction, counts):
    assert counts_outcomes(IndicatorFactory(unit=unit, direction=direction)) is counts


def test_the_cost_per_outcome_shows_its_arithmetic(plan, evaluation):
    approved_report(plan, 2024, Decimal(16), Decimal(4), delivered=Decimal(100_000))

    (cost,) = evaluation.costs

    words = cost.municipality_words.replace("\u00a0", " ")
    assert words == "100 000 kr ÷ 16 personer = 6 250 kr"
    assert cost.all_words.replace("\u00a0", " ") == "200 000 kr ÷ 16 personer = 12 500 kr"


def test_a_missing_amount_makes_the_cost_one_that_cannot_be_computed(plan, evaluation):
    approved_report(plan, 2024, Decimal(16), Decimal(4))

    (cost,) = evaluation.costs

    assert cost.municipality_words == "kan inte beräknas: en levererad insats är inte redovisad"


def test_promised_and_delivered_are_added_over_the_approved_periods(plan, evaluation):
    approved_report(plan, 2024, Decimal(16), None, delivered=Decimal(100_000))
    approved_report(plan, 2025, Decimal(20), None, delivered=Decimal(50_000))
    report_on(plan, year=2026)

    own, partners = evaluation.sides

    assert (own.promised, own.delivered, own.difference) == (240_000, 150_000, -90_000)
    assert [row.difference for row in own.rows] == [-20_000, -70_000]
    assert (partners.promised, partners.delivered) == (120_000, 150_000)


def test_one_unknown_amount_makes_the_sum_unknown(plan, evaluation):
    approved_report(plan, 2024, Decimal(16), None, delivered=Decimal(100_000))
    approved_report(plan, 2025, Decimal(20), None)

    assert evaluation.sides[0].delivered is None
    assert evaluation.sides[0].difference is None
    assert [row.difference for row in evaluation.sides[0].rows] == [-20_000, None]


def test_the_difference_of_each_period_is_shown_and_the_counted_targets_are_the_latest(
    client, plan, officer
):
    approved_report(plan, 2024, Decimal(16), None, delivered=Decimal(100_000))

    page = page_of(client, officer, plan.agreement)

    assert page.count("−20 000 kr") == 2  # of the period, and together
    assert "Uppnådda mål i senaste rapporten" in page


def test_goals_met_and_periods_without_a_report_are_counted(plan, evaluation):
    approved_report(plan, 2024, Decimal(25), None)

    assert evaluation.met == (1, 0, 1)
    assert [period.first.year for period in evaluation.missing] == [2025]


def test_the_page_links_every_number_to_its_report(client, plan, officer):
    first = approved_report(plan, 2024, Decimal(16), Decimal(4), delivered=Decimal(100_000))
    second = approved_report(plan, 2025, Decimal(25), Decimal(9), delivered=Decimal(100_000))

    page = page_of(client, officer, plan.agreement)

    for report in (first, second):
        # two goals, one cost, two sides, and the list of reports
        assert page.count(f'href="{report.get_absolute_url()}"') == 6
    assert "100 000 kr ÷ 16 personer = 6 250 kr" in page


def test_deviations_decisions_tasks_and_dialogue_stand_in_it(client, plan, officer):
    report = report_on(plan, by=officer)
    value, other = report.values.all()
    draft = AnswersDraft(
        values={value.pk: (Decimal(3), ""), other.pk: (Decimal(1), "")},
        texts={report.answers.get().pk: "Bra."},
        deviations="Lokalen <stängdes>.",
    )
    save_answers(report, draft, seen=Seen(1), by=officer)
    submit_report(report, hand=Hand(officer, AT))
    approve_report(report, hand=Hand(officer, AT))
    task = GroupTaskFactory(meeting__group__agreement=plan.agreement, text="Ta fram statistik.")
    GroupDecision.objects.create(meeting=task.meeting, text="Gruppen föreslår förlängning.")
    MeetingCountFactory(meeting=task.meeting)
    meeting = MeetingFactory(
        dialogue__committee=plan.agreement.committee, dialogue__name="Samtal om fortsättning"
    )
    close_dialogue(
        meeting.dialogue,
        outcome=Dialogue.Outcome.AGREEMENT,
        reason="",
        agreement=plan.agreement,
        by=officer,
        at=AT,
    )

    page = page_of(client, officer, plan.agreement)
    text = text_of(evaluation_pdf(Evaluation(plan.agreement, officer, DAY), at=AT))

    assert "Lokalen &lt;stängdes&gt;." in page
    for words in (
        "Gruppen föreslår förlängning.",
        "Ta fram statistik.",
        "Samtal om fortsättning",
        "second hand-butiken och Von Dufva",
    ):
        assert words in page, words
        assert words in text, words
    assert "Lokalen <stängdes>." in text


def test_an_agreement_without_a_plan_is_told_so(client, committee, officer):
    agreement = agreement_in_force(committee=committee)

    assert "Uppföljning saknas" in page_of(client, officer, agreement)
    text = text_of(evaluation_pdf(Evaluation(agreement, officer, DAY), at=AT))
    assert "Uppföljning saknas" in text


def test_the_basis_is_archival_and_accessible(plan, officer, tmp_path):
    approved_report(plan, 2024, Decimal(16), Decimal(4), delivered=Decimal(100_000))
    approved_report(plan, 2025, Decimal(9), None)
    bare = agreement_in_force(committee=plan.agreement.committee)
    files = [tmp_path / "full.pdf", tmp_path / "bare.pdf"]
    for file, agreement in zip(files, (plan.agreement, bare), strict=True):
        content = evaluation_pdf(Evaluation(agreement, officer, DAY), at=AT)
        assert checks.problems(content) == []
        file.write_bytes(content)
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")

    assert verapdf.validate(files) == ""


def ending(agreement, *, notice_by=None, last_day=None):
    """The agreement with these days, as its terms and notice would keep them."""
    over = last_day and last_day + timedelta(days=1)
    Agreement.objects.filter(pk=agreement.pk).update(
        notice_by=notice_by, over_certainly=over, over_possibly=over, over_on=over
    )


def evaluations_due(first, last):
    found = ask(due(Agreement.objects.all(), first=first, last=last))
    return [row for row in found if row.key.startswith("followup-evaluation")]


def test_the_basis_is_due_sixty_days_before_the_last_day_to_give_notice(plan):
    ending(plan.agreement, notice_by=date(2026, 6, 30), last_day=date(2026, 12, 31))

    (row,) = evaluations_due(date(2026, 5, 1), date(2026, 5, 1))

    assert row.on == date(2026, 5, 1)
    assert row.url == reverse("followups:agreement_evaluation", args=[plan.agreement_id])
    assert not evaluations_due(date(2026, 5, 2), date(2026, 12, 31))


def test_without_a_notice_the_basis_is_due_sixty_days_before_the_end(plan):
    ending(plan.agreement, last_day=date(2026, 12, 31))

    (row,) = evaluations_due(date(2026, 11, 1), date(2026, 11, 1))

    assert row.on == date(2026, 11, 1)
    assert not evaluations_due(date(2026, 10, 31), date(2026, 10, 31))


def test_nobody_asks_for_the_basis_of_what_is_terminated_or_of_a_small_grant(committee):
    grant = agreement_in_force(committee=committee, kind=Agreement.Kind.GRANT)
    ended = agreement_in_force(committee=committee, kind=Agreement.Kind.IOP)
    for agreement in (grant, ended):
        ending(agreement, last_day=date(2026, 12, 31))
    Agreement.objects.filter(pk=ended.pk).update(is_terminated=True)

    assert not evaluations_due(date(2026, 1, 1), date(2026, 12, 31))
