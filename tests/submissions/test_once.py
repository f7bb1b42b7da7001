"""A form that is sent again, because its answer was lost, is carried out once."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from dialogues.models import Dialogue
from organisations.models import Partner
from partnerships.settings import MIDDLEWARE
from payments.models import ImportBatch
from submissions.forgetting import KEPT, forget_old
from submissions.models import Submission
from tests.accounts.factories import member_of
from tests.dialogues.conftest import facts
from tests.organisations.conftest import form_data
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.payments.factories import SourceFactory

CREATE = "organisations:partner_create"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def key_on(client, url) -> str:
    """The key of the first form on the page."""
    form = client.get(url).content.decode().partition("<main")[2]
    return re.search(r'name="form_key" value="([\w-]+)"', form)[1]


def test_a_form_that_is_sent_again_creates_nothing_and_leads_to_the_same_place(signed_in):
    form = form_data(form_key=key_on(signed_in, reverse(CREATE)))
    first = signed_in.post(reverse(CREATE), form)

    again = signed_in.post(reverse(CREATE), form, follow=True)

    assert first.status_code == 302
    assert again.redirect_chain == [(first.url, 302)]
    assert "Det här sparades redan när du skickade det första gången." in again.content.decode()
    assert Partner.objects.count() == 1


def test_a_form_that_was_changed_after_going_back_is_carried_out(signed_in):
    key = key_on(signed_in, reverse(CREATE))
    signed_in.post(reverse(CREATE), form_data(form_key=key))

    signed_in.post(reverse(CREATE), form_data(form_key=key, name="Sångkören Staren"))

    assert Partner.objects.count() == 2


def test_a_form_that_was_refused_can_be_sent_again(signed_in):
    form = form_data(form_key=key_on(signed_in, reverse(CREATE)))
    existing = PartnerFactory(name="Föreningen Prov")
    refused = [signed_in.post(reverse(CREATE), form).status_code for _time in range(2)]
    existing.delete()

    assert refused == [200, 200]
    assert signed_in.post(reverse(CREATE), form).status_code == 302


def test_two_who_send_the_same_are_two(signed_in, committee):
    form = form_data(form_key="a-key-that-both-have")
    signed_in.post(reverse(CREATE), form)
    other = Client()
    other.force_login(member_of(committee, Role.OFFICER))

    answer = other.post(reverse(CREATE), form)

    assert "liknar Föreningen Prov" in answer.content.decode().replace("\u00a0", " ")


def test_a_form_with_a_file_is_carried_out_once_with_its_file_whole(signed_in, committee):
    source = SourceFactory(municipality=committee.municipality)
    url = reverse("payments:batch_create", args=[source.pk])
    key = key_on(signed_in, url)

    def send(content):
        file = SimpleUploadedFile("fil.csv", content)
        return signed_in.post(url, {"file": file, "form_key": key})

    first, again = send(b"Datum;Belopp\n2026-01-01;100"), send(b"Datum;Belopp\n2026-01-01;100")

    assert again.url == first.url
    with ImportBatch.objects.get().file.open() as kept:
        assert kept.read() == b"Datum;Belopp\n2026-01-01;100"


def test_what_fails_leaves_no_trace_of_the_form(signed_in, monkeypatch):
    form = form_data(form_key=key_on(signed_in, reverse(CREATE)))
    monkeypatch.setattr(Partner, "save", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        signed_in.post(reverse(CREATE), form)

    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_a_form_sent_eight_times_at_once_one_is_carried_out():
    officer = member_of(CommitteeFactory(), Role.OFFICER)
    committee = officer.roles_held[0].committee
    form = facts(committee, PartnerFactory(name="Föreningen Prov"), form_key="one-key")
    clients = [Client() for _number in range(8)]
    for client in clients:
        client.force_login(officer)
    gate, answers = threading.Barrier(8), []

    def send(client):
        gate.wait()
        answers.append(client.post(reverse("dialogues:dialogue_create"), form))
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Dialogue.objects.count() == 1
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1


def test_every_form_that_is_sent_has_a_key_and_no_two_the_same(signed_in):
    page = signed_in.get(reverse(CREATE)).content.decode()

    forms = page.count('name="csrfmiddlewaretoken"')
    keys = re.findall(r'name="form_key" value="([\w-]+)"', page)

    assert forms == len(keys) == len(set(keys)) > 0


def test_it_stands_last_so_that_nobody_is_answered_before_they_were_let_through():
    assert MIDDLEWARE[-1] == "submissions.middleware.OnceMiddleware"


def test_fingerprints_go_after_a_month():
    for digest, age in (("old", KEPT + timedelta(1)), ("new", timedelta(1))):
        Submission.objects.create(digest=digest, received_at=AT - age, location="/")

    forget_old(at=AT)

    assert Submission.objects.get().digest == "new"


def test_the_scheduled_work_forgets_them(settings):
    Submission.objects.create(digest="old", received_at=AT - 2 * KEPT, location="/")

    call_command("scheduled_work", verbosity=0)

    assert not Submission.objects.exists()


def test_a_form_that_was_refused_on_another_page_can_be_sent_again(signed_in, agreement):
    url = reverse("followups:report_open", args=[agreement.pk])
    form = {"form_key": "k" * 22, "period_starts": ""}

    answers = [signed_in.post(url, form, follow=True).content.decode() for _time in range(2)]

    assert ["Välj en period som planen omfattar." in answer for answer in answers] == [True] * 2
    assert "sparades redan" not in answers[1]
    assert not Submission.objects.exists()
