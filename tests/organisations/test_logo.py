"""The municipality's logo is chosen in the admin, and has no address of its own."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import member_of


@pytest.mark.django_db
def test_the_logo_is_named_and_can_be_taken_away_but_has_no_address_that_leads_nowhere(
    client, committee
):
    municipality = committee.municipality
    municipality.logo.save("vapen.png", ContentFile(b"a picture"))
    client.force_login(member_of(committee, Role.ADMIN))

    page = client.get(
        reverse("admin:organisations_municipality_change", args=[municipality.pk])
    ).content.decode()

    assert "logos/vapen.png" in page
    assert 'name="logo-clear"' in page
    assert municipality.logo.url not in page
