"""Any life of a follow-up report: written, handed in, returned and decided in any order."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from followups.actions import (
    AnswersDraft,
    FollowUpRefusedError,
    Hand,
    Seen,
    approve_report,
    open_report,
    reject_report,
    resume_report,
    return_report,
    save_answers,
    skip_report,
    submit_report,
)
from followups.models import FollowUpReport
from tests.accounts.factories import UserFactory
from tests.followups.factories import FollowUpPlanFactory
from tests.hostile.lives import Life, done, lives, written

AT = datetime(2030, 2, 1, 9, tzinfo=UTC)
WHICH = st.integers(0, 20)
REASONS = st.sampled_from(["", " ", "Räkna om."])
OPEN, WAITING = {"draft", "returned"}, {"submitted", "resubmitted"}


class ReportLife(Life):
    """Somebody does anything with an agreement's reports, and somebody else keeps count."""

    @initialize()
    def begins(self):
        plan = FollowUpPlanFactory()
        self.agreement = plan.agreement
        self.user = UserFactory(municipality=self.agreement.municipality)
        self.hand = Hand(self.user, AT)
        self.reports: dict[int, dict] = {}

    def one(self, which):
        """Any report, and what is known of it; a new one where there is none."""
        if not self.reports:
            self.opens(2024)
        key = sorted(self.reports)[which % len(self.reports)]
        return FollowUpReport.objects.get(pk=key), self.reports[key]

    def does(self, action, may):
        """Do it, and hold the answer to what should be; was it done?"""
        was = done((FollowUpRefusedError,), action)
        assert was == may
        return was

    @rule(year=st.integers(2023, 2027))
    def opens(self, year):
        begun = {known["year"] for known in self.reports.values()}
        made = []

        was = self.does(
            lambda: made.append(
                open_report(self.agreement, period_starts=date(year, 1, 1), by=self.user, at=AT)
            ),
            may=year >= 2024 and year not in begun,
        )

        if was:
            self.reports[made[0].pk] = {
                "year": year, "state": "draft", "figures": None, "kept": [], "steps": ["open"],
                "edition": 0,
            }  # fmt: skip

    @rule(which=WHICH, figure=st.none() | st.integers(0, 999), is_stale=st.booleans())
    def writes(self, which, figure, is_stale):
        report, known = self.one(which)
        draft = AnswersDraft(
            values={
                row.pk: (None if figure is None else Decimal(figure), "")
                for row in report.values.all()
            },
            texts={row.pk: f"Det gick {figure}." for row in report.answers.all()},
        )
        seen = Seen(report.edition - is_stale)

        was = self.does(
            lambda: save_answers(report, draft, seen=seen, by=self.user),
            may=known["state"] in OPEN and not is_stale,
        )

        if was:
            known["figures"] = figure

    @rule(which=WHICH)
    def hands_in(self, which):
        report, known = self.one(which)

        was = self.does(
            lambda: submit_report(report, hand=self.hand),
            may=known["state"] in OPEN and known["figures"] is not None,
        )

        if was:
            known["state"] = "submitted" if known["state"] == "draft" else "resubmitted"
            known["kept"].append(written(report.versions.last()))
            known["steps"].append("submit")

    @rule(which=WHICH, reason=REASONS, parts=st.sampled_from([[], ["deviations"], ["nothing"]]))
    def returns(self, which, reason, parts):
        report, known = self.one(which)

        self.steps(
            known,
            "return",
            "returned",
            lambda: return_report(report, parts=parts, reason=reason, hand=self.hand),
            may=known["state"] in WAITING and bool(reason.strip()) and parts == ["deviations"],
        )

    @rule(which=WHICH)
    def approves(self, which):
        report, known = self.one(which)

        self.steps(
            known,
            "approve",
            "approved",
            lambda: approve_report(report, hand=self.hand),
            may=known["state"] in WAITING,
        )

    @rule(which=WHICH, reason=REASONS)
    def rejects(self, which, reason):
        report, known = self.one(which)

        self.steps(
            known,
            "reject",
            "not_approved",
            lambda: reject_report(report, reason=reason, hand=self.hand),
            may=known["state"] in WAITING and bool(reason.strip()),
        )

    @rule(which=WHICH, reason=REASONS)
    def skips(self, which, reason):
        report, known = self.one(which)

        self.steps(
            known,
            "skip",
            "skipped",
            lambda: skip_report(report, reason=reason, hand=self.hand),
            may=known["state"] == "draft" and bool(reason.strip()),
        )

    @rule(which=WHICH)
    def resumes(self, which):
        report, known = self.one(which)

        self.steps(
            known,
            "resume",
            "draft",
            lambda: resume_report(report, hand=self.hand),
            may=known["state"] == "skipped",
        )

    def steps(self, known, step, to, action, *, may):
        """A step of the timeline to another state."""
        if self.does(action, may):
            known["state"] = to
            known["steps"].append(step)

    @invariant()
    def every_report_is_where_it_was_left_with_the_whole_way_to_it(self):
        for key, known in getattr(self, "reports", {}).items():
            report = FollowUpReport.objects.get(pk=key)

            assert report.state == known["state"]
            assert [event.step for event in report.events.order_by("pk")] == known["steps"]
            assert report.edition >= known["edition"]
            known["edition"] = report.edition

    @invariant()
    def what_was_handed_in_is_kept_as_it_was(self):
        for key, known in getattr(self, "reports", {}).items():
            versions = FollowUpReport.objects.get(pk=key).versions.order_by("number")

            assert [version.number for version in versions] == list(
                range(1, len(known["kept"]) + 1)
            )
            assert [written(version) for version in versions] == known["kept"]

    @invariant()
    def no_day_is_reported_on_twice(self):
        periods = FollowUpReport.objects.order_by("period_starts").values_list(
            "period_starts", "period_ends"
        )
        days = [day for period in periods for day in period]

        assert days == sorted(set(days))


@pytest.mark.django_db
def test_any_life_of_a_report_is_told_as_it_was():
    run_state_machine_as_test(ReportLife, settings=lives(20, steps=20))
