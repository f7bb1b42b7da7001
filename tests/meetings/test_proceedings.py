"""What the members did: motions, reservations, bias and votes, on paper and through the page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings.actions import ProceedingsRefusedError, save_proceedings, save_vote
from meetings.documents import taking_part
from meetings.models import Abstention, Decision, Motion, ProtocolNote, Recusal, Reservation, Vote
from memos.actions import ListDraft
from tests.meetings.conftest import decided, printed
from tests.meetings.factories import AttendeeFactory

pytestmark = pytest.mark.django_db


def lists(**rows):
    return {name: ListDraft(rows=list(found)) for name, found in rows.items()}


def people_of(item):
    return {person.name.split()[0]: person for person in item.meeting.attendees.all()}


def test_what_the_members_did_is_printed_under_its_heading(item, secretary):
    people = people_of(item)
    save_proceedings(
        item,
        lists=lists(
            motions=[Motion(member=people["Lena"], kind="addition", text="Ett tillägg.")],
            reservations=[Reservation(member=people["Lena"], was_announced=True)],
            notes=[ProtocolNote(member=people["Jonas"], text="En anteckning.")],
            abstentions=[Abstention(member=people["Julia"])],
        ),
        by=secretary,
    )

    text = printed(decided(item, secretary))
    assert text["Yrkanden"][0] == "Lena Ledamot (X) yrkar följande tillägg:"
    assert text["Reservationer"] == ["Lena Ledamot (X) reserverar sig mot beslutet."]
    assert text["Deltar ej i beslutet"] == ["Julia Justerare"]
    assert (
        text["Protokollsanteckningar"][0] == "Jonas Justerare lämnar följande protokollsanteckning:"
    )


def test_a_note_is_no_reservation_and_does_not_alter_the_decision(item, secretary):
    before = decided(item, secretary).decision.points.get().text
    note = ProtocolNote(member=people_of(item)["Lena"], text="Vi vill annat.")

    save_proceedings(item, lists=lists(notes=[note]), by=secretary)

    assert Decision.objects.get().points.get().text == before
    assert "Reservationer" not in printed(item)


@pytest.mark.parametrize("who", ["present", "absent", "abstains"])
def test_who_took_no_part_makes_no_reservation(item, secretary, who):
    person = people_of(item)["Lena"]
    abstentions = [Abstention(member=person)] if who == "abstains" else []
    if who != "abstains":
        person.presence = who
        person.save()

    with pytest.raises(ProceedingsRefusedError, match="Lena Ledamot"):
        save_proceedings(
            item,
            lists=lists(
                reservations=[Reservation(member=person, was_announced=True)],
                abstentions=abstentions,
            ),
            by=secretary,
        )

    assert not item.reservations.exists()


def test_a_reservation_after_the_meeting_is_none(item):
    with pytest.raises(IntegrityError), transaction.atomic():
        item.reservations.create(member=people_of(item)["Lena"], was_announced=False)


@pytest.mark.parametrize(
    "row",
    [
        ("motions", Motion(kind="approval")),
        ("reservations", Reservation(was_announced=True)),
        ("notes", ProtocolNote(text="x")),
        ("abstentions", Abstention()),
    ],
)
def test_the_biased_do_nothing_on_the_item(item, secretary, row):
    name, made = row
    made.member = people_of(item)["Lena"]
    recusal = Recusal(member=made.member, reason="Sitter i styrelsen")

    with pytest.raises(ProceedingsRefusedError, match="biased"):
        save_proceedings(item, lists=lists(recusals=[recusal], **{name: [made]}), by=secretary)


def test_the_biased_are_not_listed_as_taking_part_and_do_not_vote(item, secretary):
    person = people_of(item)["Lena"]
    save_proceedings(
        item,
        lists=lists(recusals=[Recusal(member=person, reason="Sitter i styrelsen.")]),
        by=secretary,
    )
    found = type(item).objects.with_everything().get(pk=item.pk)

    assert person not in taking_part(found)
    assert printed(found)["Jäv"] == [
        "Lena Ledamot (X) anmäler jäv och deltar inte i handläggningen av ärendet: Sitter i styrelsen."
    ]
    with pytest.raises(ProceedingsRefusedError, match="does not vote"):
        save_vote(
            Vote(item=item, yes_means="a", no_means="b"), choices={person: "yes"}, by=secretary
        )


@pytest.mark.parametrize(
    ("choices", "carried"),
    [
        (["yes", "yes", "no", "abstains"], True),
        (["yes", "no", "no", "absent"], False),
        (["no", "yes", "yes", "no"], False),  # the chair's vote decides
        (["abstains", "yes", "no", "absent"], None),
    ],
)
def test_a_vote_is_counted_and_the_chair_decides_a_tie(item, secretary, choices, carried):
    members = [p for p in item.meeting.attendees.all() if p.is_deciding]
    vote = save_vote(
        Vote(item=item, yes_means="bifall", no_means="avslag"),
        choices=dict(zip(members, choices, strict=True)),
        by=secretary,
    )

    assert Vote.objects.get(pk=vote.pk).carried is carried
    assert "Votering" in printed(item)


def test_a_vote_is_changed_member_by_member(item, secretary):
    chair, other, *_rest = item.meeting.attendees.all()
    vote = save_vote(
        Vote(item=item, yes_means="a", no_means="b"),
        choices={chair: "yes", other: "no"},
        by=secretary,
    )

    save_vote(vote, choices={chair: "no", other: ""}, by=secretary)

    assert [(b.member, b.choice) for b in vote.ballots.all()] == [(chair, "no")]


# The page


def test_rows_are_added_without_javascript_and_nothing_is_saved(client, item, secretary):
    client.force_login(secretary)
    url = reverse("meetings:item_proceedings", args=[item.pk])
    data = {}
    for prefix in ("recusals", "motions", "reservations", "abstentions", "notes"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    grown = client.post(url, {**data, "add_row": "notes"}).content.decode()
    assert 'name="notes-0-text"' in grown
    person = people_of(item)["Lena"]
    note = {"notes-TOTAL_FORMS": 1, "notes-0-member": person.pk, "notes-0-kind": "note"}
    client.post(url, {**data, **note, "notes-0-text": '"Ordagrant."'})

    assert item.notes.get().text == '"Ordagrant."'


def test_a_member_of_another_meeting_cannot_be_chosen(client, item, secretary):
    stranger = AttendeeFactory()
    client.force_login(secretary)
    data = {}
    for prefix in ("recusals", "motions", "reservations", "abstentions", "notes"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    row = {"abstentions-TOTAL_FORMS": 1, "abstentions-0-member": stranger.pk}

    client.post(reverse("meetings:item_proceedings", args=[item.pk]), {**data, **row})

    assert not item.abstentions.exists()
