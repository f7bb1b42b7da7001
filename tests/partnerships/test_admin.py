"""The admin answers also those who do not use its own forms."""

import pytest
from django.urls import reverse

from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["x", "", "\x00", "9" * 40, "1" * 5000])
def test_a_choice_that_is_no_key_is_complained_of(client, committee, key):
    agreement = AgreementFactory(committee=committee)
    client.force_login(member_of(committee, "admin"))
    url = reverse("admin:agreements_agreement_change", args=[agreement.pk])

    page = client.post(url, {"name": "Avtalet", "committee": key})

    assert "committee" in page.context["adminform"].form.errors
