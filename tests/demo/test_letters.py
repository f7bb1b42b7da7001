"""In the demo no letter goes out: it is caught, and a page shows it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.mail import EmailMessage, get_connection
from django.urls import NoReverseMatch, reverse

FILES = "django.core.mail.backends.filebased.EmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def caught(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "letters")
    return get_connection(FILES)


def letter(subject, text, connection):
    return EmailMessage(subject, text, to=["lova@example.org"], connection=connection)


@pytest.mark.urls("tests.demo.urls")
def test_a_letter_is_shown_with_its_link_and_what_is_attached(client, officer, caught):
    sent = letter("Redovisning för året", "Öppna http://localhost:8000/x/?a=1&b=2 nu.", caught)
    sent.attach("kvittens.pdf", b"%PDF-", "application/pdf")
    sent.send()
    client.force_login(officer)

    page = client.get(reverse("demo:letter_list")).content.decode()

    for words in (
        "Redovisning för året",
        "lova@example.org",
        "kvittens.pdf",
        'href="http://localhost:8000/x/?a=1&amp;b=2"',
    ):
        assert words in page, words


@pytest.mark.urls("tests.demo.urls")
def test_a_letter_is_dated_by_the_clock_of_the_reader(client, officer, caught):
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        letter("Hej", "Hej.", caught).send()
        client.force_login(officer)

        assert "2026-07-01 14:00" in client.get(reverse("demo:letter_list")).text


@pytest.mark.urls("tests.demo.urls")
def test_the_newest_letter_stands_first_and_no_text_is_taken_for_markup(client, officer, caught):
    caught.open()
    caught.send_messages(
        [letter("Första", "<script>alert(1)</script>", caught), letter("Andra", "Hej.", caught)]
    )
    caught.close()
    client.force_login(officer)

    page = client.get(reverse("demo:letter_list")).content.decode()

    assert page.index("Andra") < page.index("Första")
    assert "<script>alert" not in page


@pytest.mark.urls("tests.demo.urls")
def test_before_anything_is_sent_the_page_says_so(client, officer, caught):
    client.force_login(officer)

    assert "Inget har skickats." in client.get(reverse("demo:letter_list")).content.decode()


@pytest.mark.urls("tests.demo.urls")
def test_whoever_has_not_signed_in_reads_no_letter(client, caught):
    assert client.get(reverse("demo:letter_list")).status_code == 302


def test_a_portal_that_is_no_demo_has_no_such_page(client, officer):
    client.force_login(officer)

    with pytest.raises(NoReverseMatch):
        reverse("demo:letter_list")
    assert client.get("/letters/").status_code == 404
