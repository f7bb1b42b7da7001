"""A memo that lacks nothing, and a colleague who may review it."""

import pytest

from accounts.permissions import Role
from tests.accounts.factories import member_of
from tests.agreements.factories import ContributionFactory, RevisionFactory
from tests.memos.factories import MemoFactory


@pytest.fixture
def colleague(committee):
    return member_of(committee, Role.OFFICER)


@pytest.fixture
def memo(agreement, officer):
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision, stated_amount=120_000)
    return MemoFactory(
        agreement=agreement, revision=revision, created_by=officer, filled=True, complete=True
    )
