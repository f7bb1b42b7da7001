"""What every test may use."""

import pytest

from accounts.permissions import Role
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import CommitteeFactory


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    """Uploaded and issued files go to the test's own folder; static files need no manifest."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def committee(db):
    return CommitteeFactory()


@pytest.fixture
def officer(committee):
    return member_of(committee, Role.OFFICER)


@pytest.fixture
def reader(committee):
    return member_of(committee, Role.READER)


@pytest.fixture
def stranger(db):
    """An officer of another municipality."""
    return member_of(CommitteeFactory(), Role.OFFICER)


@pytest.fixture
def agreement(committee):
    return AgreementFactory(committee=committee)
