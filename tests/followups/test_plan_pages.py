"""A plan through the officer's pages: from a template, with its indicators, and what is refused."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.permissions import Role
from followups.models import FollowUpPlan, Indicator
from tests.accounts.factories import member_of
from tests.agreements.factories import ObligationFactory
from tests.followups.conftest import text_of, url
from tests.followups.factories import FollowUpPlanFactory, PlanTemplateFactory

pytestmark = pytest.mark.django_db


def rows(prefix, *typed, initial=0):
    """A formset's fields."""
    fields = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(typed):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


PLAN = {"rhythm": "year", "counts_from": "calendar", "days_to_hand_in": "30"}
INDICATOR = {"name": "Besökare", "unit": "personer", "direction": "higher", "is_followed": "on"}


def test_a_plan_begins_from_the_municipalitys_template(signed_in, agreement, committee):
    mine = PlanTemplateFactory(municipality=committee.municipality)
    foreign = PlanTemplateFactory()
    page = text_of(signed_in.get(url("plan_create", agreement.pk)))
    assert mine.name in page
    assert foreign.name not in page

    refused = signed_in.post(url("plan_create", agreement.pk), {"template": foreign.pk})
    signed_in.post(url("plan_create", agreement.pk), {"template": mine.pk})

    assert refused.status_code == 200
    plan = FollowUpPlan.objects.get()
    assert plan.indicators.get().target == 20
    assert plan.questions.get().heading == "Hur gick det?"
    again = signed_in.post(url("plan_create", agreement.pk), {"template": ""})
    assert "redan en uppföljningsplan" in text_of(again)


def test_a_plan_is_written_with_an_indicator_tied_to_an_undertaking(signed_in, agreement):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    obligation = ObligationFactory(agreement=agreement, text="Hålla öppet.")
    typed = {**INDICATOR, "obligation": obligation.pk, "target": "12,5"}

    response = signed_in.post(
        url("plan_edit", agreement.pk),
        PLAN | rows("indicators", typed) | rows("questions") | rows("dates"),
    )

    assert response.status_code == 302
    indicator = Indicator.objects.get()
    assert (indicator.goal, indicator.target) == ("Hålla öppet.", Decimal("12.5"))
    obligation.delete()
    assert Indicator.objects.get().goal == "Hålla öppet."


def test_a_row_that_is_wrong_is_named_once_above_the_plan(signed_in, agreement):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    typed = {**INDICATOR, "goal": "Fler.", "target": "tolv"}

    response = signed_in.post(
        url("plan_edit", agreement.pk),
        PLAN | rows("indicators", typed) | rows("questions") | rows("dates"),
    )

    assert text_of(response).count("Indikator 1, Målvärde: ") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"indicators-0-goal": ""}, "Välj ett åtagande"),
        ({"indicators-0-direction": "within"}, "både den nedre och den övre"),
        (
            {
                "indicators-0-direction": "within",
                "indicators-0-target": "9",
                "indicators-0-target_to": "3",
            },
            "lägre än den nedre",
        ),
        ({"indicators-0-target_to": "3"}, "Töm fältet"),
        ({"indicators-0-target": "tolv"}, "siffror"),
        ({"days_to_hand_in": "400"}, "366"),
        ({"starts_on": "2020-01-01"}, "Avtalet börjar gälla 2024-01-01"),
        ({"starts_on": "i våras"}, "Skriv dagen som 2026-12-03"),
        ({"rhythm": "dates"}, "Skriv datumen"),
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence_and_is_not_saved(
    signed_in, agreement, change, sentence
):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    typed = PLAN | rows("indicators", {**INDICATOR, "goal": "Fler."}) | rows("questions")

    response = signed_in.post(url("plan_edit", agreement.pk), typed | rows("dates") | change)

    assert sentence in text_of(response)
    assert not Indicator.objects.exists()


def test_a_reported_indicator_is_not_removed(signed_in, report):
    plan = report.agreement.follow_up_plan
    first = plan.indicators.first()
    typed = {**INDICATOR, "id": first.pk, "goal": first.goal, "DELETE": "on"}

    response = signed_in.post(
        url("plan_edit", report.agreement_id),
        PLAN | rows("indicators", typed, initial=1) | rows("questions") | rows("dates"),
    )

    assert "Avmarkera ”följs”" in text_of(response)
    assert plan.indicators.count() == 2


def test_another_agreements_undertaking_cannot_be_chosen(signed_in, agreement):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    foreign = ObligationFactory()

    signed_in.post(
        url("plan_edit", agreement.pk),
        PLAN
        | rows("indicators", {**INDICATOR, "obligation": foreign.pk})
        | rows("questions")
        | rows("dates"),
    )

    assert not Indicator.objects.exists()


def test_a_changed_target_is_told_in_the_plans_history_with_its_reason(signed_in, plan):
    lists = rows("indicators", {**INDICATOR, "goal": "Fler."}) | rows("questions") | rows("dates")
    signed_in.post(
        url("plan_edit", plan.agreement_id), PLAN | lists | {"reason": "Efter dialog i maj"}
    )

    page = text_of(signed_in.get(url("plan_history", plan.agreement_id)))

    assert "Efter dialog i maj" in page
    assert "Besökare" in page


def test_an_administrator_keeps_the_municipalitys_templates(client, committee):
    client.force_login(member_of(committee, Role.ADMIN))
    mine = PlanTemplateFactory(municipality=committee.municipality)
    foreign = PlanTemplateFactory()
    listed = text_of(client.get(reverse("admin:followups_plantemplate_changelist")))

    assert mine.name in listed
    assert foreign.name not in listed
    form = client.get(reverse("admin:followups_plantemplate_change", args=[mine.pk]))
    assert "Deltagare" in text_of(form)


def test_a_row_is_added_without_saving(signed_in, plan):
    typed = PLAN | rows("indicators") | rows("questions") | rows("dates")

    page = text_of(
        signed_in.post(url("plan_edit", plan.agreement_id), {**typed, "add_row": "indicators"})
    )

    assert 'name="indicators-0-name"' in page
    assert 'role="alert"' not in page
