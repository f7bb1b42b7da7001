"""Which agreement a payment belongs to: by itself, and by an officer's word."""

import pytest

from agreements.models import Agreement
from organisations import diary_numbers
from organisations.actions import merge_partners
from payments.actions import (
    MatchingRefusedError,
    decide_matching,
    link_reversal,
    match_again,
    undo_matching,
)
from payments.matching import possible_originals, suggestions
from payments.models import MatchedBy, Matching, MatchingRule, Payment
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from tests.organisations.factories import PartnerFactory
from tests.payments.factories import (
    AT,
    NUMBER,
    PaymentFactory,
    RuleFactory,
    SourceFactory,
    csv_file,
    imported,
    payment_on,
    row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality(committee):
    return committee.municipality


@pytest.fixture
def source(municipality):
    return SourceFactory(municipality=municipality)


def matched(source, officer, **cells):
    """What becomes of one row with these cells: matching, by what, and the agreement."""
    imported(source, csv_file(row("1", **cells)), by=officer)
    payment = Payment.objects.get()
    return payment.matching, payment.matched_by, payment.agreement


@pytest.mark.parametrize(
    "cells",
    [
        {"Diarienummer": "KS 2026-7"},
        {"Diarienummer": "ks2026-7"},
        {"Diarienummer": "Dnr KS 2026-7, bidrag"},
        {"Text": "Bidrag enl. KS 2026-7 kv 1"},
    ],
)
def test_a_diary_number_in_the_row_decides(committee, source, officer, cells):
    agreement = AgreementFactory(committee=committee, diary_number="KS 2026-7")
    AgreementFactory(committee=committee, diary_number="KS 2026-71")
    RuleFactory(municipality=source.municipality, agreement=AgreementFactory(committee=committee))

    assert matched(source, officer, **cells) == (Matching.MATCHED, MatchedBy.REFERENCE, agreement)


def test_a_diary_number_of_two_agreements_decides_nothing(committee, source, officer):
    AgreementFactory.create_batch(2, committee=committee, diary_number="KS 2026-7")

    assert matched(source, officer, Diarienummer="KS 2026-7")[0] == Matching.UNMATCHED


def test_another_municipalitys_diary_number_decides_nothing(source, officer):
    AgreementFactory(diary_number="KS 2026-7")

    assert matched(source, officer, Diarienummer="KS 2026-7")[0] == Matching.UNMATCHED


def test_diary_numbers_are_found_in_running_text_as_whole_words():
    text = "Se KS 2024-478, ks2019-3 och KS 2024-478; inte AKS2024-4780x"

    found = diary_numbers.found_in(text, "{prefix} {year}-{serial}")

    assert found == ["KS 2024-478", "KS 2019-3"]


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"account": "45"}, True),
        ({"account": "46"}, False),
        ({"payee_number": NUMBER, "account": ""}, True),
        ({"payee_number": "212000-0142", "account": ""}, False),
        ({"payee_name": "föreningen exempel", "account": ""}, True),
        ({"text_contains": "läxhjälp", "account": ""}, True),
        ({"text_contains": "läxhjälp", "account": "46"}, False),
        ({"project": "P17", "account": ""}, False),
        ({"account": "4530", "is_active": False}, False),
    ],
)
def test_a_rule_takes_the_payments_that_fulfil_every_condition(
    committee, source, officer, conditions, fits
):
    agreement = AgreementFactory(committee=committee)
    RuleFactory(municipality=source.municipality, agreement=agreement, **conditions)

    found = matched(
        source, officer, Orgnr=NUMBER, Mottagare="Föreningen Exempel", Text="Bidrag Läxhjälp v. 12"
    )

    assert found == (
        (Matching.MATCHED, MatchedBy.RULE, agreement) if fits else (Matching.UNMATCHED, "", None)
    )


def test_a_rule_of_another_source_or_municipality_is_not_used(committee, source, officer):
    agreement = AgreementFactory(committee=committee)
    RuleFactory(
        municipality=source.municipality,
        agreement=agreement,
        source=SourceFactory(municipality=source.municipality),
    )
    RuleFactory(agreement=AgreementFactory())

    assert matched(source, officer)[0] == Matching.UNMATCHED


def test_a_rule_may_say_that_payments_belong_to_no_agreement(source, officer):
    RuleFactory(municipality=source.municipality, agreement=None)

    assert matched(source, officer) == (Matching.SET_ASIDE, MatchedBy.RULE, None)


def test_the_rule_with_most_conditions_counts_and_two_equal_ones_decide_nothing(
    committee, source, officer
):
    general, special = AgreementFactory.create_batch(2, committee=committee)
    RuleFactory(municipality=source.municipality, agreement=general)
    RuleFactory(municipality=source.municipality, agreement=special, text_contains="läxhjälp")
    imported(source, csv_file(row("1", Text="läxhjälp"), row("2", Text="annat")), by=officer)
    RuleFactory(municipality=source.municipality, agreement=special)
    imported(source, csv_file(row("3", Text="tvetydigt")), by=officer)

    found = dict(Payment.objects.values_list("external_key", "agreement"))

    assert found == {"1": special.pk, "2": general.pk, "3": None}


def test_the_only_agreement_with_the_payee_is_taken_and_of_two_none(committee, source, officer):
    partner = PartnerFactory(org_number=NUMBER)
    agreement = AgreementFactory(committee=committee, partner=partner)
    AgreementFactory(partner=partner)  # another municipality's
    imported(source, csv_file(row("1", Orgnr=NUMBER)), by=officer)
    AgreementFactory(committee=committee, partner=partner)
    imported(source, csv_file(row("2", Orgnr=NUMBER)), by=officer)

    found = Payment.objects.order_by("external_key")

    assert [payment.agreement for payment in found] == [agreement, None]
    assert [payment.partner for payment in found] == [partner, partner]


def test_an_agreement_that_was_not_in_force_on_the_day_is_left_to_an_officer(
    committee, source, officer
):
    partner = PartnerFactory(org_number=NUMBER)
    agreement = AgreementFactory(committee=committee, partner=partner)
    RevisionFactory(agreement=agreement, decided=True)  # from 2024
    TermFactory(agreement=agreement)  # until the last of December 2025
    days = {"1": "2023-12-31", "2": "2024-01-01", "3": "2025-12-31", "4": "2026-01-01"}
    imported(
        source, csv_file(*(row(key, day, Orgnr=NUMBER) for key, day in days.items())), by=officer
    )

    found = Payment.objects.order_by("external_key")

    assert [payment.agreement for payment in found] == [None, agreement, agreement, None]


def test_what_was_agreed_with_a_merged_entry_was_agreed_with_the_partner(
    committee, source, officer
):
    partner = PartnerFactory(org_number=NUMBER)
    duplicate = PartnerFactory(name="Föreningen", org_number=None)
    agreement = AgreementFactory(committee=committee, partner=duplicate)
    merge_partners(duplicate, into=partner, by=officer, reason="Samma organisation")
    imported(source, csv_file(row("1", Orgnr=NUMBER)), by=officer)
    other = AgreementFactory(committee=committee, partner=partner)
    imported(source, csv_file(row("2", Orgnr=NUMBER)), by=officer)

    found = Payment.objects.order_by("external_key")

    assert [payment.agreement for payment in found] == [agreement, None]
    assert {payment.partner for payment in found} == {partner}
    suggested = suggestions(found[1], Agreement.objects.all())
    assert {suggestion.agreement for suggestion in suggested} == {agreement, other}


def test_a_reversal_finds_its_original_and_follows_it(committee, source, officer):
    agreement = AgreementFactory(committee=committee, diary_number="KS 2026-7")
    same = {"Orgnr": NUMBER, "Mottagare": "Föreningen"}

    imported(
        source,
        csv_file(
            row("1", Diarienummer="KS 2026-7", **same),
            row("2", amount="-1000", **same),
            row("3", amount="-1000", Återför="1"),
        ),
        by=officer,
    )

    original = Payment.objects.get(external_key="1")
    for reversal in Payment.objects.filter(amount__lt=0):
        assert (reversal.reverses, reversal.agreement) == (original, agreement)
        assert reversal.matched_by == MatchedBy.REVERSAL
        assert reversal.history.count() == 2


@pytest.mark.parametrize(
    "originals",
    [
        [row("1"), row("2")],  # two alike
        [row("1", day="2026-04-02")],  # later than the reversal
        [row("1", amount="999")],
        [row("1", Mottagare="Annan")],
        [],
    ],
)
def test_a_reversal_of_nothing_certain_stays_for_an_officer(source, officer, originals):
    imported(
        source,
        csv_file(*originals, row("9", day="2026-04-01", amount="-1000", Återför="saknas")),
        by=officer,
    )

    assert Payment.objects.get(external_key="9").reverses is None


def test_a_second_reversal_does_not_take_back_what_is_taken_back(source, officer):
    imported(source, csv_file(row("1"), row("2", amount="-1000")), by=officer)
    imported(source, csv_file(row("3", amount="-1000")), by=officer)

    assert Payment.objects.get(external_key="2").reverses.external_key == "1"
    assert Payment.objects.get(external_key="3").reverses is None


def test_an_officers_word_takes_the_alike_and_their_reversals_and_makes_a_rule(
    committee, source, officer
):
    agreement = AgreementFactory(committee=committee)
    same = {"source": source, "municipality": source.municipality, "account": "4530"}
    first, second = PaymentFactory.create_batch(2, **same)
    other = PaymentFactory(**same | {"account": "4531"})
    reversal = PaymentFactory(**same | {"account": "4531"}, amount=-1000, reverses=first)
    elsewhere = PaymentFactory(account="4530")

    count = decide_matching(
        first, agreement=agreement, by=officer, at=AT, reason="Ring", alike=True, as_rule=True
    )

    assert count == 3
    assert set(Payment.objects.filter(agreement=agreement)) == {first, second, reversal}
    entry = second.history.get(history_type="~")
    assert (entry.history_user, entry.history_change_reason) == (officer, "Ring")
    rule = MatchingRule.objects.get()
    assert (rule.agreement, rule.account, rule.payee_name) == (agreement, "4530", first.payee_name)
    assert {other.agreement, elsewhere.agreement} == {None}


def test_a_word_on_one_payment_alone_leaves_the_alike(source, officer):
    first, second = PaymentFactory.create_batch(2, source=source, municipality=source.municipality)

    decide_matching(first, agreement=None, by=officer, at=AT)

    assert set(Payment.objects.unmatched()) == {second}
    assert Payment.objects.get(pk=first.pk).matching == Matching.SET_ASIDE


def test_what_is_matched_already_is_not_taken_with_the_alike(committee, source, officer):
    mine, theirs = AgreementFactory.create_batch(2, committee=committee)
    kept = payment_on(theirs, source=source)
    payment = PaymentFactory(source=source, municipality=source.municipality)

    decide_matching(payment, agreement=mine, by=officer, at=AT, alike=True)

    kept.refresh_from_db()
    assert kept.agreement == theirs


def test_no_payment_is_matched_with_another_municipalitys_agreement(source, officer):
    payment = PaymentFactory(source=source, municipality=source.municipality)

    with pytest.raises(MatchingRefusedError):
        decide_matching(payment, agreement=AgreementFactory(), by=officer, at=AT)

    assert Payment.objects.get().agreement is None


def test_no_rule_is_made_of_a_payment_that_nothing_tells_from_others(source, officer):
    payment = PaymentFactory(
        source=source, municipality=source.municipality, payee_name="", account="", text=""
    )

    with pytest.raises(MatchingRefusedError):
        decide_matching(payment, agreement=None, by=officer, at=AT, as_rule=True)

    assert Payment.objects.get().matching == Matching.UNMATCHED


def test_a_matching_is_undone_with_a_reason_and_once(agreement, officer):
    payment = payment_on(agreement)

    undo_matching(payment, by=officer, reason="Fel avtal")

    payment.refresh_from_db()
    assert (payment.matching, payment.agreement) == (Matching.UNMATCHED, None)
    assert payment.history.first().history_change_reason == "Fel avtal"
    with pytest.raises(MatchingRefusedError):
        undo_matching(payment, by=officer)


def test_an_officer_ties_a_reversal_to_its_original(agreement, officer):
    original = payment_on(agreement)
    reversal = PaymentFactory(
        source=original.source, municipality=original.municipality, amount=-1000
    )

    link_reversal(reversal, original, by=officer)

    reversal.refresh_from_db()
    assert list(possible_originals(reversal)) == []
    assert (reversal.reverses, reversal.agreement) == (original, agreement)


@pytest.mark.parametrize("amount", [1000, -2000])
def test_what_takes_nothing_back_or_too_much_is_not_tied(agreement, officer, amount):
    original = payment_on(agreement)
    payment = PaymentFactory(
        source=original.source, municipality=original.municipality, amount=amount
    )

    with pytest.raises(MatchingRefusedError):
        link_reversal(payment, original, by=officer)


def test_matching_again_uses_what_was_added_since(committee, source, officer):
    imported(source, csv_file(row("1", Diarienummer="KS 2026-7"), row("2")), by=officer)
    elsewhere = PaymentFactory(reference="KS 2026-7")
    agreement = AgreementFactory(committee=committee, diary_number="KS 2026-7")

    count = match_again(source.municipality, by=officer, at=AT)

    assert count == 1
    assert Payment.objects.get(agreement=agreement).external_key == "1"
    assert elsewhere.agreement is None


def test_suggestions_say_why_and_are_only_of_the_given_agreements(committee, source):
    partner = PartnerFactory(name="Föreningen Läxhjälpen", org_number=NUMBER)
    AgreementFactory(partner=partner)
    likely, also = AgreementFactory.create_batch(2, committee=committee, partner=partner)
    same = {"payee_number": NUMBER, "payee_name": "Läxhjälpen"}
    payment_on(likely, **same)
    payment = PaymentFactory(source=source, municipality=source.municipality, **same)

    found = suggestions(payment, Agreement.objects.filter(committee=committee))

    assert [suggestion.agreement for suggestion in found] == [likely, also]
    assert len(found[0].reasons) == 3
    assert all(found[1].reasons)
