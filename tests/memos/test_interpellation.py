"""The answer to an interpellation: question by question, and no decision."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from memos import life
from memos.actions import (
    MemoMoveError,
    MemoNotSubmittableError,
    decide_by_role,
    move_memo,
    submit_memo,
)
from memos.checks import missing
from memos.models import Interpellation, Memo, TemplateSection
from tests.accounts.factories import member_of
from tests.memos.factories import AT, MemoFactory, MemoTemplateFactory
from tests.memos.test_memos import fresh
from tests.pdf_checks import structure

pytestmark = pytest.mark.django_db
Content = TemplateSection.Content
State = Memo.State


@pytest.fixture
def secretary(committee):
    return member_of(committee, Role.SECRETARY)


@pytest.fixture
def answer(agreement, officer):
    """An answer that lacks nothing."""
    template = MemoTemplateFactory(
        municipality=agreement.committee.municipality,
        document_name="Interpellationssvar",
        sections=(("", Content.QUESTIONS, True), ("", Content.SIGNATORIES, False)),
    )
    memo = MemoFactory(agreement=agreement, template=template, created_by=officer)
    Interpellation.objects.create(
        memo=memo, asked_by_party="Miljöpartiet", addressee="Nämndens ordförande"
    )
    memo.questions.create(
        position=1, text="Varför ingås inget avtal?", answer="För att det **inte** går."
    )
    memo.questions.create(position=2, text="Kan beslutet överklagas?", answer="Nej.")
    memo.signatories.create(name="Ola Ordförande", title="Nämndens ordförande")
    return memo


def test_an_answer_that_lacks_nothing_is_submitted(answer, officer):
    submit_memo(answer, by=officer, at=AT)

    assert answer.state == State.SUBMITTED
    assert answer.current_version.points == []


def test_every_question_is_answered_before_it_is_submitted(answer, officer):
    answer.questions.filter(position=2).update(answer="  ")

    (sentence,) = missing(fresh(answer))
    with pytest.raises(MemoNotSubmittableError):
        submit_memo(answer, by=officer, at=AT)

    assert "2" in sentence


@pytest.mark.parametrize("lacking", ["interpellation", "questions"])
def test_who_asks_and_what_is_asked_must_be_known(answer, lacking):
    if lacking == "questions":
        answer.questions.all().delete()
    else:
        answer.interpellation.delete()

    assert len(missing(fresh(answer))) == 1


def test_the_pdf_has_every_question_as_a_heading_with_its_answer_under_it(answer, officer):
    submit_memo(answer, by=officer, at=AT)

    text = " ".join(structure.lines(answer.current_version.read_pdf()))

    places = [
        text.index(piece)
        for piece in (
            "Varför ingås inget avtal?",
            "För att det inte går.",
            "Kan beslutet överklagas?",
            "Nej.",
            "Ola Ordförande",
        )
    ]
    assert places == sorted(places)


def edit_data(memo, **changed):
    first, second = memo.questions.all()
    signatory = memo.signatories.get()
    data = {
        "edit_number": memo.edit_number,
        "title": memo.title,
        "interpellation-asked_by_party": "Miljöpartiet",
        "interpellation-addressee": "Nämndens ordförande",
        "questions-TOTAL_FORMS": "2",
        "questions-INITIAL_FORMS": "2",
        "questions-0-id": first.pk,
        "questions-0-text": first.text,
        "questions-0-answer": first.answer,
        "questions-1-id": second.pk,
        "questions-1-text": second.text,
        "questions-1-answer": second.answer,
        "signatories-TOTAL_FORMS": "1",
        "signatories-INITIAL_FORMS": "1",
        "signatories-0-id": signatory.pk,
        "signatories-0-name": signatory.name,
    }
    return data | changed


def test_the_page_writes_who_asks_and_questions_and_offers_no_decision(client, answer, officer):
    client.force_login(officer)
    url = reverse("memos:memo_edit", args=[answer.pk])
    page = client.get(url).content.decode()

    client.post(
        url,
        edit_data(
            answer,
            **{
                "interpellation-asked_by": "Mia Ledamot",
                "questions-1-answer": "Nej, det kan det inte.",
                "questions-TOTAL_FORMS": "3",
                "questions-2-text": "Vad händer nu?",
            },
        ),
    )

    assert 'name="points-TOTAL_FORMS"' not in page
    assert 'name="recipients-TOTAL_FORMS"' not in page
    assert fresh(answer).interpellation.asked_by == "Mia Ledamot"
    assert [(row.position, row.text) for row in fresh(answer).questions.all()][2] == (
        3,
        "Vad händer nu?",
    )
    assert "kan det inte" in fresh(answer).questions.all()[1].answer


@pytest.mark.parametrize("field", ["asked_by_party", "addressee"])
def test_the_page_asks_for_who_asks_and_keeps_what_was_typed(client, answer, officer, field):
    client.force_login(officer)

    response = client.post(
        reverse("memos:memo_edit", args=[answer.pk]),
        edit_data(answer, **{f"interpellation-{field}": "", "questions-0-answer": "Nytt svar"}),
    )

    assert response.context["interpellation"].errors
    assert "Nytt svar" in response.content.decode()
    assert "Nytt svar" not in fresh(answer).questions.all()[0].answer


def test_an_answer_comes_before_a_meeting_and_is_closed_there(answer, officer, secretary):
    submit_memo(answer, by=officer, at=AT)

    move_memo(answer, to=State.ON_AGENDA, by=secretary, at=AT)
    move_memo(answer, to=State.CLOSED, by=secretary, at=AT)

    assert answer.state == State.CLOSED


@pytest.mark.parametrize("to", [State.DECIDED, State.REFERRED_BACK, State.TABLED])
def test_an_answer_is_never_decided(answer, officer, secretary, to):
    submit_memo(answer, by=officer, at=AT)
    move_memo(answer, to=State.ON_AGENDA, by=secretary, at=AT)

    with pytest.raises(MemoMoveError):
        move_memo(answer, to=to, by=secretary, at=AT)


def test_no_role_decides_on_an_answer(answer, officer):
    submit_memo(answer, by=officer, at=AT)

    with pytest.raises(MemoMoveError):
        decide_by_role(answer, role="Chef", on=None, delegation="", by=officer, at=AT)


def test_the_way_of_an_answer_knows_no_decision(answer):
    way = [stage.state for stage in life.stages(answer, [])]

    assert way == ["draft", "submitted", "agenda", "closed"]


def test_a_memo_with_a_proposal_is_not_closed_without_a_decision(agreement, officer, secretary):
    memo = MemoFactory(agreement=agreement, created_by=officer, filled=True)
    submit_memo(memo, by=officer, at=AT)
    move_memo(memo, to=State.ON_AGENDA, by=secretary, at=AT)

    with pytest.raises(MemoMoveError):
        move_memo(memo, to=State.CLOSED, by=secretary, at=AT)


def test_its_reviewer_reads_every_question_with_its_answer(answer, client, committee):
    client.force_login(member_of(committee, Role.OFFICER))

    page = client.get(reverse("memos:memo_review", args=[answer.pk])).text

    assert "<h3>Varför ingås inget avtal?</h3>" in page
    assert "För att det <strong>inte</strong> går." in page
    assert page.index("Kan beslutet överklagas?") < page.index("Nej.")
