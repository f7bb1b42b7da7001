"""Two people on one memo: neither overwrites the other unseen, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from accounts.permissions import Role
from memos.actions import MemoChangedError, MemoFrozenError, save_memo
from memos.forms.drafts import draft_at, draft_of
from memos.models import Memo
from organisations.models import Office
from tests.accounts.factories import member_of
from tests.memos.factories import MemoFactory, VersionFactory
from tests.memos.test_memos import edit_data, fresh
from tests.organisations.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
BASE = "Första stycket.\n\nAndra stycket.\n\nTredje stycket."


@pytest.fixture
def memo(agreement, officer):
    memo = MemoFactory(agreement=agreement, created_by=officer, filled=True, title="Från början")
    memo.sections.update(text=BASE)
    section = memo.sections.get()
    section.save()  # so that its history says it too
    return memo


@pytest.fixture
def colleague(committee):
    return member_of(committee, Role.OFFICER, last_name="Kollegasson")


def key_of(memo):
    return f"sections-{memo.sections.get().template_section_id}"


def form_of(memo):
    """What the browser holds when the page is opened."""
    memo = fresh(memo)
    point, signatory = memo.proposal_points.get(), memo.signatories.get()
    return edit_data(
        memo,
        **{
            key_of(memo): BASE.replace("\n", "\r\n"),
            "points-TOTAL_FORMS": "1",
            "points-INITIAL_FORMS": "1",
            "points-0-id": point.pk,
            "points-0-text": point.text,
            "signatories-TOTAL_FORMS": "1",
            "signatories-INITIAL_FORMS": "1",
            "signatories-0-id": signatory.pk,
            "signatories-0-name": signatory.name,
        },
    )


@pytest.fixture
def send(client, memo):
    def as_person(person, data):
        client.force_login(person)
        return client.post(reverse("memos:memo_edit", args=[memo.pk]), data)

    return as_person


def resent(response, **changed):
    """What the browser sends when the page that came back is saved again."""
    meanwhile = response.context["meanwhile"]
    data = dict(response.context["form"].data.lists())
    data["opened_on"] = [str(meanwhile.opened_on)]
    data["conflict"] = [part.key for part in meanwhile.parts if part.is_conflict]
    return data | changed


def words_of(response):
    return {part.key: part for part in response.context["meanwhile"].parts}


def test_who_saves_on_an_old_form_is_shown_the_others_change_and_saves_nothing(
    send, memo, officer, colleague
):
    mine, theirs = form_of(memo), form_of(memo)
    send(colleague, theirs | {"title": "Deras titel"})

    response = send(officer, mine | {key_of(memo): BASE + " Mitt tillägg."})

    page = response.content.decode()
    assert fresh(memo).title == "Deras titel"
    assert fresh(memo).sections.get().text == BASE
    assert "Kollegasson" in page
    assert "Mitt tillägg." in page
    assert response.context["form"]["title"].value() == "Deras titel"


def test_changes_in_different_sections_are_merged_and_saved_by_saving_again(
    send, memo, officer, colleague
):
    mine, theirs = form_of(memo), form_of(memo)
    send(colleague, theirs | {"title": "Deras titel"})
    response = send(officer, mine | {key_of(memo): BASE + " Mitt tillägg."})

    send(officer, resent(response))

    assert fresh(memo).title == "Deras titel"
    assert fresh(memo).sections.get().text.endswith("Mitt tillägg.")


def test_changes_in_different_paragraphs_of_one_section_are_merged(send, memo, officer, colleague):
    mine, theirs, key = form_of(memo), form_of(memo), key_of(memo)
    send(colleague, theirs | {key: BASE.replace("Första", "FÖRSTA")})

    response = send(officer, mine | {key: BASE.replace("Tredje", "TREDJE")})
    send(officer, resent(response))

    assert not words_of(response)[key].is_conflict
    assert fresh(memo).sections.get().text == "FÖRSTA stycket.\n\nAndra stycket.\n\nTREDJE stycket."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "MITT"), ("theirs", "DERAS")])
def test_where_both_changed_the_same_the_person_chooses(
    send, memo, officer, colleague, choice, kept
):
    mine, theirs, key = form_of(memo), form_of(memo), key_of(memo)
    send(colleague, theirs | {key: BASE.replace("Andra", "DERAS")})
    response = send(officer, mine | {key: BASE.replace("Andra", "MITT")})
    unchosen = send(officer, resent(response))
    between = fresh(memo).sections.get().text

    send(officer, resent(unchosen, **{f"choice-{key}": choice}))

    assert words_of(response)[key].is_conflict
    assert "DERAS" in response.content.decode()
    assert unchosen.context["form"].non_field_errors()
    assert unchosen.context["sections"][key.removeprefix("sections-")].value().count("MITT") == 1
    assert "DERAS" in between
    assert kept in fresh(memo).sections.get().text


def test_what_the_person_writes_after_having_seen_both_is_what_is_saved(
    send, memo, officer, colleague
):
    mine, theirs, key = form_of(memo), form_of(memo), key_of(memo)
    send(colleague, theirs | {"title": "Deras titel"})
    response = send(officer, mine)

    send(officer, resent(response, title="Min titel ändå"))

    assert fresh(memo).title == "Min titel ändå"
    assert key in resent(response)


def test_a_third_save_between_is_shown_too(send, memo, officer, colleague):
    mine, theirs, key = form_of(memo), form_of(memo), key_of(memo)
    send(colleague, theirs | {key: BASE.replace("Andra", "DERAS")})
    first = send(officer, mine | {key: BASE.replace("Andra", "MITT")})
    third = form_of(memo) | {key: fresh(memo).sections.get().text, "diary_number": "KS 2026-9"}
    send(colleague, third)

    second = send(officer, resent(first, **{f"choice-{key}": "mine"}))
    assert second.status_code == 200
    send(officer, resent(second, **{f"choice-{key}": "mine"}))

    assert fresh(memo).diary_number == "KS 2026-9"
    assert "MITT" in fresh(memo).sections.get().text


def test_rows_that_both_add_are_all_there(send, memo, officer, colleague):
    def with_point(text):
        return form_of(memo) | {"points-TOTAL_FORMS": "2", "points-1-text": text}

    mine, theirs = with_point("Min punkt."), with_point("Deras punkt.")
    send(colleague, theirs)

    send(officer, resent(send(officer, mine)))

    texts = [point.text for point in fresh(memo).proposal_points.all()]
    assert texts == ["Exempelnämnden noterar informationen.", "Deras punkt.", "Min punkt."]


def test_a_row_that_the_other_removed_is_removed_and_mine_is_added(send, memo, officer, colleague):
    mine, theirs = form_of(memo), form_of(memo)
    send(colleague, theirs | {"points-0-DELETE": "on"})
    mine |= {"points-TOTAL_FORMS": "2", "points-1-text": "Min punkt."}

    send(officer, resent(send(officer, mine)))

    assert [point.text for point in fresh(memo).proposal_points.all()] == ["Min punkt."]


def test_a_row_that_both_changed_is_a_conflict_in_which_either_can_be_chosen(
    send, memo, officer, colleague
):
    mine, theirs = form_of(memo), form_of(memo)
    send(colleague, theirs | {"points-0-text": "Deras."})
    response = send(officer, mine | {"points-0-text": "Mitt."})

    send(officer, resent(response, **{"choice-points": "mine"}))

    assert words_of(response)["points"].is_conflict
    assert [point.text for point in fresh(memo).proposal_points.all()] == ["Mitt."]


@pytest.mark.parametrize("carried", ["", "0", "99", "x", "-1", "²"])
def test_a_form_that_does_not_say_what_it_was_opened_on_overwrites_nothing(
    send, memo, officer, carried
):
    response = send(officer, form_of(memo) | {"edit_number": carried, "title": "Min titel"})

    assert fresh(memo).title == "Från början"
    assert response.context["form"]["title"].value() == "Min titel"


def test_saving_twice_in_a_row_meets_no_conflict_with_oneself(send, memo, officer):
    for title in ("Ett", "Två"):
        response = send(officer, form_of(memo) | {"title": title})
        assert response.status_code == 302

    assert fresh(memo).edit_number == 3


def test_what_the_memo_said_after_each_change_is_known(memo, officer):
    drafts = [draft_of(fresh(memo))]
    for number in range(3):
        changed = fresh(memo)
        changed.title = f"Titel {number}"
        texts = {changed.sections.get().template_section_id: f"Text {number}"}
        save_memo(changed, texts=texts, lists=[], by=officer)
        drafts.append(draft_of(fresh(memo)))

    assert [draft_at(fresh(memo), number) for number in (1, 2, 3)] == drafts[:3]


def test_the_hidden_key_of_another_municipalitys_office_names_nothing(
    send, memo, officer, colleague
):
    own = Office.objects.create(municipality=memo.municipality, name="Eget kontor")
    foreign = Office.objects.create(municipality=MunicipalityFactory(), name="Främmande kontor")
    mine, theirs = form_of(memo), form_of(memo)
    send(colleague, theirs | {"office": own.pk})

    page = send(officer, mine | {"office": foreign.pk}).content.decode()

    assert "Eget kontor" in page
    assert "Främmande kontor" not in page


def test_save_memo_refuses_what_was_fetched_before_another_save(memo, officer, colleague):
    mine, theirs = fresh(memo), fresh(memo)
    save_memo(theirs, texts={}, lists=[], by=colleague)
    mine.title = "Min"

    with pytest.raises(MemoChangedError):
        save_memo(mine, texts={}, lists=[], by=officer)

    assert fresh(memo).title == "Från början"


def test_save_memo_says_that_a_memo_was_submitted_rather_than_changed(memo, officer):
    mine = fresh(memo)
    VersionFactory(memo=fresh(memo))

    with pytest.raises(MemoFrozenError):
        save_memo(mine, texts={}, lists=[], by=officer)


@pytest.mark.django_db(transaction=True)
def test_of_many_writers_at_once_exactly_one_saves_each_change(memo, officer):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    writers, rounds = 4, 5
    barrier = Barrier(writers, timeout=30)

    def write(name):
        saved = 0
        for number in range(rounds):
            mine = Memo.objects.get(pk=memo.pk)
            barrier.wait()
            mine.title = f"{name}-{number}"
            try:
                save_memo(mine, texts={}, lists=[], by=officer)
                saved += 1
            except MemoChangedError:
                pass
            barrier.wait()
        connection.close()
        return saved

    with ThreadPoolExecutor(writers) as pool:
        saved = sum(pool.map(write, range(writers)))

    kept = Memo.objects.get(pk=memo.pk)
    assert saved == rounds
    assert kept.edit_number == 1 + saved
    assert kept.history.filter(edit_number__gt=1).count() == saved
