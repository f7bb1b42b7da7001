"""The extract is sent to each address once, whatever fails on the way."""

import threading
from datetime import date, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from meetings.actions import (
    DispatchRefusedError,
    adjust,
    close_matter,
    hand_over,
    letters_to_send,
    number_items,
    put_on_agenda,
    send,
    write_letters,
)
from meetings.models import AgendaItem, DecisionRecipient, DispatchLetter, Meeting
from memos.models import Memo
from tests.meetings.conftest import decided
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(memo, meeting, secretary):
    """An adjusted item with two recipients."""
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")
    decided(item, secretary, recipients=("Hållbarhetschef", "Samtliga nämnder"))
    number_items(meeting, {item.pk: 149}, by=secretary)
    adjust(meeting, on=date(2024, 5, 30), place="", by=secretary, at=AT)
    return AgendaItem.objects.with_everything().get(pk=item.pk)


@pytest.fixture
def recipient(item):
    return item.decision.recipients.first()


def written(recipient, secretary, *addresses):
    return write_letters(recipient, addresses or ["a@x.example"], by=secretary, at=AT)


def test_a_letter_carries_the_extract_as_issued(item, recipient, secretary):
    (letter,) = written(recipient, secretary)

    assert send(letter, at=AT)

    (message,) = mail.outbox
    ((name, content, kind),) = message.attachments
    assert message.to == ["a@x.example"]
    assert (sha256(content).hexdigest(), kind) == (item.extract.pdf_sha256, "application/pdf")
    assert name.endswith("149-exempelarendet.pdf")
    assert item.extract.pdf_sha256 in message.body
    letter.refresh_from_db()
    assert letter.sent_at == AT


def test_an_address_gets_the_extract_once_also_as_two_recipients(item, secretary):
    first, second = item.decision.recipients.all()
    written(first, secretary, "a@x.example", "A@X.example")

    with pytest.raises(DispatchRefusedError):
        written(second, secretary, "a@x.example")

    assert DispatchLetter.objects.count() == 1


def test_a_letter_is_sent_once_however_often_it_is_tried(recipient, secretary):
    (letter,) = written(recipient, secretary)

    assert [send(letter, at=AT + timedelta(hours=hour)) for hour in range(3)] == [
        True,
        False,
        False,
    ]
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_delays_a_letter_under_the_same_id(
    recipient, secretary, monkeypatch
):
    (letter,) = written(recipient, secretary)
    sending = EmailBackend.send_messages

    def down(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    with pytest.raises(ConnectionRefusedError):
        send(letter, at=AT)
    monkeypatch.setattr(EmailBackend, "send_messages", sending)
    early, late = AT + timedelta(minutes=5), AT + timedelta(minutes=20)
    assert letters_to_send(at=early) == []
    with time_machine.travel(late):
        call_command("scheduled_work", verbosity=0)

    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"] == letter.message_id
    assert letters_to_send(at=late + timedelta(days=1)) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_send_once(item, recipient, secretary):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    (letter,) = written(recipient, secretary)
    gate, sent = threading.Barrier(3), []

    def work():
        gate.wait()
        sent.append(send(letter, at=AT))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(sent) == [False, False, True]


def test_nothing_is_sent_before_the_adjustment(memo, meeting, secretary):
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    Meeting.objects.update(state="held")
    decided(item, secretary, recipients=("Hållbarhetschef",))

    with pytest.raises(DispatchRefusedError, match="adjusted"):
        written(DecisionRecipient.objects.get(), secretary)
    with pytest.raises(DispatchRefusedError, match="adjusted"):
        hand_over(DecisionRecipient.objects.get(), on=date(2024, 6, 1), by=secretary)


def test_the_matter_is_closed_when_everybody_has_it(item, secretary, memo):
    first, second = item.decision.recipients.all()
    (letter,) = written(first, secretary)
    hand_over(second, on=date(2024, 6, 1), by=secretary)
    with pytest.raises(DispatchRefusedError, match="Hållbarhetschef"):
        close_matter(item, by=secretary, at=AT)

    send(letter, at=AT)
    close_matter(item, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.CLOSED


def test_the_page_sends_and_shows_the_receipt(
    client, item, recipient, secretary, django_capture_on_commit_callbacks
):
    client.force_login(secretary)
    url = reverse("meetings:dispatch", args=[item.pk])
    data = {
        "recipient": recipient.pk,
        f"{recipient.pk}-addresses": "a@x.example\nb@x.example, c@x.example",
    }

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data)

    page = client.get(url).content.decode()
    assert len(mail.outbox) == 3
    for letter in DispatchLetter.objects.all():
        assert letter.address in page
        assert letter.message_id.strip("<>") not in page


def test_the_page_says_that_a_letter_is_given_up_after_a_week(client, item, recipient, secretary):
    client.force_login(secretary)
    written(recipient, secretary)
    url = reverse("meetings:dispatch", args=[item.pk])
    DispatchLetter.objects.update(tried_at=AT + timedelta(days=6))
    waiting = client.get(url).content.decode()
    DispatchLetter.objects.update(tried_at=AT + timedelta(days=7))

    given_up = client.get(url).content.decode()

    assert "hand over the paper instead" not in waiting
    assert "hand over the paper instead" in given_up
    assert letters_to_send(at=AT + timedelta(days=9)) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "krävs|required"),
        ("ingen adress", "ingen"),
        ("a@x.example b@", "b@"),
        ("a\n@", "not an e-mail"),
    ],
)
def test_a_wrong_address_gets_a_sentence_and_sends_nothing(
    client, item, recipient, secretary, typed, sentence
):
    client.force_login(secretary)
    url = reverse("meetings:dispatch", args=[item.pk])

    page = client.post(url, {"recipient": recipient.pk, f"{recipient.pk}-addresses": typed})

    assert page.status_code == 200
    assert typed.split()[0] in page.content.decode() if typed else True
    assert not DispatchLetter.objects.exists()
    assert not mail.outbox


def test_a_recipient_of_another_decision_is_not_found(client, item, secretary):
    client.force_login(secretary)
    url = reverse("meetings:dispatch", args=[item.pk])

    assert client.post(url, {"recipient": 0, "0-addresses": "a@x.example"}).status_code == 404


def test_a_paper_is_ticked_and_the_tick_taken_away(client, item, recipient, secretary):
    client.force_login(secretary)
    url = reverse("meetings:paper_hand_over", args=[item.pk, recipient.pk])

    client.post(url)
    recipient.refresh_from_db()
    assert recipient.handed_over_by == secretary
    client.post(url)

    recipient.refresh_from_db()
    assert recipient.handed_over_on is None
