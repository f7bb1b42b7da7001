"""The admin answers also those who do not use its own forms."""

import pytest
from django.urls import reverse, reverse_lazy

from agreements.models import GrantScheme
from memos.models import MemoTemplate
from organisations.models import LegalForm
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import AgreementFactory
from tests.governance.factories import GoverningDocumentFactory
from tests.memos.factories import MemoTemplateFactory

pytestmark = pytest.mark.django_db
ADD_SCHEME = reverse_lazy("admin:agreements_grantscheme_add")


@pytest.mark.parametrize("key", ["x", "", "\x00", "9" * 40, "1" * 5000])
def test_a_choice_that_is_no_key_is_complained_of(client, committee, key):
    agreement = AgreementFactory(committee=committee)
    client.force_login(member_of(committee, "admin"))
    url = reverse("admin:agreements_agreement_change", args=[agreement.pk])

    page = client.post(url, {"name": "Avtalet", "committee": key})

    assert "committee" in page.context["adminform"].form.errors


@pytest.mark.parametrize(
    "typed",
    ["9" * 5000, "[" * 100_000, "1", "1e5", '{"a": 1}', "[[]]", "[1]", '"text"', "true", '["x"]'],
)
def test_excluded_legal_forms_are_a_list_of_legal_forms(client, committee, typed):
    client.force_login(member_of(committee, "admin"))
    facts = {"municipality": committee.municipality_id, "committee": committee.pk, "name": "B"}

    page = client.post(ADD_SCHEME, {**facts, "excluded_forms": typed})

    assert set(page.context["adminform"].form.errors) == {"excluded_forms"}


def test_a_list_of_legal_forms_is_taken(client, committee):
    client.force_login(member_of(committee, "admin"))
    facts = {"municipality": committee.municipality_id, "committee": committee.pk, "name": "B"}

    client.post(ADD_SCHEME, {**facts, "excluded_forms": f'["{LegalForm.values[0]}"]'})

    assert GrantScheme.objects.get().excluded_forms == [LegalForm.values[0]]


def test_only_an_operator_has_no_municipality(client, committee):
    person = UserFactory(municipality=committee.municipality)
    client.force_login(UserFactory(is_superuser=True))
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}

    page = client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {"email": person.email, "is_active": "on", "municipality": "", **rows},
    )

    assert set(page.context["adminform"].form.errors) == {"municipality"}


def test_an_address_without_its_scheme_is_taken_for_https(client, committee):
    document = GoverningDocumentFactory(municipality=committee.municipality)
    client.force_login(member_of(committee, "admin"))
    facts = {"municipality": document.municipality_id, "kind": document.kind, "title": "Planen"}

    client.post(
        reverse("admin:governance_governingdocument_change", args=[document.pk]),
        {**facts, "web_address": "exempelby.example/plan"},
    )

    document.refresh_from_db()
    assert document.web_address == "https://exempelby.example/plan"


@pytest.mark.parametrize("key", ["x", "", "9" * 40, "1" * 5000])
def test_nothing_is_done_with_rows_that_are_none(client, committee, key):
    MemoTemplateFactory(municipality=committee.municipality)
    client.force_login(member_of(committee, "admin"))
    url = reverse("admin:memos_memotemplate_changelist")
    action = client.get(url).context["action_form"].fields["action"].choices[-1][0]

    answer = client.post(url, {"action": action, "index": 0, "_selected_action": key})

    assert answer.url == url
    assert MemoTemplate.objects.count() == 1


@pytest.mark.parametrize(
    "asked", [{"_to_field": "+"}, {"_to_field": "revisions"}, {"id__in": "9" * 40}]
)
def test_a_list_asked_for_by_what_it_does_not_offer_is_refused(client, committee, asked):
    client.force_login(member_of(committee, "admin"))

    answer = client.get(reverse("admin:agreements_agreement_changelist"), asked)

    assert answer.status_code == 400


def test_a_list_is_filtered_by_what_it_offers(client, committee):
    AgreementFactory(committee=committee, kind="grant")
    AgreementFactory(committee=committee, kind="iop")
    client.force_login(member_of(committee, "admin"))

    page = client.get(reverse("admin:agreements_agreement_changelist"), {"kind__exact": "iop"})

    assert page.context["cl"].result_count == 1


def test_a_party_that_is_there_already_is_not_added_again(client, committee):
    """A row's key in a row that is said to be new, which no browser sends."""
    agreement = AgreementFactory(committee=committee, kind="grant")
    party = agreement.parties.get()
    client.force_login(member_of(committee, "admin"))
    url = reverse("admin:agreements_agreement_change", args=[agreement.pk])
    page = client.get(url)
    sent = {
        box.html_name: box.value() or "" for box in page.context["adminform"].form.visible_fields()
    } | {
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-id": party.pk,
        "parties-0-agreement": agreement.pk,
        "parties-0-partner": party.partner_id,
        "parties-0-position": party.position,
    }

    answer = client.post(url, sent)

    assert answer.status_code == 200
    assert agreement.parties.get() == party
