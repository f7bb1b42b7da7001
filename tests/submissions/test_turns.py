"""Officers who save one page at the same moment: none of them overwrites another unseen."""

import re
import threading
from itertools import count

import pytest
from django.db import connection
from django.urls import reverse

from accounts.permissions import Role
from agreements.models import Agreement
from partnerships.editing.forms import Compared
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.officers import OpenPage, opened
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS, ROUNDS, TRIES = 4, 6, 12


@pytest.fixture
def pages():
    """The same agreement, open at four officers'."""
    committee = CommitteeFactory()
    agreement = AgreementFactory(committee=committee, name="Från början")
    url = reverse("agreements:agreement_edit", args=[agreement.pk])
    return [opened(member_of(committee, Role.OFFICER), url) for _number in range(OFFICERS)]


def all_at_once(pages, work):
    """Let each of them do it in a thread of its own, all from the same moment."""
    gate = threading.Barrier(len(pages))

    def begin(number, page):
        gate.wait()
        try:
            work(number, page)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=pair) for pair in enumerate(pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def names_saved(pages):
    """Every officer saves names of their own. Gives each name that was saved, with the name that
    its officer was last shown as stored.
    """
    saved, numbers = {}, count()

    def write(number, page):
        for _round in range(ROUNDS):
            was_shown, sent = stored_as_shown(page), f"Namn {number}:{next(numbers)}"
            for _try in range(TRIES):
                answer = page.send(name=sent)
                if not isinstance(answer, OpenPage):
                    saved[sent] = was_shown
                    break
                page, was_shown = answer, stored_as_shown(answer)
            page = OpenPage(page.client, page.client.get(page.url))

    all_at_once(pages, write)
    return saved


def stored_as_shown(page):
    """The name that the page says is stored: in its heading, which shows nothing that is typed."""
    return re.search(r"<h1>Redigera (.+?)</h1>", page.text)[1]


def overwritten_unseen(saved):
    """Names whose successor was not shown them: each that was saved is the last, or was shown to
    exactly the one who came after it.
    """
    shown = list(saved.values())
    last = Agreement.objects.get().name
    return {name for name in saved if name != last and shown.count(name) != 1}


def test_nothing_that_was_saved_is_overwritten_by_somebody_who_had_not_seen_it(pages):
    saved = names_saved(pages)

    assert len(saved) > OFFICERS
    assert not overwritten_unseen(saved)


def test_without_the_comparison_something_is(pages, monkeypatch):
    monkeypatch.setattr(Compared, "is_compared", False)

    saved = names_saved(pages)

    assert overwritten_unseen(saved)


def test_without_waiting_for_a_turn_something_is(pages, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    monkeypatch.setattr("submissions.middleware.wait_for_turn", lambda match: None)

    lost = [overwritten_unseen(names_saved(pages))]

    assert any(lost)


def test_different_boxes_of_one_page_are_all_kept(pages):
    typed = [{"name": "Nytt namn"}, {"diary_number": "KS 2021-7"}, {"kind": "grant"}, {}]
    answers = {}

    def save(number, page):
        answers[number] = page.send(**typed[number]).status_code

    all_at_once(pages, save)

    agreement = Agreement.objects.get()
    assert set(answers.values()) == {302}
    assert (agreement.name, agreement.diary_number, agreement.kind) == (
        "Nytt namn",
        "KS 2021-7",
        "grant",
    )
