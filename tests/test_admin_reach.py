"""Who enters the admin, and how far an administrator reaches there."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.addresses import ADMIN, MEMBERS, READER
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(MEMBERS))
def test_only_an_administrator_enters_the_admin(client, world, role):
    client.force_login(world["people"][role])

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == (200 if role == ADMIN else 403)


def test_the_admin_asks_who_is_not_signed_in_to_sign_in(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.request["PATH_INFO"] == reverse("accounts:sign_in")


def test_an_administrator_sees_and_reaches_only_the_own_municipality(client, world):
    other = CommitteeFactory(name="Den andra nämnden")
    client.force_login(world["people"][ADMIN])

    changelist = client.get(reverse("admin:organisations_committee_changelist"))
    change = client.get(reverse("admin:organisations_committee_change", args=[other.pk]))
    history = client.get(reverse("admin:organisations_committee_history", args=[other.pk]))

    assert other.name not in changelist.content.decode()
    assert change.status_code == 302
    assert history.status_code == 404


def test_an_administrator_can_make_nobody_operator(client, world):
    person = world["people"][READER]
    client.force_login(world["people"][ADMIN])

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {
            "email": person.email,
            "municipality": person.municipality_id,
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
        },
    )

    person.refresh_from_db()
    assert not person.is_superuser


def test_an_operator_is_not_within_an_administrators_reach(client, world, committee):
    operator = UserFactory(municipality=committee.municipality, is_superuser=True)
    client.force_login(world["people"][ADMIN])

    change = client.get(reverse("admin:accounts_user_change", args=[operator.pk]))
    password = client.get(reverse("admin:auth_user_password_change", args=[operator.pk]))

    assert change.status_code == 302
    assert password.status_code == 404


def test_an_administrator_gives_no_role_in_another_municipality(client, world):
    person, elsewhere = world["people"][READER], CommitteeFactory()
    client.force_login(world["people"][ADMIN])

    response = client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {
            "email": person.email,
            "municipality": person.municipality_id,
            "is_active": "on",
            "memberships-TOTAL_FORMS": 1,
            "memberships-INITIAL_FORMS": 0,
            "memberships-0-committee": elsewhere.pk,
            "memberships-0-role": "admin",
        },
    )

    assert response.status_code == 200
    assert not person.memberships.filter(committee=elsewhere).exists()


def test_the_admins_history_is_in_swedish_and_reverts_nothing(client, world, committee):
    client.force_login(world["people"][ADMIN])
    committee.name = "Nya namnet"
    committee.save()
    url = reverse("admin:organisations_committee_history", args=[committee.pk])

    page = client.get(url).content.decode()

    assert "Ändringar" in page
    assert "revert" not in page.lower()
    assert 'style="' not in page
