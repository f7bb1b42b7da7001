"""A memo's life: steps and whose they are, versions, decisions without a meeting."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.permissions import Role
from memos import life
from memos.actions import (
    MemoFrozenError,
    MemoMoveError,
    correct_memo,
    decide_by_role,
    discard_memo,
    move_memo,
    save_memo,
    submit_memo,
)
from memos.documents import memo_content, memo_document, version_document
from memos.models import Memo, MemoVersion
from memos.records import MemoRecords, happenings
from partnerships.together import ask
from tests.accounts.factories import member_of
from tests.memos.factories import AT, MemoFactory, VersionFactory

pytestmark = pytest.mark.django_db
State = Memo.State
LATER = AT + timedelta(days=3)


@pytest.fixture
def secretary(committee):
    return member_of(committee, Role.SECRETARY)


@pytest.fixture
def draft(agreement, officer):
    return MemoFactory(agreement=agreement, created_by=officer, filled=True, title="Första texten")


@pytest.fixture
def submitted(draft):
    return VersionFactory(memo=draft).memo


def fresh(memo):
    return Memo.objects.with_parts().get(pk=memo.pk)


def rewrite(memo, by, text="Andra texten"):
    memo = fresh(memo)
    memo.title = text
    return save_memo(memo, texts={}, lists=[], by=by)


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("to", State)
def test_move_memo_follows_the_table_and_nothing_else(submitted, secretary, officer, start, to):
    Memo.objects.filter(pk=submitted.pk).update(state=start)
    move = life.MOVES.get((start, to))
    goes = bool(move) and not move.is_special and move.of_proposals
    by = officer if move and move.permission in {life.WRITE, life.REVIEW} else secretary

    if not goes:
        with pytest.raises(MemoMoveError):
            move_memo(submitted, to=to, by=by, at=AT, reason="därför")
    else:
        move_memo(submitted, to=to, by=by, at=AT, reason="därför")

    assert fresh(submitted).state == (to if goes else start)


def test_a_step_is_kept_with_who_when_and_why(submitted, secretary):
    move_memo(submitted, to=State.ON_AGENDA, by=secretary, at=LATER, reason="mötet i maj")

    step = submitted.steps.get()
    assert (step.from_state, step.to_state) == ("submitted", "agenda")
    assert (step.by, step.at, step.reason) == (secretary, LATER, "mötet i maj")
    assert submitted.state == State.ON_AGENDA


def test_whoever_lacks_the_role_takes_no_step(submitted, officer, reader, stranger):
    for person in (officer, reader, stranger):
        with pytest.raises(MemoMoveError):
            move_memo(submitted, to=State.ON_AGENDA, by=person, at=AT)

    assert fresh(submitted).state == State.SUBMITTED


def test_a_memo_that_proposes_nothing_does_not_come_before_a_meeting(agreement, secretary):
    memo = VersionFactory(memo__agreement=agreement, memo__filled=False).memo

    with pytest.raises(MemoMoveError):
        move_memo(memo, to=State.ON_AGENDA, by=secretary, at=AT)


def test_a_correction_needs_a_reason(submitted, officer):
    with pytest.raises(MemoMoveError):
        correct_memo(submitted, by=officer, at=AT, reason="  ")

    assert fresh(submitted).state == State.SUBMITTED


def test_a_referred_memo_is_written_anew_with_that_for_a_reason(submitted, officer):
    Memo.objects.filter(pk=submitted.pk).update(state=State.REFERRED_BACK)

    move_memo(submitted, to=State.DRAFT, by=officer, at=AT)

    assert fresh(submitted).correction_reason


def test_ac21_a_submitted_memo_is_corrected_by_a_new_version_and_the_old_pdf_stays(
    client, draft, officer, reader
):
    submit_memo(draft, by=officer, at=AT)
    first = draft.current_version
    issued = first.read_pdf()
    with pytest.raises(MemoFrozenError):
        rewrite(draft, officer)

    correct_memo(draft, by=officer, at=LATER, reason="Fel belopp i ärendet")
    rewrite(draft, officer)
    submit_memo(draft, by=officer, at=LATER)

    second = draft.current_version
    assert (second.number, second.reason) == (2, "Fel belopp i ärendet")
    assert second.read_pdf() != issued
    client.force_login(reader)
    served = client.get(reverse("memos:version_pdf", args=[draft.pk, 1])).content
    assert served == issued
    assert sha256(served).hexdigest() == first.pdf_sha256
    assert first.pdf_sha256 in client.get(first.get_absolute_url()).content.decode()
    assert client.get(reverse("memos:memo_pdf", args=[draft.pk])).content == second.read_pdf()


def test_readers_see_the_submitted_version_while_the_next_is_written(
    client, submitted, officer, reader, secretary
):
    correct_memo(submitted, by=officer, at=AT, reason="fel")
    rewrite(submitted, officer, "Hemligt utkast")
    pages = {}
    for person in (reader, secretary):
        client.force_login(person)
        pages[person] = client.get(submitted.get_absolute_url()).content.decode()

    assert "Första texten" in pages[reader]
    assert "Hemligt utkast" in pages[secretary]
    paper = pages[reader].split('<article class="paper"')[1]
    assert "Hemligt utkast" not in paper


@pytest.mark.parametrize(
    ("words", "reader_finds", "officer_finds"),
    [
        ("första", True, False),
        ("andra", False, True),
        ("texten", True, True),
        ("tredje", False, False),
    ],
)
def test_a_reader_finds_a_memo_by_the_title_that_a_reader_is_shown(
    submitted, officer, reader, words, reader_finds, officer_finds
):
    correct_memo(submitted, by=officer, at=AT, reason="fel")
    rewrite(submitted, officer)

    found = [
        Memo.objects.visible_to(user).matching(words, user).exists() for user in (reader, officer)
    ]

    assert found == [reader_finds, officer_finds]


def test_a_reader_learns_nothing_of_the_title_of_a_draft_of_the_next_version(
    client, submitted, officer, reader
):
    correct_memo(submitted, by=officer, at=AT, reason="fel")
    rewrite(submitted, officer, "Hemligt utkast")
    client.force_login(reader)

    for url in (
        submitted.get_absolute_url(),
        reverse("memos:memo_list"),
        reverse("memos:agreement_memos", args=[submitted.agreement_id]),
        reverse("start"),
        reverse("memos:version_detail", args=[submitted.pk, 1]),
    ):
        assert "Hemligt utkast" not in client.get(url).content.decode(), url


def test_a_memo_with_versions_is_not_discarded(submitted, officer):
    correct_memo(submitted, by=officer, at=AT, reason="fel")

    with pytest.raises(MemoFrozenError):
        discard_memo(submitted, by=officer)


def test_what_a_version_keeps_prints_as_the_memo_did(draft, officer):
    submit_memo(draft, by=officer, at=AT)
    memo = fresh(draft)

    assert version_document(memo.current_version) == memo_document(memo)


def test_a_version_knows_its_points_and_recipients(draft):
    draft.recipients.create(position=1, function="Verksamhetschef", name="Stadsmissionen")
    draft.recipients.create(position=2, function="Samtliga nämnder")

    version = VersionFactory(memo=fresh(draft))

    assert version.points == ["Exempelnämnden noterar informationen."]
    assert version.recipients == ["Verksamhetschef, Stadsmissionen", "Samtliga nämnder"]


def test_a_role_decides_without_a_meeting(submitted, officer):
    decide_by_role(
        submitted, role="Kommundirektör", on=date(2026, 5, 4), delegation="A 4", by=officer, at=AT
    )

    memo = fresh(submitted)
    assert (memo.state, memo.decided_by_role, memo.delegation) == (
        "decided",
        "Kommundirektör",
        "A 4",
    )


@pytest.mark.parametrize(("role", "on"), [("", None), ("Chef", date(2026, 5, 5))])
def test_a_role_decision_names_the_role_and_lies_not_ahead(submitted, officer, role, on):
    with pytest.raises(MemoMoveError):
        decide_by_role(submitted, role=role, on=on, delegation="", by=officer, at=AT)

    assert fresh(submitted).state == State.SUBMITTED


def test_what_is_on_the_agenda_is_not_decided_by_a_role(submitted, officer):
    Memo.objects.filter(pk=submitted.pk).update(state=State.ON_AGENDA)

    with pytest.raises(MemoMoveError):
        decide_by_role(submitted, role="Chef", on=None, delegation="", by=officer, at=AT)


def test_the_pages_open_a_new_version_and_register_a_decision(client, submitted, officer):
    client.force_login(officer)
    missing = client.post(reverse("memos:memo_correct", args=[submitted.pk]), {"reason": ""})
    client.post(
        reverse("memos:memo_decide", args=[submitted.pk]), {"role": "Kommundirektör", "on": ""}
    )

    assert missing.context["form"].errors
    page = client.get(submitted.get_absolute_url()).content.decode()
    assert "Kommundirektör" in page
    assert fresh(submitted).state == State.DECIDED


def test_the_page_shows_the_way_with_who_and_when(client, draft, officer):
    submit_memo(draft, by=officer, at=AT)
    client.force_login(officer)

    page = client.get(draft.get_absolute_url()).content.decode()

    way = page.split('<ol class="stages">')[1].split("</ol>")[0]
    assert "2026-05-04" in way
    assert escape(str(officer)) in way
    assert way.count('aria-current="step"') == 1


def test_every_state_has_its_place_on_the_way(submitted):
    for state in State:
        submitted.state = state
        current = [stage.state for stage in life.stages(submitted, []) if stage.is_current]
        assert current == [state]


def test_every_issued_version_is_a_document_of_record(draft, officer):
    submit_memo(draft, by=officer, at=AT)
    correct_memo(draft, by=officer, at=LATER, reason="fel")
    submit_memo(draft, by=officer, at=LATER)
    source = MemoRecords()

    listed = {record.id: record.state for record in source.records()}

    first, second = draft.versions.all()
    assert listed == {f"memo-{draft.pk}-1": "replaced", f"memo-{draft.pk}": "submitted"}
    assert source.render(f"{draft.pk}-1") == first.read_pdf()
    assert source.render(f"{draft.pk}") == second.read_pdf()
    assert source.render(f"{draft.pk}-3") is None


def test_the_timeline_tells_each_version_with_its_reason(submitted, officer):
    submitted.state = State.DRAFT
    submitted.save()
    VersionFactory(memo=submitted, reason="Fel belopp", submitted_at=LATER)

    notes = [row.note for row in ask(happenings(submitted.agreement, officer))]

    assert len(notes) == 2
    assert "Fel belopp" in notes[1]


def test_another_memos_version_is_not_found(client, submitted, stranger, officer):
    client.force_login(stranger)
    assert client.get(reverse("memos:version_pdf", args=[submitted.pk, 1])).status_code == 404
    client.force_login(officer)
    assert client.get(reverse("memos:version_pdf", args=[submitted.pk, 2])).status_code == 404


def test_a_list_of_memos_shows_a_memo_of_several_versions_once(submitted, reader):
    submitted.state = State.DRAFT
    submitted.save()
    VersionFactory(memo=submitted)

    assert list(Memo.objects.visible_to(reader)) == [submitted]
    assert list(Memo.objects.submitted()) == [submitted]
    assert MemoVersion.objects.count() == 2


def test_a_version_of_which_only_the_pdf_was_kept_is_shown_as_such(client, draft, officer):
    content = memo_content(fresh(draft)) | {"document": None}
    version = VersionFactory(memo=draft, content=content)
    client.force_login(officer)

    for url in (draft.get_absolute_url(), version.get_absolute_url()):
        response = client.get(url)
        assert response.context["document"] is None
        assert version.pdf_sha256 in response.content.decode()


def test_ac29_whoever_lacks_the_role_gets_403_and_it_is_logged(client, draft, reader, caplog):
    client.force_login(reader)

    response = client.post(reverse("memos:memo_approve", args=[draft.pk]))

    assert response.status_code == 403
    assert [record.status_code for record in caplog.records] == [403]
    assert reverse("memos:memo_approve", args=[draft.pk]) in caplog.text
