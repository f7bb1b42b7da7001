"""The partner's way: a letter, a button, a report, a receipt; and every link that opens nothing."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from followups.actions import (
    FollowUpRefusedError,
    Hand,
    Invitation,
    revoke_link,
    send_link,
    submit_report,
)
from followups.handin import cookie_name
from followups.models import Attachment, FollowUpReport, ReportLink, hashed
from followups.states import State
from tests.accounts.factories import UserFactory
from tests.followups.factories import AttachmentFactory, report_on
from tests.followups.test_uploads import PDF

pytestmark = pytest.mark.django_db
INVITATION = Invitation("forening@example.org", "sv", 30, "Hör av er.")


@pytest.fixture(autouse=True)
def _no_misses():
    cache.clear()


@pytest.fixture
def report():
    return report_on()


@pytest.fixture
def user(report):
    return UserFactory(municipality=report.agreement.municipality)


@pytest.fixture
def address(report, user, mailoutbox):
    """The path in the letter."""
    send_link(report, INVITATION, by=user, at=now())
    return re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]


@pytest.fixture
def partner(client, address):
    """A browser in which the link is opened."""
    client.post(address)
    return client


def page_of(report):
    return reverse("followups:handin", args=[report.pk])


def answers(report, *, step="save", **more):
    """Everything that the partner's form sends."""
    fresh = FollowUpReport.objects.get(pk=report.pk)
    first, second = fresh.values.all()
    typed = {
        "edition": fresh.edition,
        "page": "sida",
        f"value-{first.pk}": "25",
        f"value_comment-{first.pk}": "",
        f"value-{second.pk}": "3,5",
        f"value_comment-{second.pk}": "",
        f"text-{fresh.answers.get().pk}": "Det gick bra.",
        "deviations": "Inga.",
        "step": step,
    }
    for use in fresh.uses.all():
        typed |= {f"use-{use.pk}": "100 000", f"use_comment-{use.pk}": ""}
    return {**typed, **more}


def test_the_letter_says_what_and_until_when_and_its_secret_is_not_kept(
    report, address, mailoutbox
):
    letter = mailoutbox[0]
    secret = address.split("/")[4]

    assert letter.to == ["forening@example.org"]
    assert str(report.agreement) in letter.subject
    assert "Hör av er." in letter.body
    link = ReportLink.objects.get()
    assert link.secret_sha256 == hashed(secret)
    assert len(secret) >= 43
    assert not ReportLink.history.filter(recipient__contains=secret).exists()


def test_looking_at_the_link_uses_nothing_up(client, address):
    first, second = client.get(address), client.head(address)

    assert (first.status_code, second.status_code) == (200, 200)
    assert ReportLink.objects.get().opened_at is None
    assert client.post(address).status_code == 303


def test_the_button_trades_the_secret_for_a_cookie_of_this_report_only(client, report, address):
    response = client.post(address)

    assert (response.status_code, response.url) == (303, page_of(report))
    cookie = response.cookies[cookie_name(report.pk)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in address
    assert ReportLink.objects.get().cookie_sha256 == hashed(cookie.value)
    assert client.get(page_of(report)).status_code == 200
    other = report_on()
    assert client.get(page_of(other)).status_code == 404


def test_in_production_the_cookie_is_bound_to_the_host(client, settings, address, report):
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.post(address).cookies[f"__Host-handin-{report.pk}"]

    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def broken(kind, report, user, address):
    """An address that opens nothing, for each reason."""
    link = ReportLink.objects.get()
    if kind == "unknown":
        return reverse("followups:handin_open", args=["x" * 43])
    if kind == "altered":
        return address.replace(address.split("/")[4], address.split("/")[4][:-1] + "!")
    if kind == "expired":
        ReportLink.objects.update(created_at=now() - timedelta(2), expires_at=now() - timedelta(1))
    if kind == "revoked":
        revoke_link(link, by=user, at=now())
    if kind == "replaced":
        send_link(report, INVITATION, by=user, at=now())
    return address


KINDS = ("unknown", "altered", "expired", "revoked", "replaced", "replayed")


def told(response):
    """The answer without what differs from one form to the next."""
    text = re.sub(
        r'(csrfmiddlewaretoken" value|X-CSRFToken)"?[=:] ?"[^"]+"', "", response.content.decode()
    )
    text = re.sub(r'name="(next|form_key)" value="[^"]+"', "", text)
    passing = ("Expires", "Content-Length", "X-Request-ID")
    headers = {name: value for name, value in response.items() if name not in passing}
    return response.status_code, headers, text


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_that_opens_nothing_gets_one_and_the_same_answer(
    client, report, user, address, kind
):
    unknown = told(client.post(reverse("followups:handin_open", args=["y" * 43])))
    path = broken(kind, report, user, address)
    if kind == "replayed":
        client.post(address)
        client.cookies.clear()
        client.get(reverse("accounts:sign_in"))
    before = list(FollowUpReport.objects.values()), list(ReportLink.objects.values())

    response = client.post(path.split("?")[0])

    assert told(response) == unknown
    assert response.status_code == 404
    assert "Länken fungerar inte" in response.content.decode()
    assert cookie_name(report.pk) not in response.cookies
    assert before == (list(FollowUpReport.objects.values()), list(ReportLink.objects.values()))


@pytest.mark.parametrize("kind", ["expired", "revoked", "replaced"])
def test_a_cookie_opens_nothing_once_its_link_does_not(partner, report, user, address, kind):
    broken(kind, report, user, address)

    for response in (partner.get(page_of(report)), partner.post(page_of(report), answers(report))):
        assert response.status_code == 404
    assert FollowUpReport.objects.get().edition == report.edition


def test_a_forged_or_foreign_cookie_opens_nothing(client, partner, report):
    other = report_on()
    client.cookies[cookie_name(other.pk)] = partner.cookies[cookie_name(report.pk)].value

    assert client.get(page_of(other)).status_code == 404
    client.cookies[cookie_name(report.pk)] = "påhittad"
    assert client.get(page_of(report)).status_code == 404


def test_many_misses_are_held_back_but_never_a_valid_link(client, report, address):
    wrong = reverse("followups:handin_open", args=["z" * 43])

    statuses = [client.post(wrong).status_code for _each in range(22)]

    assert statuses == [404] * 20 + [429] * 2
    assert client.post(address).status_code == 303
    assert client.get(page_of(report)).status_code == 200


def test_a_link_without_a_letter_is_taken_back(report, user, monkeypatch):
    def fail(self):
        raise SMTPException

    monkeypatch.setattr("followups.actions.links.EmailMessage.send", fail)

    with pytest.raises(FollowUpRefusedError, match="kunde inte skickas"):
        send_link(report, INVITATION, by=user, at=now())

    assert ReportLink.objects.get().revoked_at


def test_a_name_with_line_breaks_gives_a_letter_and_no_headers(report, user, mailoutbox):
    report.agreement.name = "Ett avtal\nBcc: alla@example.org"
    report.agreement.save()

    send_link(FollowUpReport.objects.get(), INVITATION, by=user, at=now())

    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["forening@example.org"]


def test_what_is_written_is_saved_and_stays(partner, report):
    response = partner.post(page_of(report), answers(report), follow=True)

    assert "Det du har skrivit är sparat." in response.content.decode()
    assert 'value="3,5"' in response.content.decode()
    assert [row.value for row in report.values.all()] == [25, 3.5]
    assert (
        report.values.model.history.exclude(history_user=None).count() == 2
    )  # begun by the officer


def test_writing_on_is_saved_as_one_goes_and_says_what_cannot_be_read(partner, report):
    first, second = report.values.all()
    typed = answers(report, **{f"value-{first.pk}": "många"})

    response = partner.post(reverse("followups:handin_save", args=[report.pk]), typed)

    text = response.content.decode()
    assert "Sparat" in text
    assert "utom: Utfall (personer)" in text
    assert f'value="{report.edition + 1}"' in text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.value, str(second.value)) == (None, "3.5000")


def test_bad_figures_get_a_sentence_keep_what_was_typed_and_change_nothing(partner, report):
    first, _second = report.values.all()
    typed = answers(report, deviations="Ny text", **{f"value-{first.pk}": "många"})

    text = partner.post(page_of(report), typed).content.decode()

    assert "siffror" in text
    assert 'value="många"' in text
    assert FollowUpReport.objects.get().deviations == ""


def test_somebody_elses_save_is_not_overwritten(partner, report):
    stale = answers(report, page="annan")
    partner.post(page_of(report), answers(report))

    text = partner.post(page_of(report), {**stale, "deviations": "Gammalt"}).content.decode()

    assert "Någon annan har sparat" in text
    assert "Gammalt" in text
    assert FollowUpReport.objects.get().deviations == "Inga."


def test_handing_in_keeps_a_version_and_sends_a_receipt(partner, report, mailoutbox):
    response = partner.post(page_of(report), answers(report, step="submit", name="Eva Exempel"))

    assert response.status_code == 302
    done = FollowUpReport.objects.get()
    version = done.versions.get()
    assert (done.state, version.who) == (State.SUBMITTED, "Eva Exempel")
    assert {"25 personer", "Det gick bra."} <= {row["text"] for row in version.content}
    receipt = mailoutbox[-1]
    assert receipt.to == ["forening@example.org"]
    assert receipt.attachments[0].content.startswith(b"%PDF-")
    assert receipt.extra_headers["Message-ID"] == version.receipt.message_id
    assert version.receipt.sent_at
    page = partner.get(page_of(report)).content.decode()
    assert "Inlämnad" in page
    assert "<textarea" not in page
    again = partner.get(reverse("followups:handin_receipt", args=[report.pk]))
    assert again.content == receipt.attachments[0].content


def test_handing_in_twice_makes_one_version(partner, report):
    typed = answers(report, step="submit", name="Eva Exempel")
    partner.post(page_of(report), typed)

    response = partner.post(page_of(report), typed)

    assert "ändras inte förrän den återlämnas" in response.content.decode()
    assert FollowUpReport.objects.get().versions.count() == 1


def test_what_is_lacking_is_said_and_nothing_is_handed_in(partner, report):
    first, _second = report.values.all()
    lacking = answers(report, step="submit", name="Eva", **{f"value-{first.pk}": ""})
    nameless = answers(report, step="submit", name="")

    assert "skriv siffran" in partner.post(page_of(report), lacking).content.decode()
    nameless["edition"] = FollowUpReport.objects.get().edition
    assert "Skriv ditt namn" in partner.post(page_of(report), nameless).content.decode()
    assert FollowUpReport.objects.get().state == State.DRAFT


def test_a_file_is_added_fetched_as_a_download_and_taken_away(partner, report):
    file = SimpleUploadedFile("../Bilaga å.pdf", PDF, "text/html")
    partner.post(page_of(report), {**answers(report, step="add"), "file": file})

    kept = Attachment.objects.get()
    assert kept.name == "Bilaga å.pdf"
    assert re.fullmatch(r"followups/attachments/[0-9a-f]{32}\.pdf", kept.file.name)
    fetched = partner.get(reverse("followups:handin_file", args=[report.pk, kept.pk]))
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert (fetched["Content-Type"], fetched.content) == ("application/pdf", PDF)

    partner.post(page_of(report), answers(report, step=f"take-away-{kept.pk}"))

    assert (
        partner.get(reverse("followups:handin_file", args=[report.pk, kept.pk])).status_code == 404
    )


def test_a_disguised_file_gets_a_sentence_and_changes_nothing(partner, report):
    file = SimpleUploadedFile("rapport.pdf", b"<html><script>alert(1)</script>", "application/pdf")

    response = partner.post(page_of(report), {**answers(report, step="add"), "file": file})

    assert "inte den PDF-fil" in response.content.decode()
    assert not Attachment.objects.exists()
    assert FollowUpReport.objects.get().edition == report.edition


def test_another_reports_file_is_not_reached(partner, report):
    foreign = AttachmentFactory(report=report_on())

    response = partner.get(reverse("followups:handin_file", args=[report.pk, foreign.pk]))

    assert response.status_code == 404
    partner.post(page_of(report), answers(report, step=f"take-away-{foreign.pk}"))
    foreign.refresh_from_db()
    assert foreign.removed_at is None


def test_another_reports_rows_are_not_written(partner, report):
    foreign = report_on().values.first()

    partner.post(page_of(report), {**answers(report), f"value-{foreign.pk}": "999"})

    foreign.refresh_from_db()
    assert foreign.value is None


def test_the_partner_reaches_nothing_else(partner, report):
    for name in ("report_detail", "report_edit", "report_pdf", "report_approve"):
        response = partner.get(reverse(f"followups:{name}", args=[report.pk]))
        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))


def test_the_partners_pages_are_kept_by_nobody(partner, report, address):
    for path in (page_of(report), address):
        assert "no-store" in partner.get(path)["Cache-Control"]


def test_the_pages_follow_the_letters_language(client, report, user, mailoutbox):
    send_link(report, Invitation("a@example.org", "en", 14), by=user, at=now())
    path = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]

    opened = client.get(path).content.decode()
    client.post(path)

    assert "The report is due" in mailoutbox[-1].body
    assert "Open the report" in opened
    assert "Hand in the report" in client.get(page_of(report)).content.decode()


def test_a_post_without_the_token_of_the_page_is_refused(report, address):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address).status_code == 403
    assert ReportLink.objects.get().opened_at is None


def test_no_link_is_sent_to_what_is_handed_in(report, user, partner):
    partner.post(page_of(report), answers(report, step="submit", name="Eva"))

    with pytest.raises(FollowUpRefusedError):
        send_link(report, INVITATION, by=user, at=now())
    with pytest.raises(FollowUpRefusedError):
        submit_report(report, hand=Hand(user, now()))
