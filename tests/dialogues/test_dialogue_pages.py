"""Dialogues through the pages: start, close, find, and what is refused with a sentence."""

from hashlib import sha256

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.permissions import Role
from agreements.models import Agreement
from dialogues.models import Dialogue, DialogueMeeting
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.addresses import names_of
from tests.agreements.factories import AgreementFactory
from tests.dialogues.conftest import facts, meeting_data, page, url
from tests.dialogues.factories import DialogueFactory, MeetingFactory, ParticipantFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory, PartnerProjectFactory

pytestmark = pytest.mark.django_db


# BR-07, AC-13: a partnership begins with a dialogue; only a grant is applied for.


def test_no_page_or_address_takes_an_application_for_a_partnership(signed_in):
    addresses = [name for name in names_of(get_resolver()) if "application" in name]

    assert addresses == []
    with pytest.raises(NoReverseMatch):
        reverse("dialogues:application_create")
    assert "Det finns ingen ansökan och inget avslag" in page(signed_in.get(url("dialogue_create")))


def test_the_way_to_a_partnership_leads_to_starting_a_dialogue(signed_in):
    start = url("dialogue_create")

    assert f'href="{start}"' in page(signed_in.get(reverse("start")))
    assert f'href="{start}"' in page(signed_in.get(reverse("agreements:agreement_create")))
    assert f'href="{start}"' in page(signed_in.get(url("dialogue_list")))


def test_an_application_is_what_a_grant_has_and_a_partnership_has_not(signed_in, committee):
    def shown(kind):
        agreement = AgreementFactory(committee=committee, kind=kind)
        address = reverse("agreements:particulars_edit", args=[agreement.pk])
        return page(signed_in.get(address, follow=True))

    assert "Sökt belopp" in shown(Agreement.Kind.GRANT)
    assert "Sökt belopp" not in shown(Agreement.Kind.IOP)


def test_an_officer_starts_a_dialogue_with_an_organisation(signed_in, committee, officer):
    partner = PartnerFactory(name="Föreningen Prov")

    response = signed_in.post(url("dialogue_create"), facts(committee, partner))

    dialogue = Dialogue.objects.get()
    assert response.url == dialogue.get_absolute_url()
    assert (dialogue.partner, dialogue.project, dialogue.created_by) == (partner, None, officer)
    assert dialogue.started_on == ApproximateDate.parse("våren 2022")
    assert dialogue.history.get().history_user == officer
    shown = page(signed_in.get(response.url))
    assert "Fler klarar skolan." in shown
    assert "våren 2022" in shown


def test_a_dialogue_about_a_project_is_with_its_owner(signed_in, committee):
    project = PartnerProjectFactory(name="Världens Mammor", partner__name="KISAM")

    signed_in.post(url("dialogue_create"), facts(committee, project, subject="världens mammor"))

    dialogue = Dialogue.objects.get()
    assert (dialogue.project, dialogue.partner) == (project, project.partner)


def test_who_took_the_initiative_can_be_left_unknown(signed_in, committee):
    signed_in.post(
        url("dialogue_create"),
        facts(committee, PartnerFactory(), initiative="", started_on="", need=""),
    )

    dialogue = Dialogue.objects.get()
    assert (dialogue.initiative, dialogue.started_on) == ("", None)
    assert "inte känt" in page(signed_in.get(dialogue.get_absolute_url()))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"subject": "Finns inte"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"name": ""}, "name"),
        ({"committee": ""}, "committee"),
        ({"committee": "999999"}, "committee"),
        ({"initiative": "<script>"}, "initiative"),
        ({"started_on": "igår kväll"}, "started_on"),
        ({"need": "\x00"}, "need"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_is_wrong_is_said_what_was_typed_is_kept_and_nothing_is_changed(
    signed_in, committee, changed, field
):
    data = facts(committee, PartnerFactory()) | changed

    response = signed_in.post(url("dialogue_create"), data)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["initiative_note"].value() == "Genom brev"
    assert not Dialogue.objects.exists()


def test_the_diary_number_is_kept_in_the_municipalitys_writing(signed_in, committee):
    committee.municipality.diary_pattern = "{prefix} {year}-{serial}"
    committee.municipality.save()

    signed_in.post(
        url("dialogue_create"), facts(committee, PartnerFactory(), diary_number="KS2022-17")
    )

    assert Dialogue.objects.get().diary_number == "KS 2022-17"


def test_no_dialogue_is_started_for_anothers_committee_or_officer(signed_in, stranger):
    elsewhere = CommitteeFactory()
    data = facts(elsewhere, PartnerFactory(), officer=stranger.pk)

    response = signed_in.post(url("dialogue_create"), data)

    assert set(response.context["form"].errors) == {"committee", "officer"}
    assert not Dialogue.objects.exists()


def test_a_change_is_kept_with_its_reason(signed_in, dialogue, officer):
    data = facts(dialogue.committee, dialogue.partner, name="Nytt namn", reason="Rätt namn")

    signed_in.post(url("dialogue_edit", dialogue), data)

    change = dialogue.history.first()
    assert (change.name, change.history_change_reason) == ("Nytt namn", "Rätt namn")
    assert "Rätt namn" in page(signed_in.get(url("dialogue_history", dialogue)))


def test_closing_issues_the_log_and_serves_it_byte_for_byte(signed_in, dialogue):
    MeetingFactory(dialogue=dialogue)

    response = signed_in.post(
        url("dialogue_close", dialogue),
        {"outcome": "ended", "reason": "Behovet finns inte längre.", "ended_on": "maj 2023"},
    )

    dialogue.refresh_from_db()
    assert response.url == dialogue.get_absolute_url()
    assert str(dialogue.ended_on) == "maj 2023"
    pdf = signed_in.get(url("dialogue_pdf", dialogue))
    assert pdf["Content-Type"] == "application/pdf"
    assert sha256(pdf.content).hexdigest() == dialogue.pdf_sha256
    shown = page(signed_in.get(dialogue.get_absolute_url()))
    assert dialogue.pdf_sha256 in shown
    assert "Anteckna ett möte" not in shown


def test_a_dialogue_leads_to_an_agreement_with_the_same_organisation_only(signed_in, dialogue):
    MeetingFactory(dialogue=dialogue)
    with_others = AgreementFactory(committee=dialogue.committee)
    elsewhere = AgreementFactory(partner=dialogue.partner)
    own = AgreementFactory(committee=dialogue.committee, partner=dialogue.partner)
    data = {"outcome": "agreement", "reason": "Parterna är överens."}

    for wrong in (with_others, elsewhere):
        response = signed_in.post(url("dialogue_close", dialogue), data | {"agreement": wrong.pk})
        assert "agreement" in response.context["form"].errors
    signed_in.post(url("dialogue_close", dialogue), data | {"agreement": own.pk})

    dialogue.refresh_from_db()
    assert dialogue.agreement == own
    timeline = page(signed_in.get(own.get_absolute_url()))
    assert dialogue.name in timeline


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "Klart"},
        {"outcome": "ended", "reason": ""},
        {"outcome": "agreement", "reason": "Klart"},
        {"outcome": "approved", "reason": "Beviljas"},
        {"outcome": "ended", "reason": "Klart", "ended_on": "snart"},
    ],
)
def test_a_dialogue_is_not_closed_without_what_its_outcome_needs(signed_in, dialogue, data):
    MeetingFactory(dialogue=dialogue)

    response = signed_in.post(url("dialogue_close", dialogue), data)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Dialogue.objects.get().is_open


@pytest.mark.parametrize("name", ["dialogue_edit", "dialogue_close", "meeting_create"])
def test_a_closed_dialogue_is_not_opened_for_writing(signed_in, dialogue, officer, name):
    MeetingFactory(dialogue=dialogue)
    signed_in.post(url("dialogue_close", dialogue), {"outcome": "ended", "reason": "Klart"})
    data = facts(dialogue.committee, dialogue.partner, outcome="ended") | meeting_data()

    response = signed_in.post(url(name, dialogue), data | {"reason": "Efteråt"}, follow=True)

    assert "Starta en ny dialog" in page(response)
    assert DialogueMeeting.objects.count() == 1
    assert Dialogue.objects.get().name == dialogue.name


def test_the_list_finds_by_words_and_state(signed_in, dialogue, committee):
    MeetingFactory(dialogue=dialogue)
    signed_in.post(url("dialogue_close", dialogue), {"outcome": "ended", "reason": "Klart"})
    still_open = DialogueFactory(committee=committee, need="Läxhjälp")
    DialogueFactory(name="Någon annans")

    def found(**query):
        return list(signed_in.get(url("dialogue_list"), query).context["page"].rows)

    assert found() == [still_open, dialogue]
    assert found(state="open") == [still_open]
    assert found(state="ended") == [dialogue]
    assert found(q="läxhjälp") == [still_open]
    assert found(q="någon annans") == []
    assert found(state="<b>", q="\x00") == [still_open, dialogue]


def test_who_only_reads_sees_no_way_to_write(client, committee, dialogue):
    client.force_login(member_of(committee, Role.READER))

    shown = page(client.get(dialogue.get_absolute_url()))

    assert dialogue.name in shown
    for words in ("Anteckna ett möte", "Redigera", "Avsluta dialogen", "Bedöm<"):
        assert words not in shown, words


def test_an_officer_of_another_committee_reads_nothing_and_writes_nothing(
    client, committee, dialogue
):
    client.force_login(
        member_of(CommitteeFactory(municipality=committee.municipality), Role.OFFICER)
    )

    assert client.get(dialogue.get_absolute_url()).status_code == 404
    assert client.post(url("dialogue_close", dialogue), {}).status_code == 404
    assert list(client.get(url("dialogue_list")).context["page"].rows) == []


def test_a_page_asks_the_database_as_often_for_many_meetings_as_for_one(
    signed_in, dialogue, django_assert_max_num_queries
):
    for _number in range(5):
        ParticipantFactory(meeting=MeetingFactory(dialogue=dialogue))

    with django_assert_max_num_queries(20):
        signed_in.get(dialogue.get_absolute_url())
