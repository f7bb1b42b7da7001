"""The agreement that a transfer names: found by what is typed, told to who may read it."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from governance.models import Arrangement
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import AgreementFactory
from tests.governance.conftest import ARRANGEMENT, create, edit, transfer_data
from tests.governance.factories import ArrangementFactory, ServiceTransferFactory
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db


def test_even_an_operator_names_only_agreements_of_the_transfers_municipality(client, municipality):
    AgreementFactory(name="Grannens avtal")
    transfer = ServiceTransferFactory(municipality=municipality)
    client.force_login(UserFactory(municipality=None, is_superuser=True))

    response = edit(client, transfer, [ARRANGEMENT | {"agreement": "Grannens avtal"}])

    assert response.context["arrangements"].errors[0]["agreement"]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("Hoppfull framtid", True),
        ("hoppfull FRAMTID", True),
        ("KS 2007-388", True),
        ("Hoppfull framtid (KS 2007-388)", True),
        ("Stadsmissionen", True),
        ("framtid", False),
        ("Ljus framtid", False),
        ("Ljus framtid (Lyktan)", True),
    ],
)
def test_an_agreement_is_found_by_name_diary_number_or_partner(
    signed_in, committee, typed, is_found
):
    AgreementFactory(
        committee=committee,
        name="Hoppfull framtid",
        diary_number="KS 2007-388",
        partner__name="Stadsmissionen",
    )
    AgreementFactory(committee=committee, name="Ljus framtid", partner__name="Lyktan")
    AgreementFactory(committee=committee, name="Ljus framtid", partner__name="Fyren")

    response = create(signed_in, [ARRANGEMENT | {"agreement": typed}])

    assert (response.status_code == 302) is is_found
    assert Arrangement.objects.filter(agreement__isnull=False).exists() is is_found


def test_agreements_are_suggested_only_to_those_who_may_read_them(client, committee, stranger):
    AgreementFactory(committee=committee, name="Hoppfull framtid", partner__name="Lyktan")
    url = reverse("governance:agreement_options")

    client.force_login(member_of(committee, Role.READER))
    own = client.get(url, {"arrangements-0-agreement": "hopp"}).content.decode()
    nothing = client.get(url).content.decode()
    client.force_login(stranger)
    foreign = client.get(url, {"arrangements-0-agreement": "hopp"}).content.decode()

    assert "Hoppfull framtid (Lyktan)" in own
    assert "<option" not in nothing
    assert "<option" not in foreign


@pytest.fixture
def secret(municipality):
    """An arrangement on an agreement of a committee in which the officer has no role."""
    other = CommitteeFactory(municipality=municipality)
    agreement = AgreementFactory(committee=other, name="Hemliga avtalet")
    return ArrangementFactory(transfer__municipality=municipality, agreement=agreement)


def test_an_agreement_that_the_user_may_not_read_is_named_nowhere(signed_in, secret):
    transfer = secret.transfer

    pages = [
        signed_in.get(reverse(f"governance:transfer_{name}", args=[transfer.pk]))
        for name in ("detail", "edit", "history")
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any("Hemliga avtalet" in page.content.decode() for page in pages)


def test_an_agreement_that_the_user_may_not_read_is_kept_through_an_edit(signed_in, secret):
    row = ARRANGEMENT | {"id": secret.pk, "agreement": ""}

    response = signed_in.post(
        reverse("governance:transfer_edit", args=[secret.transfer_id]),
        transfer_data([row]) | {"arrangements-INITIAL_FORMS": "1"},
    )

    kept = secret.agreement
    secret.refresh_from_db()
    assert response.status_code == 302
    assert (secret.agreement, secret.recipients) == (kept, "kooperativ")


def test_the_history_names_the_agreement_to_those_who_may_read_it(client, secret):
    client.force_login(member_of(secret.agreement.committee, Role.READER))

    page = client.get(
        reverse("governance:transfer_history", args=[secret.transfer_id])
    ).content.decode()

    assert "Hemliga avtalet" in page
