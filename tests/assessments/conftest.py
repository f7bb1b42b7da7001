"""What the tests of the assessments' pages share."""

import pytest
from django.urls import reverse

from tests.assessments.factories import assessment_of


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def assessment(committee, officer):
    return assessment_of(committee, by=officer)


def url(name, row=None):
    return reverse(f"assessments:{name}", args=[row.pk] if row else [])
