"""The demo's agreements over time: what their sources let one answer, and no more."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agreements.checks import findings
from agreements.documents import facts_of, fetch_with_facts
from agreements.models import Agreement, AgreementOn, NoticePeriod, SourceFlag, Term, keep_life
from agreements.words import deadline_words, held_words, price_words, status_words
from tests.demo.kept import load_demo

pytestmark = pytest.mark.django_db
MEMBERSHIP, PARTNERSHIP = "Medlemskap i Coompanion Östergötland", "Hoppfull framtid"


@pytest.fixture(autouse=True)
def _demo(db):
    load_demo()


def on(name, day):
    (agreement,) = fetch_with_facts(Agreement.objects.filter(name=name))
    return AgreementOn(facts_of(agreement), date.fromisoformat(day))


def shown(*arguments):
    output = StringIO()
    call_command("show_agreement", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("day", "body"),
    [
        ("2016-06-30", "kommunledningsförvaltningen"),
        (
            "2016-10-15",
            "osäkert: kommunledningsförvaltningen eller bildningsnämnden (”hösten 2016”)",
        ),
        ("2016-12-15", "bildningsnämnden"),
        ("2018-06-30", "bildningsnämnden"),
        ("2019-06-30", "arbetsmarknadsnämnden"),
        ("2020-01-01", "ingen"),
    ],
)
def test_who_paid_for_the_membership_on_a_day(client, day, body):
    answer = on(MEMBERSHIP, day)
    client.force_login(answer.facts.agreement.officer)

    page = client.get(answer.facts.agreement.get_absolute_url(), {"on": day})

    assert held_words(answer.cost) == held_words(answer.administration) == body
    assert body in page.content.decode()
    assert body in shown("KS 2007-388", "--on", day)


@pytest.mark.parametrize(
    ("day", "status", "duties"),
    [
        ("2015-06-30", "active", 2),
        ("2017-06-30", "active", 1),
        ("2019-12-31", "active", 1),
        ("2020-01-01", "terminated", 0),
    ],
)
def test_the_membership_was_terminated_in_part_and_then_as_a_whole(day, status, duties):
    answer = on(MEMBERSHIP, day)

    assert answer.status.status == status
    assert len(answer.obligations) == duties
    assert not any("stadsdel" in row.text for row, _certain in answer.obligations if day > "2017")
    assert ("delvis uppsagt 2016" in status_words(answer)) == (day > "2017")


def test_the_price_per_inhabitant_stands_beside_the_budget():
    price = on(MEMBERSHIP, "2019-06-30").prices[0]

    assert (price.amount, price.budgeted, price.deviation) == (161_034, 160_000, -1_034)
    assert round(price.deviation_share, 4) == Decimal("-0.0064")
    assert "−0,64\u00a0%" in price_words(price)


def test_a_price_without_population_cannot_be_computed():
    price = on(MEMBERSHIP, "2012-06-30").prices[0]

    assert price.amount is None
    assert price_words(price).startswith("kan inte beräknas")


def test_the_last_day_of_notice_is_unknown_until_the_notice_is_known(client):
    answer = on(MEMBERSHIP, "2019-03-01")
    client.force_login(answer.facts.agreement.officer)
    register = reverse("agreements:agreement_list")
    before = [row.name for row in client.get(register, {"no_notice": "on"}).context["page"].rows]

    for party in ("municipality", "partner"):
        NoticePeriod.objects.create(agreement=answer.facts.agreement, party=party, length=6)
    keep_life(Agreement.objects.get(pk=answer.facts.agreement.pk))
    known = on(MEMBERSHIP, "2019-03-01")

    assert deadline_words(answer.deadlines[0])[1] == "okänd – uppsägningstid saknas i källan"
    assert deadline_words(known.deadlines[0])[1] == "2019-06-30"
    after = [row.name for row in client.get(register, {"no_notice": "on"}).context["page"].rows]
    assert (MEMBERSHIP in before, MEMBERSHIP in after) == (True, False)


def test_the_partnership_is_extended_by_clause_then_once_more_and_then_no_more(client):
    agreement = Agreement.objects.get(name=PARTNERSHIP)
    client.force_login(agreement.officer)
    agreement.terms.filter(number__gt=0).delete()
    url = reverse("agreements:agreement_extend", args=[agreement.pk])

    def extend(starts, ends):
        data = {"basis": "clause", "starts": starts, "ends": ends}
        return client.post(url, data)

    extend("2020-01-01", "2021-12-31")
    lapsed = on(PARTNERSHIP, "2022-01-01").status.status
    unlimited = extend("2022-01-01", "")
    extend("2022-01-01", "2023-12-31")
    refused = extend("2024-01-01", "2025-12-31")

    assert lapsed == "expired"
    assert unlimited.context["form"].errors["ends"]
    assert "medger 2 förlängningar" in refused.content.decode()
    assert [term.number for term in agreement.terms.all()] == [0, 1, 2]
    assert on(PARTNERSHIP, "2022-01-01").extensions_left == 0
    assert agreement.terms.get(number=1).basis == Term.Basis.CLAUSE


def test_the_partner_is_found_by_both_its_names(client):
    agreement = Agreement.objects.get(name=MEMBERSHIP)
    client.force_login(agreement.officer)

    for text in ("coop center", "Coompanion"):
        rows = client.get(reverse("agreements:agreement_list"), {"q": text}).context["page"].rows
        assert agreement in rows


def test_the_contradictions_of_the_sources_are_flags_to_settle(client):
    agreement = Agreement.objects.get(name=MEMBERSHIP)
    client.force_login(agreement.officer)
    flag = agreement.flags.filter(text__contains="priset ändrades").get()

    page = client.get(agreement.get_absolute_url()).content.decode()
    url = reverse("agreements:flag_settle", args=[flag.pk])
    reasonless = client.post(url, {"state": "accepted", "reason": ""})
    client.post(url, {"state": "accepted", "reason": "Kontrollerat med ekonomen."})

    flag.refresh_from_db()
    assert flag.text in page
    assert reasonless.context["form"].errors["reason"]
    assert (flag.state, flag.settled_by) == (SourceFlag.State.ACCEPTED, agreement.officer)
    assert "Kontrollerat med ekonomen." in client.get(agreement.get_absolute_url()).content.decode()


def test_the_deviations_of_the_budget_are_found_and_can_be_settled(client):
    answer = on(PARTNERSHIP, "2019-06-30")
    agreement = answer.facts.agreement
    found = [finding for finding in findings(answer) if finding.kind == SourceFlag.Kind.DEVIATION]
    client.force_login(agreement.officer)
    url = f"{reverse('agreements:check_settle', args=[agreement.pk])}?code=diary_number"

    client.post(url, {"state": "resolved", "reason": "Registratorn söker."})
    again = client.post(url, {"state": "resolved", "reason": "En gång till."}, follow=True)

    assert ["1,4433" in finding.text or "2,35" in finding.text for finding in found] == [True, True]
    assert agreement.flags.get(code="diary_number").reason == "Registratorn söker."
    assert "redan avgjort" in again.content.decode()


def test_a_script_gets_the_uncertain_answer_with_its_candidates():
    data = json.loads(shown("Coompanion", "--on", "2016-10-15", "--format", "json"))

    cost = data["responsible"]["cost"]
    assert cost["certainty"] == "uncertain"
    assert [row["body"] for row in cost["candidates"]] == [
        "kommunledningsförvaltningen",
        "bildningsnämnden",
    ]
    assert data["status"] == "active"
    assert data["open_flags"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("Finns inte",),
        ("a",),
        (MEMBERSHIP, "--on", "30/6"),
        (MEMBERSHIP, "--known", "2001-01-01"),
    ],
)
def test_a_script_hears_what_is_wrong(arguments):
    with pytest.raises(CommandError):
        shown(*arguments)


def test_a_termination_says_what_it_saves_and_on_whose_budget(client):
    agreement = Agreement.objects.get(name="Medlemskap i Coompanion Östergötland")
    client.force_login(agreement.officer)

    page = client.get(agreement.get_absolute_url()).content.decode()

    assert "160\u00a0000\u00a0kr per år, arbetsmarknadsnämnden" in page
