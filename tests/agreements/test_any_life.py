"""Any life of an agreement: revisions, terms, extensions and terminations in any order.

What should come of it is kept beside, in plain lists, by somebody who has not read the actions.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from accounts.permissions import Role
from agreements.actions import (
    ContributionDraft,
    ExtensionRefusedError,
    RevisionFrozenError,
    RevisionNotDecidableError,
    TerminationRefusedError,
    TooManyDraftsError,
    amend,
    bring_up_to_date,
    decide_revision,
    discard_draft,
    extend,
    save_revision,
    save_validity,
    terminate,
)
from agreements.models import Agreement, Contribution, Party, Revision, Term, Termination
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, TermFactory
from tests.hostile.lives import Life, done, lives, written
from tests.organisations.factories import CommitteeFactory

AT = datetime(2024, 1, 15, 12, tzinfo=UTC)
FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 3000).map(lambda number: FIRST + timedelta(number))
WHICH = st.integers(0, 6)
LOOKED_AT = [FIRST + timedelta(number) for number in (-1, 400, 1500, 3600)]


def exactly(day):
    return day and ApproximateDate.exactly(day)


@dataclass
class Draft:
    """What is known of a revision."""

    number: int
    base: int | None
    starts: date | None = None
    kept: str = ""


class AgreementLife(Life):
    """Somebody does anything with an agreement, and somebody else keeps count."""

    @initialize(allowed=st.none() | st.integers(0, 2), starts=DAYS | st.none(), ends=DAYS)
    def begins(self, allowed, starts, ends):
        committee = CommitteeFactory()
        self.officer = member_of(committee, Role.OFFICER)
        self.agreement = AgreementFactory(committee=committee, extensions_allowed=allowed)
        first = Revision.objects.create(agreement=self.agreement, number=1, kind="original")
        self.allowed = allowed
        self.drafts: dict[int, Draft] = {first.pk: Draft(1, None)}
        self.decided: dict[int, Draft] = {}
        self.ends: list[date | None] = []
        self.stops: date | None = None
        self.is_stopped = False
        if starts:  # most have come so far
            self.fills(first, starts, 1)
            self.decides(0)
            self.writes_the_first_term(ends)

    def one(self, which):
        """Any revision, decided or not; the newest draft is the first."""
        keys = [*sorted(self.drafts, reverse=True), *sorted(self.decided, reverse=True)]
        return Revision.objects.get(pk=keys[which % len(keys)])

    @rule(starts=st.none() | DAYS)
    def amends(self, starts):
        may = bool(self.decided) and len(self.drafts) < 5

        made = []
        was = done(
            (TooManyDraftsError,), lambda: made.append(amend(self.agreement, by=self.officer))
        )

        assert was == may
        if was:
            latest = max(self.decided, key=lambda key: self.decided[key].number)
            self.drafts[made[0].pk] = Draft(len(self.decided) + 1, latest)
            self.fills(made[0], starts, 1)

    @rule(which=WHICH, starts=st.none() | DAYS, amount=st.integers(1, 10**9))
    def writes(self, which, starts, amount):
        self.fills(self.one(which), starts, amount)

    def fills(self, revision, starts, amount):
        """Write on the revision, with one more line."""
        revision.in_force_from, revision.purpose = exactly(starts), f"för {amount}"
        lines = list(revision.contributions.all())[:3]
        lines.append(
            Contribution(
                party=Party.MUNICIPALITY, kind="cash", label="Bidrag", stated_amount=amount
            )
        )

        was = done(
            (RevisionFrozenError,),
            lambda: save_revision(
                revision,
                contributions=[ContributionDraft(line) for line in lines],
                removed=[],
                stated_totals=[],
                by=self.officer,
            ),
        )

        assert was == (revision.pk in self.drafts)
        if was:
            self.drafts[revision.pk].starts = starts

    @rule(which=WHICH)
    def decides(self, which):
        revision = self.one(which)
        draft = self.drafts.get(revision.pk)
        latest = max(self.decided, key=lambda key: self.decided[key].number, default=None)
        may = bool(draft and draft.starts and draft.base == latest)

        was = done(
            (RevisionNotDecidableError,),
            lambda: decide_revision(revision, by=self.officer, at=AT),
        )

        assert was == may
        if was:
            draft.number = len(self.decided) + 1
            draft.kept = all_of(revision.pk)
            self.decided[revision.pk] = self.drafts.pop(revision.pk)

    @rule(which=WHICH)
    def brings_up_to_date(self, which):
        revision = self.one(which)

        was = done((RevisionFrozenError,), lambda: bring_up_to_date(revision, by=self.officer))

        assert was == (revision.pk in self.drafts)
        if was and self.decided:
            draft = self.drafts[revision.pk]
            draft.base = max(self.decided, key=lambda key: self.decided[key].number)
            draft.number = len(self.decided) + 1

    @rule(which=WHICH)
    def discards(self, which):
        revision = self.one(which)
        may = revision.pk in self.drafts and revision.kind != "original"

        was = done((RevisionFrozenError,), lambda: discard_draft(revision, by=self.officer))

        assert was == may
        if was:
            del self.drafts[revision.pk]

    @precondition(lambda self: len(self.ends) < 2)
    @rule(ends=st.none() | DAYS)
    def writes_the_first_term(self, ends):
        term = self.agreement.terms.filter(number=0).first() or Term(
            agreement=self.agreement, number=0, basis="original"
        )
        term.starts, term.ends = exactly(FIRST), exactly(ends)

        save_validity(
            Agreement.objects.get(pk=self.agreement.pk), term=term, notices=[], by=self.officer
        )

        self.ends = [ends]

    @rule(
        later=st.integers(-400, 800),
        gap=st.none() | st.integers(-2, 2),
        basis=st.sampled_from(["clause", "decision"]),
        says=st.booleans(),
    )
    def extends(self, later, gap, basis, says):
        last = self.ends[-1] if self.ends else None
        ends = (last or FIRST) + timedelta(later)
        starts = None if gap is None else (last or FIRST) + timedelta(gap)
        if starts and ends < starts:
            return  # the form says so before
        term = Term(
            agreement=self.agreement,
            basis=basis,
            starts=exactly(starts),
            ends=exactly(ends),
            decision="KS § 1" if says else "",
        )
        may = (
            last is not None
            and not self.is_stopped
            and (self.allowed is None or len(self.ends) <= self.allowed)
            and ends > last
            and (starts is None or starts > last)
            and (basis == "clause" or says)
        )

        was = done((ExtensionRefusedError,), lambda: extend(term, by=self.officer))

        assert was == may, (was, may)
        if was:
            self.ends.append(ends)

    @rule(whole=st.booleans(), day=st.none() | DAYS)
    def terminates(self, whole, day):
        termination = Termination(
            agreement=Agreement.objects.get(pk=self.agreement.pk),
            scope="full" if whole else "partial",
            what="" if whole else "Läxhjälpen",
            by="municipality",
            effective_from=exactly(day),
        )

        was = done(
            (TerminationRefusedError,), lambda: terminate(termination, ends=[], by=self.officer)
        )

        assert was == (not whole or not self.is_stopped)
        if was and whole:
            self.is_stopped, self.stops = True, day

    @invariant()
    def decided_numbers_have_no_gap_and_drafts_are_few(self):
        rows = dict(Revision.objects.filter(agreement=self.agreement).values_list("pk", "number"))
        expected = {key: revision.number for key, revision in (self.drafts | self.decided).items()}

        assert rows == expected
        assert sorted(row.number for row in self.decided.values()) == list(
            range(1, len(self.decided) + 1)
        )
        assert len(self.drafts) <= 5

    @invariant()
    def what_is_decided_is_what_it_was(self):
        for key, revision in self.decided.items():
            assert all_of(key) == revision.kept

    @invariant()
    def terms_follow_each_other(self):
        terms = list(self.agreement.terms.order_by("number"))

        assert [term.number for term in terms] == list(range(len(terms)))
        assert [term.ends and term.ends.latest for term in terms] == self.ends
        for before, after in pairwise(terms):
            assert before.ends.latest < after.ends.earliest

    @invariant()
    def the_register_and_the_page_say_what_the_agreement_is_each_day(self):
        for day in LOOKED_AT:
            row = Agreement.objects.with_status(day).get(pk=self.agreement.pk)

            assert row.status == self.status_on(day), day

    def status_on(self, day):
        """What it should be, told in as few words as possible."""
        starts = [revision.starts for revision in self.decided.values()]
        if not starts:
            return "draft"
        runs_out = self.ends[-1] + timedelta(1) if self.ends and self.ends[-1] else date.max
        stops = self.stops or date.max
        if day >= min(runs_out, stops):
            return "terminated" if stops <= runs_out else "expired"
        return "active" if day >= min(starts) else "upcoming"


def all_of(key):
    """A revision with its lines and their calculations, as they are stored."""
    revision = Revision.objects.get(pk=key)
    lines = list(revision.contributions.order_by("pk"))
    return written(
        revision, *lines, *(part for line in lines for part in line.parts.order_by("pk"))
    )


@pytest.mark.django_db
def test_any_life_of_an_agreement_is_told_as_it_was():
    run_state_machine_as_test(AgreementLife, settings=lives(30, steps=20))


def test_an_extension_ends_later_than_the_term_before_it(agreement, officer):
    TermFactory(agreement=agreement)
    within = Term(agreement=agreement, basis="clause", ends=ApproximateDate.parse("2025-06-30"))

    with pytest.raises(ExtensionRefusedError, match="2025-06-30"):
        extend(within, by=officer)

    assert agreement.terms.count() == 1
