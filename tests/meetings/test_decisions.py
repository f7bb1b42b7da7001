"""What was decided, who dissented, and what it does in the agreements."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.models import Revision, Termination
from meetings.actions import (
    DecisionRefusedError,
    EffectDraft,
    ProceedingsRefusedError,
    check_condition,
    put_on_agenda,
    record_answer,
    record_decision,
    save_proceedings,
    save_vote,
)
from meetings.documents import extract_document, taking_part
from meetings.due import due
from meetings.models import (
    Abstention,
    Decision,
    DecisionCondition,
    Meeting,
    Motion,
    ProtocolNote,
    Recusal,
    Reservation,
    Vote,
)
from memos.actions import ListDraft
from memos.models import Memo
from partnerships.dates import ApproximateDate
from partnerships.together import ask
from tests.agreements.factories import AgreementFactory, RevisionFactory, TerminationFactory
from tests.meetings.conftest import decided, draft_of
from tests.meetings.factories import AttendeeFactory, ItemFactory
from tests.memos.factories import AT, MemoFactory, MemoTemplateFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(memo, meeting, secretary):
    """The memo's item, on a meeting that has been held."""
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")
    return type(item).objects.with_everything().get(pk=item.pk)


def printed(item):
    """The headings and texts of the extract as it stands."""
    document = extract_document(type(item).objects.with_everything().get(pk=item.pk))
    found = {}
    for section in document.printed_sections:
        lines = found.setdefault(section.heading, [])
        for block in section.printed_blocks:
            lines += [str(row) for row in getattr(block, "items", [])] or [
                str(getattr(block, "html", ""))
            ]
    return found


# The decision


def test_the_decision_is_written_once_and_the_memo_is_decided(handled, secretary, memo):
    (proposed,) = handled.proposed_points
    decided(handled, secretary, points=[(proposed, proposed)])

    memo.refresh_from_db()
    text = printed(handled)
    assert memo.state == Memo.State.DECIDED
    assert text["Ärende"] == ["<p>Parterna har kommit överens.</p>\n"]
    assert text["Beslutsunderlag"] == ["Tjänsteskrivelse – Exempelärendet"]
    (order,) = text["Beslutsordning"]
    assert "endast finns ett förslag till beslut, vilket är Kontorets förslag" in order


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("decided", "decided"),
        ("noted", "decided"),
        ("referred_back", "referred_back"),
        ("tabled", "tabled"),
    ],
)
def test_each_outcome_brings_the_memo_where_it_belongs(handled, secretary, memo, outcome, state):
    decided(handled, secretary, outcome=outcome, points=[("Ärendet hanteras.", "")])

    memo.refresh_from_db()
    assert memo.state == state


def test_nothing_is_decided_before_the_meeting_is_called(handled, secretary, memo):
    Meeting.objects.update(state="planned")

    with pytest.raises(DecisionRefusedError, match="planned"):
        record_decision(handled, draft_of(), by=secretary, at=AT)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("order", ["several", "vote"])
def test_several_proposals_say_in_which_order_they_were_put(handled, secretary, order):
    with pytest.raises(DecisionRefusedError, match="order"):
        record_decision(handled, draft_of(order=order), by=secretary, at=AT)


def test_the_words_can_be_recorded_anew_but_not_the_outcome(handled, secretary):
    item = decided(handled, secretary)
    item.decision.order_text = "Ordföranden finner bifall."
    again = draft_of(points=[("Rättad punkt.", "")])
    again.decision = item.decision
    record_decision(item, again, by=secretary, at=AT)
    assert [point.text for point in Decision.objects.get().points.all()] == ["Rättad punkt."]

    item.decision.outcome = "tabled"
    with pytest.raises(DecisionRefusedError, match="outcome"):
        record_decision(item, again, by=secretary, at=AT)


def test_an_answer_to_an_interpellation_decides_nothing(agreement, meeting, secretary):
    template = MemoTemplateFactory(
        municipality=agreement.municipality, sections=[("", "questions", True)]
    )
    memo = MemoFactory(agreement=agreement, template=template)
    VersionFactory(memo=memo)
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")

    with pytest.raises(DecisionRefusedError, match="interpellation"):
        record_decision(item, draft_of(), by=secretary, at=AT)
    record_answer(item, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.CLOSED
    assert not Decision.objects.exists()


# In the agreements


def with_effect(item, agreement, **effect):
    draft = draft_of()
    draft.effects = [EffectDraft(agreement, **effect)]
    return draft


def test_a_draft_revision_is_decided_with_the_decision(handled, agreement, secretary):
    revision = RevisionFactory(agreement=agreement)

    decision = record_decision(
        handled,
        with_effect(handled, agreement, kind="revision", revision=revision),
        by=secretary,
        at=AT,
    )

    revision.refresh_from_db()
    assert revision.decided_by == secretary
    assert decision.effects.get().revision == revision


def test_a_revision_that_cannot_be_decided_refuses_the_whole_decision(
    handled, agreement, secretary, memo
):
    revision = RevisionFactory(agreement=agreement, in_force_from=None)
    draft = with_effect(handled, agreement, kind="revision", revision=revision)

    with pytest.raises(DecisionRefusedError, match=f"{agreement}: Say from when"):
        record_decision(handled, draft, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.ON_AGENDA
    assert not Decision.objects.exists()
    assert Revision.objects.get(pk=revision.pk).is_draft


def test_a_termination_is_given_with_the_decision(handled, agreement, secretary, committee):
    termination = Termination(
        scope="full", effective_from=ApproximateDate.exactly(date(2025, 1, 1))
    )
    draft = with_effect(handled, agreement, kind="termination", termination=termination)

    record_decision(handled, draft, by=secretary, at=AT)

    given = agreement.terminations.get()
    assert given.decided_by_role == committee.name
    agreement.refresh_from_db()
    assert agreement.is_terminated


def test_an_agreement_that_is_terminated_already_refuses_with_its_own_sentence(
    handled, agreement, secretary
):
    TerminationFactory(agreement=agreement)
    draft = with_effect(
        handled, agreement, kind="termination", termination=Termination(scope="full")
    )

    with pytest.raises(DecisionRefusedError, match="terminated already"):
        record_decision(handled, draft, by=secretary, at=AT)

    assert not Decision.objects.exists()


def test_another_than_the_signer_says_why(handled, agreement, secretary):
    agreement.signed_by_role = "kommundirektör"
    agreement.save()
    draft = with_effect(
        handled, agreement, kind="termination", termination=Termination(scope="full")
    )

    with pytest.raises(DecisionRefusedError, match="signed by kommundirektör"):
        record_decision(handled, draft, by=secretary, at=AT)


def test_one_decision_binds_several_agreements(item, secretary, committee):
    agreements = [AgreementFactory(committee=committee) for _number in range(3)]
    for agreement in agreements:
        item.item_agreements.create(agreement=agreement)
    draft = draft_of()
    draft.effects = [EffectDraft(agreement, "noted") for agreement in agreements]

    decision = record_decision(item, draft, by=secretary, at=AT)

    assert {effect.agreement for effect in decision.effects.all()} == set(agreements)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"outcome": "tabled"}, "put off"), ({"outcome": "decided"}, "Name the agreement")],
)
def test_an_effect_needs_a_matter_that_is_settled_and_names_the_agreement(
    item, secretary, agreement, fields, sentence
):
    draft = draft_of(**fields)
    draft.effects = [EffectDraft(agreement, "noted")]

    with pytest.raises(DecisionRefusedError, match=sentence):
        record_decision(item, draft, by=secretary, at=AT)


def test_a_condition_is_due_until_it_is_checked(item, secretary, officer, agreement):
    item.item_agreements.create(agreement=agreement)
    draft = draft_of()
    draft.conditions = ListDraft(
        rows=[DecisionCondition(text="Redovisas", check_on=date(2025, 1, 1))]
    )
    record_decision(item, draft, by=secretary, at=AT)
    agreements = type(agreement).objects.filter(pk=agreement.pk)
    days = {"first": date(2026, 1, 1), "last": date(2026, 6, 1)}

    assert [(row.on, row.stays) for row in ask(due(agreements, **days))] == [
        (date(2025, 1, 1), True)
    ]
    assert not list(ask(due(agreements.none(), **days)))
    check_condition(
        DecisionCondition.objects.get(), finding="Gjort", on=date(2025, 1, 2), by=officer
    )

    assert not list(ask(due(agreements, **days)))
    with pytest.raises(DecisionRefusedError, match="already"):
        check_condition(DecisionCondition.objects.get(), finding="Igen", on=localdate(), by=officer)


# What the members did


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


# The pages


def posted(item, **changes):
    """What the form of a decision sends when nothing but this is changed."""
    data = {"outcome": "decided", "order": "only_one", "proposed_by": "Kontoret", "order_text": ""}
    for prefix, count in (("points", 1), ("conditions", 0), ("recipients", 1)):
        data |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": 0}
    data["points-INITIAL_FORMS"] = len(item.proposed_points)
    data |= {"points-0-text": item.proposed_points[0] if item.memo_version else "En punkt."}
    data |= {"points-0-source": "0", "recipients-0-function": "Samtliga nämnder"}
    return data | changes


def test_the_page_shows_the_memos_points_and_the_change_beside_them(client, handled, secretary):
    client.force_login(secretary)
    url = reverse("meetings:item_decide", args=[handled.pk])
    assert "Exempelnämnden noterar informationen." in client.get(url).content.decode()

    response = client.post(
        url, posted(handled, **{"points-0-text": "Exempelnämnden godkänner informationen."})
    )

    assert response.status_code == 302
    page = client.get(handled.get_absolute_url()).content.decode()
    assert "<del>noterar</del>" in page
    assert "<ins>godkänner</ins>" in page
    assert Decision.objects.get().recipients.get().function == "Samtliga nämnder"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points-0-text": ""}, "at least one point"),
        ({"outcome": "tabled"}, "put off"),
        ({"order": "vote"}, "in which order"),
        ({"outcome": "nonsense"}, "giltigt val"),
        ({"order_text": "<script>"}, "script"),
        ({"conditions-TOTAL_FORMS": "1", "conditions-0-text": "Villkor"}, "on which day"),
        ({"points-TOTAL_FORMS": "1000000"}, ""),
        ({"points-0-source": "-5"}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    client, handled, secretary, changes, sentence
):
    client.force_login(secretary)

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]), posted(handled, **changes)
    )

    assert response.status_code == 200
    if sentence != "giltigt val":
        assert sentence in response.content.decode()
    assert not Decision.objects.exists()


def test_a_matter_put_off_gets_its_usual_sentence(client, handled, secretary):
    client.force_login(secretary)

    client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        posted(handled, **{"outcome": "referred_back", "points-0-text": ""}),
    )

    assert Decision.objects.get().points.get().text == "Ärendet återremitteras."


def test_the_effect_is_chosen_in_the_form_and_refused_with_the_agreements_sentence(
    client, handled, secretary, agreement
):
    revision = RevisionFactory(agreement=agreement, in_force_from=None)
    client.force_login(secretary)
    url, prefix = reverse("meetings:item_decide", args=[handled.pk]), f"effect-{agreement.pk}"
    data = posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": revision.pk})

    page = client.post(url, data).content.decode()
    assert "Say from when the revision is in force" in page
    assert not Decision.objects.exists()
    revision.in_force_from = ApproximateDate.parse("2025-01-01")
    revision.save()
    client.post(url, data)

    assert not Revision.objects.get(pk=revision.pk).is_draft


def test_another_agreements_draft_cannot_be_chosen(client, handled, secretary, agreement):
    other = RevisionFactory()
    client.force_login(secretary)
    prefix = f"effect-{agreement.pk}"

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": other.pk}),
    )

    assert response.status_code == 200
    assert Revision.objects.get(pk=other.pk).is_draft


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


def test_the_decision_stands_on_the_agreements_page_and_timeline(
    client, handled, secretary, agreement
):
    record_decision(handled, with_effect(handled, agreement, kind="noted"), by=secretary, at=AT)
    client.force_login(secretary)

    part = client.get(reverse("meetings:agreement_decisions", args=[agreement.pk])).content.decode()

    assert "Exempelärendet" in part


def test_an_item_without_a_meeting_of_ones_own_does_not_exist(client, secretary):
    client.force_login(secretary)

    assert client.get(ItemFactory().get_absolute_url()).status_code == 404
