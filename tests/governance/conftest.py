"""What the tests of governing documents and transfers share."""

import pytest


@pytest.fixture
def municipality(committee):
    return committee.municipality


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client
