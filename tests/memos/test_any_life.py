"""Any life of a memo: written, reviewed, submitted, corrected and decided in any order, by anybody."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from accounts.permissions import Role
from memos.actions import (
    MemoChangedError,
    MemoFrozenError,
    MemoMoveError,
    MemoNotSubmittableError,
    add_comment,
    approve_memo,
    ask_for_changes,
    ask_for_review,
    decide_by_role,
    discard_memo,
    move_memo,
    resolve_comment,
    save_memo,
    submit_memo,
)
from memos.models import Memo, MemoRules, ReviewComment
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.hostile.lives import Life, done, lives, written
from tests.memos.factories import MemoFactory
from tests.organisations.factories import CommitteeFactory

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
REFUSALS = (MemoChangedError, MemoFrozenError, MemoMoveError, MemoNotSubmittableError)
WHO = st.sampled_from(
    ["officer", "officer", "colleague", "secretary", "secretary", "admin", "reader"]
)
REASONS = st.sampled_from(["", " ", "Fel belopp."])
OFFICERS, REVIEWERS, SECRETARY = (
    {"officer", "colleague"},
    {"officer", "colleague", "admin"},
    {"secretary"},
)
IN_PREPARATION = {"draft", "review", "approved"}
# From, to: whose step it is, and whether it needs a reason.
MOVES = {
    ("review", "draft"): (REVIEWERS, False),
    ("approved", "draft"): (REVIEWERS, False),
    ("submitted", "draft"): (OFFICERS, True),
    ("submitted", "on_agenda"): (SECRETARY, False),
    ("submitted", "closed"): (SECRETARY, True),
    ("on_agenda", "submitted"): (SECRETARY, False),
    ("on_agenda", "decided"): (SECRETARY, False),
    ("on_agenda", "referred_back"): (SECRETARY, False),
    ("on_agenda", "tabled"): (SECRETARY, False),
    ("tabled", "on_agenda"): (SECRETARY, False),
    ("referred_back", "draft"): (OFFICERS, False),
    ("referred_back", "closed"): (SECRETARY, True),
    ("decided", "closed"): (SECRETARY, False),
}


class MemoLife(Life):
    """Anybody does anything with a memo, and somebody else keeps count."""

    @initialize(needs_review=st.booleans(), four_eyes=st.booleans())
    def begins(self, needs_review, four_eyes):
        committee = CommitteeFactory()
        roles = {"officer": Role.OFFICER, "colleague": Role.OFFICER, "secretary": Role.SECRETARY}
        roles |= {"admin": Role.ADMIN, "reader": Role.READER}
        self.people = {name: member_of(committee, role) for name, role in roles.items()}
        self.needs_review, self.four_eyes = needs_review, needs_review and four_eyes
        MemoRules.objects.create(
            municipality=committee.municipality, needs_review=needs_review, four_eyes=self.four_eyes
        )
        self.agreement = AgreementFactory(committee=committee)
        self.is_begun_anew()

    def is_begun_anew(self):
        made = MemoFactory(
            agreement=self.agreement, created_by=self.people["officer"], filled=True, complete=True
        )
        self.key, self.section = made.pk, made.template.sections.get(content="text").pk
        self.state, self.text, self.editor = "draft", "Parterna har kommit överens.", None
        self.comments: dict[int, bool] = {}  # is it resolved?
        self.kept: list[tuple[str, bytes]] = []
        self.edits, self.way = 0, []

    @property
    def memo(self):
        return Memo.objects.with_parts().get(pk=self.key)

    def does(self, action, may):
        """Do it, and hold the answer to what should be; was it done?"""
        was = done(REFUSALS, action)
        assert was == may, (was, may)
        return was

    def steps(self, action, to, may):
        """A step of the memo's life."""
        if was := self.does(action, may):
            self.way.append((self.state, to))
            self.state = to
        return was

    def is_author(self, who):
        return who in {"officer", self.editor}

    @rule(who=WHO, text=st.sampled_from(["", "Mer pengar.", "Mindre."]), is_stale=st.booleans())
    def writes(self, who, text, is_stale):
        memo = self.memo
        memo.edit_number -= is_stale
        texts = {self.section: text}

        was = self.does(
            lambda: save_memo(memo, texts=texts, lists=[], by=self.people[who]),
            may=self.state == "draft" and not is_stale,
        )

        if was:
            self.text, self.editor = text, who

    @rule(who=WHO)
    def asks_for_review(self, who):
        may = self.state == "draft" and who in OFFICERS

        self.steps(lambda: ask_for_review(self.memo, by=self.people[who], at=AT), "review", may)

    @rule(who=WHO, reason=REASONS)
    def asks_for_changes(self, who, reason):
        says_what = reason.strip() or not all(self.comments.values())
        may = who in REVIEWERS and (
            self.state == "approved"
            or (self.state == "review" and bool(self.is_author(who) or says_what))
        )

        self.steps(
            lambda: ask_for_changes(self.memo, by=self.people[who], at=AT, reason=reason),
            "draft",
            may,
        )

    @rule(who=WHO)
    def approves(self, who):
        is_others = not (self.four_eyes and self.is_author(who))
        is_complete = bool(self.text) and all(self.comments.values())
        may = self.state == "review" and who in REVIEWERS and is_others and is_complete

        self.steps(lambda: approve_memo(self.memo, by=self.people[who], at=AT), "approved", may)

    @rule(who=WHO)
    def submits(self, who):
        is_ready = self.state == "approved" or (self.state == "draft" and not self.needs_review)
        may = is_ready and who in OFFICERS and bool(self.text)

        if self.steps(lambda: submit_memo(self.memo, by=self.people[who], at=AT), "submitted", may):
            version = self.memo.versions.last()
            self.kept.append((written(version), version.read_pdf()))

    @rule(who=WHO, to=st.sampled_from(sorted(Memo.State.values)), reason=REASONS)
    def moves(self, who, to, reason):
        whose, needs_reason = MOVES.get((self.state, to), (set(), False))
        may = who in whose and bool(reason.strip() or not needs_reason)

        self.steps(
            lambda: move_memo(self.memo, to=to, by=self.people[who], at=AT, reason=reason), to, may
        )

    @rule(
        who=WHO,
        role=st.sampled_from(["", "Kommundirektör"]),
        on=st.sampled_from([None, date(2026, 5, 4), date(2026, 5, 5)]),
    )
    def decides_by_role(self, who, role, on):
        has_come = on is None or on <= AT.date()
        may = self.state == "submitted" and who in OFFICERS | SECRETARY and bool(role) and has_come

        self.steps(
            lambda: decide_by_role(
                self.memo, role=role, on=on, delegation="A 4", by=self.people[who], at=AT
            ),
            "decided",
            may,
        )

    @rule(who=WHO)
    def comments_on_it(self, who):
        made = []

        was = self.does(
            lambda: made.append(
                add_comment(self.memo, section=None, text="Varför?", by=self.people[who], at=AT)
            ),
            may=self.state in IN_PREPARATION,
        )

        if was:
            self.comments[made[0].pk] = False

    @rule(which=st.integers(0, 9), who=WHO)
    def resolves(self, which, who):
        if self.comments:
            key = sorted(self.comments)[which % len(self.comments)]
            resolve_comment(ReviewComment.objects.get(pk=key), by=self.people[who], at=AT)
            self.comments[key] = True

    @rule(who=WHO)
    def discards(self, who):
        may = self.state == "draft" and not self.kept

        if self.does(lambda: discard_memo(self.memo, by=self.people[who]), may):
            self.is_begun_anew()

    @invariant()
    def the_memo_is_where_it_was_left_with_the_whole_way_to_it(self):
        memo = self.memo
        steps = memo.steps.order_by("pk").values_list("from_state", "to_state")

        assert memo.state == self.state
        assert list(steps) == self.way
        assert memo.edit_number >= self.edits
        self.edits = memo.edit_number

    @invariant()
    def what_was_submitted_is_kept_as_it_was(self):
        versions = list(self.memo.versions.order_by("number"))

        assert [version.number for version in versions] == list(range(1, len(self.kept) + 1))
        assert [(written(version), version.read_pdf()) for version in versions] == self.kept

    @invariant()
    def everybody_reads_it_once_it_was_submitted_and_readers_not_before(self):
        readable = Memo.objects.visible_to(self.people["reader"]).filter(pk=self.key)

        assert readable.exists() == bool(self.kept)


@pytest.mark.django_db
def test_any_life_of_a_memo_is_told_as_it_was():
    run_state_machine_as_test(MemoLife, settings=lives(25, steps=20))
