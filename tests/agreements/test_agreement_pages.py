"""Registering and changing agreements and their revisions through the pages."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agreements.models import Agreement, Contribution, Revision
from tests.agreements.factories import (
    AgreementFactory,
    CalculationPartFactory,
    ContributionFactory,
    RevisionFactory,
)
from tests.organisations.factories import CommitteeFactory, PartnerFactory, PartnerNameFactory

pytestmark = pytest.mark.django_db


def agreement_data(committee, partner="", **changed):
    return {
        "kind": "iop",
        "name": "Nytt avtal",
        "diary_number": "",
        "committee": committee.pk,
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-partner": partner,
        **changed,
    }


def create(client, in_committee, partner, **changed):
    data = agreement_data(in_committee, partner) | changed
    return client.post(reverse("agreements:agreement_create"), data)


@pytest.mark.parametrize(
    "typed",
    [
        "Föreningen Ljuset",
        "föreningen ljuset",
        "802439-9704",
        "8024399704",
        "Föreningen Ljuset (802439-9704)",
        "Gamla Ljuset",
    ],
)
def test_agreement_create_finds_the_partner_by_name_number_or_old_name(signed_in, committee, typed):
    partner = PartnerFactory(name="Föreningen Ljuset", org_number="802439-9704")
    PartnerNameFactory(partner=partner, name="Gamla Ljuset")
    PartnerFactory(name="Föreningen Ljuset i Mörkret")

    create(signed_in, committee, typed)

    assert list(Agreement.objects.get().partners.all()) == [partner]


@pytest.mark.parametrize(
    ("changed", "form", "field"),
    [
        ({"name": ""}, "form", "name"),
        ({"diary_number": "KS 2022-05-24"}, "form", "diary_number"),
        ({"kind": "iop-ansökan"}, "form", "kind"),
        ({"committee": "999999"}, "form", "committee"),
    ],
)
def test_agreement_create_says_what_is_wrong_and_changes_nothing(
    signed_in, committee, changed, form, field
):
    PartnerFactory(name="Föreningen Ljuset")

    response = create(signed_in, committee, "Föreningen Ljuset", **changed)

    assert response.context[form].errors[field]
    assert response.context["parties"][0]["partner"].value() == "Föreningen Ljuset"
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("typed", ["Okänd förening", "Föreningen", "", "x" * 300, "a\x00b"])
def test_agreement_create_refuses_a_partner_it_cannot_tell(signed_in, committee, typed):
    PartnerFactory(name="Föreningen Ljuset")
    PartnerFactory(name="Föreningen Mörkret")

    response = create(signed_in, committee, typed)

    assert response.status_code == 200
    assert response.context["parties"].total_error_count()
    assert not Agreement.objects.exists()


def test_a_partnership_is_not_begun_with_a_partner_of_unknown_legal_form(signed_in, committee):
    PartnerFactory(name="Formlösa", legal_form="")

    refused = create(signed_in, committee, "Formlösa")
    create(signed_in, committee, "Formlösa", kind="grant")

    assert "juridisk form" in str(refused.context["parties"][0].errors).lower()
    assert Agreement.objects.get().kind == "grant"


def test_a_partner_already_in_the_agreement_does_not_stop_other_changes(signed_in, committee):
    agreement = AgreementFactory(
        committee=committee, partner=PartnerFactory(name="Formlösa", legal_form="")
    )

    signed_in.post(
        reverse("agreements:agreement_edit", args=[agreement.pk]),
        agreement_data(committee, "Formlösa", name="Bättre namn", reason="Namnbyte"),
    )

    agreement.refresh_from_db()
    assert agreement.name == "Bättre namn"
    assert agreement.history.first().history_change_reason == "Namnbyte"


def test_an_agreement_cannot_be_moved_to_a_committee_without_a_role(signed_in, agreement):
    other = CommitteeFactory(municipality=agreement.municipality)

    response = signed_in.post(
        reverse("agreements:agreement_edit", args=[agreement.pk]),
        agreement_data(other, agreement.partners.get().name),
    )

    agreement.refresh_from_db()
    assert response.context["form"].errors["committee"]
    assert agreement.committee != other


def line_data(number, **changed):
    prefix = f"contributions-{number}"
    parts = changed.pop("parts", [])
    data = {
        f"{prefix}-side": "municipality",
        f"{prefix}-kind": "personnel",
        f"{prefix}-form": "not_stated",
        f"{prefix}-label": "Tjänst",
        f"{prefix}-stated_amount": "550 000",
        f"{prefix}-period_basis": "per_year",
        f"{prefix}-parts-TOTAL_FORMS": str(len(parts)),
        f"{prefix}-parts-INITIAL_FORMS": "0",
    }
    data |= {f"{prefix}-{name}": value for name, value in changed.items()}
    for index, part in enumerate(parts):
        data |= {f"{prefix}-parts-{index}-{name}": value for name, value in part.items()}
    return data


def revision_data(*lines, **changed):
    data = {
        "agreed_on": "",
        "in_force_from": "maj 2024",
        "term-ends": "",
        "contributions-TOTAL_FORMS": str(len(lines)),
        "contributions-INITIAL_FORMS": "0",
    }
    for line in lines:
        data |= line
    return data | changed


@pytest.fixture
def draft(agreement):
    return RevisionFactory(agreement=agreement, in_force_from=None)


def save(client, draft, data):
    return client.post(reverse("agreements:revision_edit", args=[draft.pk]), data)


def test_revision_edit_saves_lines_with_their_calculations_and_stated_totals(signed_in, draft):
    part = {"count": "5", "unit_price": "27 000", "share": "20", "months": "12"}
    partner = draft.agreement.partners.get()

    save(
        signed_in,
        draft,
        revision_data(
            line_data(0, parts=[part]),
            line_data(1, side=str(partner.pk), label="Volontärer", stated_amount=""),
            **{"totals-amount_municipality": "1 100 000", "totals-label_municipality": "Totalt:"},
        ),
    )

    first, second = draft.contributions.order_by("position")
    assert (first.stated_amount, first.computed_amount) == (550_000, 324_000)
    assert (second.partner, second.stated_amount) == (partner, None)
    assert draft.stated_totals.get().amount == 1_100_000
    assert Revision.objects.get().in_force_from.edtf == "2024-05"


def test_a_share_and_months_that_are_left_empty_do_not_multiply(signed_in, draft):
    part = {"count": "400", "unit_price": "200", "share": "", "months": ""}

    save(signed_in, draft, revision_data(line_data(0, parts=[part])))

    line = draft.contributions.get()
    assert line.computed_amount == 80_000
    assert str(line.parts.get()) == "400 × 200\N{NO-BREAK SPACE}kr"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({"share": 1, "months": 1}, ("", "")),
        ({"share": Decimal("0.335"), "months": 12}, ("33,5", "12")),
        ({"share": 0, "months": Decimal("0.5")}, ("0", "0,5")),
    ],
)
def test_a_calculation_is_shown_again_and_saved_as_it_was(signed_in, draft, stored, shown):
    line = ContributionFactory(revision=draft)
    part = CalculationPartFactory(contribution=line, count=400, unit_price=200, **stored)
    page = signed_in.get(reverse("agreements:revision_edit", args=[draft.pk]))
    row = page.context["contributions"].forms[0].parts.forms[0]
    boxes = {name: row[name].value() or "" for name in ("count", "unit_price", "share", "months")}
    sent = line_data(0, id=line.pk, parts=[{"id": part.pk, **boxes}])
    sent |= {"contributions-0-parts-INITIAL_FORMS": "1"}

    save(signed_in, draft, revision_data(sent, **{"contributions-INITIAL_FORMS": "1"}))

    part.refresh_from_db()
    assert (boxes["share"], boxes["months"]) == shown
    assert {name: getattr(part, name) for name in stored} == stored


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ({"stated_amount": "femhundra"}, {}),
        ({"stated_amount": "-5"}, {}),
        ({"side": "999999"}, {}),
        ({"label": ""}, {}),
        ({"on_cost_rate": "-3"}, {}),
        ({"parts": [{"count": "1", "unit_price": "7", "share": "-20", "months": "12"}]}, {}),
        ({"parts": [{"count": "1", "unit_price": "", "share": "20", "months": "12"}]}, {}),
        ({}, {"in_force_from": "04/05/2019"}),
        ({}, {"term-ends": "snart"}),
        ({}, {"in_force_from": "maj 2024", "term-ends": "2024-04-30"}),
        ({}, {"term-ends": "04/05/2019"}),
        ({}, {"totals-amount_municipality": "mycket"}),
    ],
)
def test_revision_edit_refuses_bad_input_keeps_it_and_changes_nothing(
    signed_in, draft, line, changed
):
    response = save(signed_in, draft, revision_data(line_data(0, **line), **changed))

    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    for typed in (*changed.values(), *(value for value in line.values() if isinstance(value, str))):
        assert typed == "999999" or typed in page
    assert not Contribution.objects.exists()


def test_an_error_in_a_calculation_names_its_contribution(signed_in, draft):
    wrong = {"count": "1", "unit_price": "7", "share": "", "months": "tolv"}

    response = save(signed_in, draft, revision_data(line_data(0), line_data(1, parts=[wrong])))

    assert "Bidragsrad 2, beräkningsrad 1, Månader: " in response.content.decode()


def test_revision_edit_changes_and_removes_lines_that_are_there(signed_in, draft):
    kept, removed = ContributionFactory(revision=draft), ContributionFactory(revision=draft)
    part = CalculationPartFactory(contribution=kept)
    data = revision_data(
        line_data(0, id=kept.pk, stated_amount="7,50"),
        line_data(1, id=removed.pk, DELETE="on"),
        **{"contributions-INITIAL_FORMS": "2"},
    )
    data |= {
        "contributions-0-parts-TOTAL_FORMS": "1",
        "contributions-0-parts-INITIAL_FORMS": "1",
        "contributions-0-parts-0-id": part.pk,
        "contributions-0-parts-0-DELETE": "on",
    }

    save(signed_in, draft, data)

    line = draft.contributions.get()
    assert (line.pk, line.stated_amount) == (kept.pk, Decimal("7.50"))
    assert not line.parts.exists()


def test_another_revisions_lines_cannot_be_reached_by_forged_ids(signed_in, draft):
    foreign = ContributionFactory(label="Annans")

    save(
        signed_in,
        draft,
        revision_data(line_data(0, id=foreign.pk), **{"contributions-INITIAL_FORMS": "1"}),
    )

    assert foreign.revision.contributions.get().label == "Annans"
    assert draft.contributions.get().pk != foreign.pk


def test_a_row_is_added_to_a_calculation_with_everything_kept(signed_in, draft):
    data = revision_data(line_data(0, label="Halvskrivet"), add_row="contributions-0-parts")

    response = save(signed_in, draft, data)

    form = response.context["contributions"].forms[0]
    assert form["label"].value() == "Halvskrivet"
    assert form.parts.total_form_count() == 1
    assert 'role="alert"' not in response.content.decode()


def test_a_contribution_just_added_can_be_filled_in_and_saved(signed_in, draft):
    added = save(signed_in, draft, revision_data(add_row="contributions"))
    row = added.context["contributions"].forms[0]
    sent = {field.html_name: field.value() for field in row.parts.management_form}

    save(signed_in, draft, revision_data(line_data(0) | sent))

    assert added.context["contributions"].total_form_count() == 1
    assert draft.contributions.count() == 1


def test_a_decided_revision_is_not_edited(signed_in, agreement):
    revision = RevisionFactory(agreement=agreement, decided=True)

    response = save(signed_in, revision, revision_data(line_data(0)))

    assert response.status_code == 302
    assert not revision.contributions.exists()


def test_the_history_page_says_who_when_why_and_what(signed_in, draft, officer):
    save(signed_in, draft, revision_data(line_data(0), reason="Nya siffror från parten"))

    page = signed_in.get(
        reverse("agreements:agreement_history", args=[draft.agreement_id])
    ).content.decode()

    assert "Nya siffror från parten" in page
    assert str(officer) in page
    assert "maj 2024" in page
