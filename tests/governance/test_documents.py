"""Governing documents through their pages."""

import pytest
from django.urls import reverse

from governance.actions import DocumentCircleError, RowsDraft, save_document
from governance.models import ActionPlanActivity, GoverningDocument
from tests.accounts.factories import UserFactory, member_of
from tests.governance.factories import (
    ActionPlanActivityFactory,
    GoverningDocumentFactory,
    ServiceTransferFactory,
)
from tests.organisations.factories import CommitteeFactory, OfficeFactory

pytestmark = pytest.mark.django_db


def document_data(*activities, initial=0, **changed):
    data = {
        "kind": "action_plan",
        "title": "Handlingsplan för samverkan",
        "activities-TOTAL_FORMS": str(len(activities)),
        "activities-INITIAL_FORMS": str(initial),
    }
    for index, activity in enumerate(activities):
        data |= {f"activities-{index}-{name}": value for name, value in activity.items()}
    return data | changed


def create(client, data):
    return client.post(reverse("governance:document_create"), data)


def edit(client, document, data):
    return client.post(reverse("governance:document_edit", args=[document.pk]), data)


def test_document_create_registers_a_document_with_its_activities_in_order(
    signed_in, committee, officer
):
    office = OfficeFactory(municipality=committee.municipality)
    second = {"heading": "Lokaler", "text": "upplåt lokaler", "office": office.pk}

    create(
        signed_in,
        document_data(
            {"heading": "Dialog", "text": "håll dialogmöten", "due_on": "hösten 2026"},
            second | {"state": "under_way", "outcome": "Två lokaler."},
            adopted_by=committee.pk,
            adopted_on="våren 2012",
            paragraph="29",
            diary_number="Dnr KS2016-313",
            is_open_ended="on",
        ),
    )

    document = GoverningDocument.objects.get()
    first, last = document.activities.all()
    assert (document.municipality, document.adopted_by) == (committee.municipality, committee)
    assert (document.diary_number, document.paragraph) == ("KS 2016-313", 29)
    assert str(document.adopted_on) == "våren 2012"
    assert (first.heading, str(first.due_on), first.state) == ("Dialog", "hösten 2026", "")
    assert (last.office, last.outcome, last.position) == (office, "Två lokaler.", 2)
    assert document.history.get().history_user == officer


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "avtal"}, "kind"),
        ({"adopted_on": "04/05/2019"}, "adopted_on"),
        ({"paragraph": "0"}, "paragraph"),
        ({"paragraph": "tjugonio"}, "paragraph"),
        ({"paragraph": "99999999999"}, "paragraph"),
        ({"diary_number": "KS 2022-05-24"}, "diary_number"),
        ({"valid_until": "2026", "is_open_ended": "on"}, "is_open_ended"),
        ({"valid_from": "2026", "valid_until": "hösten 2025"}, "valid_until"),
        ({"web_address": "javascript:alert(1)"}, "web_address"),
        ({"adopted_by": "999999"}, "adopted_by"),
        ({"parent": "999999"}, "parent"),
    ],
)
def test_document_create_says_what_is_wrong_keeps_what_was_typed_and_saves_nothing(
    signed_in, changed, field
):
    response = create(signed_in, document_data({"heading": "Kvar", "text": "kvar"}, **changed))

    assert response.context["form"].errors[field]
    assert "Constraint" not in response.content.decode()
    assert response.context["form"][field].value() == changed[field] or field == "is_open_ended"
    assert response.context["activities"][0]["heading"].value() == "Kvar"
    assert not GoverningDocument.objects.exists()


@pytest.mark.parametrize(
    ("activity", "field"),
    [
        ({"heading": "", "text": "utan rubrik"}, "heading"),
        ({"heading": "x" * 201, "text": "för lång"}, "heading"),
        ({"heading": "Dialog", "text": "a\x00b"}, "text"),
        ({"heading": "Dialog", "text": "när", "due_on": "snart"}, "due_on"),
        ({"heading": "Dialog", "text": "vem", "office": "999999"}, "office"),
        ({"heading": "Dialog", "text": "hur", "state": "kanske"}, "state"),
    ],
)
def test_a_faulty_activity_saves_nothing(signed_in, activity, field):
    response = create(signed_in, document_data(activity))

    assert response.context["activities"].errors[0][field]
    assert not GoverningDocument.objects.exists()


def test_what_belongs_to_another_municipality_cannot_be_chosen(signed_in):
    committee, office = CommitteeFactory(), OfficeFactory()
    elsewhere = GoverningDocumentFactory()

    response = create(
        signed_in,
        document_data(
            {"heading": "Dialog", "text": "håll dialog", "office": office.pk},
            adopted_by=committee.pk,
            parent=elsewhere.pk,
        ),
    )

    assert set(response.context["form"].errors) == {"adopted_by", "parent"}
    assert response.context["activities"].errors[0]["office"]
    assert elsewhere.title not in response.content.decode()
    assert office.name not in response.content.decode()
    assert GoverningDocument.objects.count() == 1


def test_document_edit_changes_and_removes_activities_and_says_why(signed_in, municipality):
    document = GoverningDocumentFactory(municipality=municipality)
    kept = ActionPlanActivityFactory(document=document, position=1, heading="Kvar", text="kvar")
    gone = ActionPlanActivityFactory(document=document, position=2)

    edit(
        signed_in,
        document,
        document_data(
            {"id": kept.pk, "heading": "Kvar", "text": "kvar"},
            {"id": gone.pk, "heading": gone.heading, "text": gone.text, "DELETE": "on"},
            {"heading": "Ny", "text": "ny"},
            initial=2,
            reason="Reviderad plan",
        ),
    )

    assert [activity.heading for activity in document.activities.all()] == ["Kvar", "Ny"]
    assert document.history.first().history_change_reason == "Reviderad plan"
    assert kept.history.count() == 1  # nobody changed it
    assert ActionPlanActivity.history.filter(id=gone.pk).first().history_type == "-"


def test_an_activity_that_a_transfer_carries_out_is_not_removed(signed_in, municipality):
    activity = ActionPlanActivityFactory(document__municipality=municipality)
    ServiceTransferFactory(municipality=municipality, activity=activity)
    row = {"id": activity.pk, "heading": activity.heading, "text": "ny text", "DELETE": "on"}

    response = edit(signed_in, activity.document, document_data(row, initial=1, title="Nytt namn"))

    activity.document.refresh_from_db()
    assert response.context["form"].non_field_errors()
    assert activity.document.title != "Nytt namn"
    assert ActionPlanActivity.objects.filter(pk=activity.pk).exists()


def test_a_document_cannot_follow_from_what_follows_from_it(signed_in, municipality):
    accord = GoverningDocumentFactory(municipality=municipality, title="Överenskommelsen")
    plan = GoverningDocumentFactory(municipality=municipality, parent=accord)
    detail = GoverningDocumentFactory(municipality=municipality, parent=plan)

    response = edit(signed_in, accord, document_data(title="Nytt namn", parent=detail.pk))

    accord.refresh_from_db()
    assert response.context["form"].errors["parent"]
    assert (accord.title, accord.parent) == ("Överenskommelsen", None)


def test_a_document_is_not_offered_as_its_own_parent(signed_in, municipality):
    document = GoverningDocumentFactory(municipality=municipality)

    response = edit(signed_in, document, document_data(parent=document.pk))

    assert response.context["form"].errors["parent"]


def test_save_document_refuses_itself_as_parent_whoever_asks():
    document = GoverningDocumentFactory()
    document.parent = document

    with pytest.raises(DocumentCircleError):
        save_document(document, activities=RowsDraft(), by=UserFactory())


def test_another_documents_activity_cannot_be_reached_by_a_forged_id(signed_in, municipality):
    document = GoverningDocumentFactory(municipality=municipality)
    foreign = ActionPlanActivityFactory(heading="Annans")

    edit(
        signed_in,
        document,
        document_data({"id": foreign.pk, "heading": "Kapad", "text": "kapad"}, initial=1),
    )

    foreign.refresh_from_db()
    assert foreign.heading == "Annans"
    assert foreign.document != document


def test_a_row_for_an_activity_is_added_with_everything_kept(signed_in):
    data = document_data({"heading": "Halvskriven", "text": ""}, title="", add_row="activities")

    response = create(signed_in, data)

    assert response.context["activities"].total_form_count() == 2
    assert response.context["activities"][0]["heading"].value() == "Halvskriven"
    assert 'role="alert"' not in response.content.decode()
    assert not GoverningDocument.objects.exists()


def test_more_activities_than_a_form_takes_are_refused(signed_in):
    rows = [{"heading": f"Rubrik {number}", "text": "text"} for number in range(101)]

    response = create(signed_in, document_data(*rows))

    assert response.context["activities"].non_form_errors()
    assert not GoverningDocument.objects.exists()


def test_the_document_page_shows_what_it_follows_from_and_what_carried_it_out(
    client, reader, municipality
):
    municipality.civil_society_label = "föreningslivet"
    municipality.save()
    accord = GoverningDocumentFactory(
        municipality=municipality, kind="accord", title="Överenskommelsen"
    )
    plan = GoverningDocumentFactory(municipality=municipality, parent=accord)
    detail = GoverningDocumentFactory(municipality=municipality, parent=plan, title="Delplanen")
    activity = ActionPlanActivityFactory(document=plan)
    transfer = ServiceTransferFactory(municipality=municipality, activity=activity)
    client.force_login(reader)

    page = client.get(plan.get_absolute_url()).content.decode()
    accord_page = client.get(accord.get_absolute_url()).content.decode()

    for found in (accord, detail, transfer):
        assert found.get_absolute_url() in page
    assert "föreningslivet" in page
    assert "föreningslivet" in accord_page
    assert reverse("governance:document_edit", args=[plan.pk]) not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ÖVERENSKOMMELSE"}, ["Överenskommelse om samverkan"]),
        ({"q": "2016-313"}, ["Riktlinje"]),
        ({"q": "förstärkt samspel"}, ["Plan"]),
        ({"kind": "guideline"}, ["Riktlinje"]),
        ({"kind": "okänt"}, ["Plan", "Riktlinje", "Överenskommelse om samverkan"]),
        ({"q": "%"}, []),
        ({"q": "a\x00b"}, ["Plan", "Riktlinje", "Överenskommelse om samverkan"]),
        ({"q": "x" * 101}, ["Plan", "Riktlinje", "Överenskommelse om samverkan"]),
    ],
)
def test_document_list_finds_by_name_diary_number_and_activity(
    signed_in, municipality, query, found
):
    GoverningDocumentFactory(
        municipality=municipality, kind="accord", title="Överenskommelse om samverkan"
    )
    GoverningDocumentFactory(
        municipality=municipality, kind="guideline", title="Riktlinje", diary_number="KS 2016-313"
    )
    plan = GoverningDocumentFactory(municipality=municipality, title="Plan")
    ActionPlanActivityFactory(document=plan, heading="förstärkt samspel")
    GoverningDocumentFactory(title="Annan kommuns plan")

    response = signed_in.get(reverse("governance:document_list"), query)

    assert [document.title for document in response.context["page"].rows] == found


def test_the_history_page_says_who_when_why_and_what(signed_in, municipality, officer):
    document = GoverningDocumentFactory(municipality=municipality)
    edit(signed_in, document, document_data(adopted_on="våren 2012", reason="Enligt protokollet"))

    page = signed_in.get(
        reverse("governance:document_history", args=[document.pk])
    ).content.decode()

    assert "Enligt protokollet" in page
    assert str(officer) in page
    assert "våren 2012" in page


def test_an_operator_without_a_municipality_registers_nothing(client):
    client.force_login(UserFactory(municipality=None, is_superuser=True))

    documents = client.get(reverse("governance:document_create"))
    transfers = client.get(reverse("governance:transfer_create"))

    assert (documents.status_code, transfers.status_code) == (403, 403)
    assert client.get(reverse("governance:document_list")).status_code == 200
    assert client.get(reverse("governance:transfer_list")).status_code == 200


def test_an_administrator_reaches_only_the_own_municipalitys_documents(client, committee):
    own = GoverningDocumentFactory(municipality=committee.municipality)
    other = GoverningDocumentFactory()
    client.force_login(member_of(committee, "admin"))

    page = client.get(reverse("admin:governance_governingdocument_changelist"), {"q": "exempel"})
    change = client.get(reverse("admin:governance_governingdocument_change", args=[other.pk]))

    assert own.title in page.content.decode()
    assert other.title not in page.content.decode()
    assert change.status_code == 302


@pytest.mark.parametrize("name", ["detail", "edit"])
def test_more_activities_do_not_mean_more_queries_for_each(
    signed_in, municipality, django_assert_max_num_queries, name
):
    document = GoverningDocumentFactory(municipality=municipality)
    for _number in range(30):
        ActionPlanActivityFactory(
            document=document, office=OfficeFactory(municipality=municipality)
        )

    with django_assert_max_num_queries(20):
        response = signed_in.get(reverse(f"governance:document_{name}", args=[document.pk]))

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_until": "2026", "is_open_ended": "on"}, "is_open_ended"),
        ({"valid_from": "2026", "valid_until": "hösten 2025"}, "valid_until"),
    ],
)
def test_the_admin_says_the_same_of_a_validity_that_cannot_be(client, committee, changed, field):
    document = GoverningDocumentFactory(municipality=committee.municipality)
    client.force_login(member_of(committee, "admin"))
    url = reverse("admin:governance_governingdocument_change", args=[document.pk])
    said = {"municipality": document.municipality_id, "kind": document.kind, "title": "Planen"}

    page = client.post(url, said | changed)

    assert set(page.context["adminform"].form.errors) == {field}
