"""The queue, an officer's word, and rules, through the pages."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from payments.models import Matching, MatchingRule, Payment
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.payments.factories import NUMBER, PaymentFactory, RuleFactory, SourceFactory, payment_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(committee):
    return SourceFactory(municipality=committee.municipality)


@pytest.fixture
def payment(source):
    return PaymentFactory(source=source, municipality=source.municipality, account="4530")


@pytest.fixture
def signed_in(client, officer):
    """The officer's browser."""
    client.force_login(officer)
    return client


def match(signed_in, payment, **data):
    return signed_in.post(
        reverse("payments:payment_match", args=[payment.pk]), {"csrfmiddlewaretoken": "x", **data}
    )


def test_the_queue_shows_groups_of_those_alike_with_their_sums(
    signed_in, source, payment, agreement
):
    same = {"source": source, "municipality": source.municipality, "account": "4530"}
    PaymentFactory(**same, amount=-250)
    PaymentFactory(**same | {"account": "4531"})
    payment_on(agreement, source=source)
    PaymentFactory()

    groups = signed_in.get(reverse("payments:payment_queue")).context["groups"]

    assert [(group["count"], group["total"]) for group in groups] == [(2, 750), (1, 1000)]


def test_a_suggestion_is_chosen_with_those_alike_and_kept_as_a_rule(signed_in, committee, source):
    partner = PartnerFactory(org_number=NUMBER)
    agreement, _other = AgreementFactory.create_batch(2, committee=committee, partner=partner)
    same = {"source": source, "municipality": source.municipality, "payee_number": NUMBER}
    payment, also = PaymentFactory.create_batch(2, **same)

    form = signed_in.get(reverse("payments:payment_match", args=[payment.pk])).content.decode()
    match(signed_in, payment, choice=agreement.pk, alike="on", as_rule="on", reason="Ring")

    assert NUMBER in form
    assert set(Payment.objects.filter(agreement=agreement)) == {payment, also}
    assert MatchingRule.objects.get().agreement == agreement


@pytest.mark.parametrize("how", ["label", "name", "number", "part"])
def test_another_agreement_is_found_however_it_is_written(signed_in, committee, payment, how):
    agreement = AgreementFactory(
        committee=committee, name="Läxhjälpen, etapp (2)", diary_number="KS 2026-7"
    )
    AgreementFactory(committee=committee)
    written = {
        "label": f"Läxhjälpen, etapp (2) (KS 2026-7), {committee}",
        "name": "läxhjälpen, etapp (2)",
        "number": "KS 2026-7",
        "part": "etapp",
    }[how]

    match(signed_in, payment, choice="other", agreement=written)

    payment.refresh_from_db()
    assert payment.agreement == agreement


def test_two_agreements_of_one_name_are_told_apart_by_what_the_list_says(
    signed_in, committee, payment
):
    sibling = CommitteeFactory(municipality=committee.municipality)
    agreement = AgreementFactory(committee=committee, name="Läxhjälpen")
    AgreementFactory(committee=committee, name="Läxhjälpen", diary_number="KS 2026-7")
    AgreementFactory(committee=sibling, name="Läxhjälpen")

    several = match(signed_in, payment, choice="other", agreement="Läxhjälpen")
    assert "agreement" in several.context["form"].errors
    match(signed_in, payment, choice="other", agreement=f"Läxhjälpen, {committee}")

    payment.refresh_from_db()
    assert payment.agreement == agreement


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "choice"),
        ({"choice": "other"}, "agreement"),
        ({"choice": "other", "agreement": "finns inte"}, "agreement"),
        ({"choice": "none", "agreement": "Läxhjälpen"}, "choice"),
        ({"choice": "999999"}, "choice"),
        ({"choice": "other", "agreement": "x" * 301}, "agreement"),
    ],
)
def test_what_is_unclear_is_told_and_nothing_is_matched(signed_in, committee, payment, data, field):
    AgreementFactory(committee=committee, name="Läxhjälpen")

    response = match(signed_in, payment, **data)

    assert field in response.context["form"].errors
    assert Payment.objects.unmatched().count() == 1


def test_an_agreement_of_another_committee_or_municipality_is_not_found(
    signed_in, committee, payment
):
    sibling = CommitteeFactory(municipality=committee.municipality)
    for agreement in (AgreementFactory(committee=sibling), AgreementFactory()):
        response = match(signed_in, payment, choice="other", agreement=agreement.name)
        assert "agreement" in response.context["form"].errors
        assert match(signed_in, payment, choice=agreement.pk).status_code == 200

    options = signed_in.get(reverse("payments:agreement_options"), {"agreement": "exempel"})
    assert "<option" not in options.content.decode()


def test_the_list_of_agreements_suggests_those_the_officer_may_choose(signed_in, committee):
    AgreementFactory(committee=committee, name="Läxhjälpen", diary_number="KS 2026-7")

    url = reverse("payments:agreement_options")

    assert (
        f"Läxhjälpen (KS 2026-7), {committee}" in signed_in.get(url, {"q": "läx"}).content.decode()
    )
    assert not signed_in.get(url, {"q": ""}).content.decode().strip()


def test_a_payment_of_no_agreement_is_set_aside_and_comes_back_with_a_reason(signed_in, payment):
    match(signed_in, payment, choice="none")
    payment.refresh_from_db()
    assert payment.matching == Matching.SET_ASIDE
    url = reverse("payments:payment_unmatch", args=[payment.pk])

    without = signed_in.post(url, {"reason": ""})
    signed_in.post(url, {"reason": "Fel"})

    payment.refresh_from_db()
    assert without.context["form"].errors
    assert payment.matching == Matching.UNMATCHED
    assert signed_in.post(url, {"reason": "Fel"}).context["form"].non_field_errors()


def test_a_rule_cannot_be_made_of_nothing_and_the_page_says_so(signed_in, source):
    payment = PaymentFactory(
        source=source, municipality=source.municipality, payee_name="", account=""
    )

    response = match(signed_in, payment, choice="none", as_rule="on")

    assert response.context["form"].non_field_errors()
    assert not MatchingRule.objects.exists()


def test_a_reversal_is_tied_to_one_of_the_payments_it_can_take_back(signed_in, source, payment):
    other = PaymentFactory(
        source=source, municipality=source.municipality, payee_name="Annan", account="4530"
    )
    reversal = PaymentFactory(source=source, municipality=source.municipality, amount=-1000)
    url = reverse("payments:payment_reversal", args=[reversal.pk])

    nothing = signed_in.post(url, {"original": ""})
    wrong = signed_in.post(url, {"original": other.pk})
    signed_in.post(url, {"original": payment.pk})

    reversal.refresh_from_db()
    assert nothing.context["form"].errors
    assert wrong.context["form"].errors
    assert reversal.reverses == payment


def test_trying_again_says_how_many_matched(signed_in, committee, source):
    PaymentFactory(source=source, municipality=source.municipality, reference="KS 2026-7")
    AgreementFactory(committee=committee, diary_number="KS 2026-7")

    response = signed_in.post(reverse("payments:payment_match_again"), follow=True)

    assert "1 " in str(next(iter(response.context["messages"])))
    assert not Payment.objects.unmatched().exists()


def test_a_rule_is_written_changed_and_taken_out_of_use(signed_in, committee, source):
    agreement = AgreementFactory(committee=committee, name="Läxhjälpen")
    data = {"account": "4530", "payee_number": "8020024280", "agreement": "Läxhjälpen"}

    signed_in.post(reverse("payments:rule_create"), data | {"is_active": "on"})
    rule = MatchingRule.objects.get()
    shown = signed_in.get(rule.get_absolute_url()).content.decode()
    signed_in.post(rule.get_absolute_url(), data | {"reason": "Avslutat"})

    rule.refresh_from_db()
    assert (rule.agreement, rule.payee_number, rule.is_active) == (agreement, NUMBER, False)
    assert rule.municipality == committee.municipality
    assert f"Läxhjälpen, {committee}" in shown
    assert rule.history.first().history_change_reason == "Avslutat"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"is_active": "on"}, "__all__"),
        ({"account": "1", "agreement": "finns inte"}, "agreement"),
        ({"payee_number": "123"}, "payee_number"),
        ({"account": "1", "source": "0"}, "source"),
    ],
)
def test_a_rule_that_is_wrong_is_told(signed_in, data, field):
    response = signed_in.post(reverse("payments:rule_create"), data)

    assert field in response.context["form"].errors
    assert not MatchingRule.objects.exists()


def test_rules_on_agreements_that_the_officer_may_not_read_are_not_shown(
    signed_in, committee, client
):
    sibling = CommitteeFactory(municipality=committee.municipality)
    hidden = RuleFactory(
        municipality=committee.municipality, agreement=AgreementFactory(committee=sibling)
    )
    shown = RuleFactory(municipality=committee.municipality, agreement=None, account="4711")

    text = signed_in.get(reverse("payments:rule_list")).content.decode()

    assert shown.account in text
    assert hidden.agreement.name not in text
    assert signed_in.get(hidden.get_absolute_url()).status_code == 404


def test_an_administrator_matches_as_an_officer_does(client, committee, payment):
    agreement = AgreementFactory(committee=committee, name="Läxhjälpen")
    client.force_login(member_of(committee, Role.ADMIN))

    match(client, payment, choice="other", agreement="Läxhjälpen")

    payment.refresh_from_db()
    assert payment.agreement == agreement
