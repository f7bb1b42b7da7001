"""Anybody may ask whether the portal issued a file, and learns no more than that."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from memos.actions import correct_memo, submit_memo
from memos.models import Memo
from partnerships import uploads, views
from tests.memos.factories import AT, MemoFactory, VersionFactory

pytestmark = pytest.mark.django_db
TITLE = "Hemlig rubrik"


@pytest.fixture(autouse=True)
def _nobody_has_asked():
    cache.clear()


@pytest.fixture
def version(agreement, officer):
    memo = MemoFactory(agreement=agreement, created_by=officer, filled=True, title=TITLE)
    return VersionFactory(memo=memo)


def ask(client, content, name="memo.pdf", **extra):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(reverse("verify"), {"file": file}, **extra)


def test_whoever_holds_an_issued_file_learns_when_and_by_whom_and_no_more(client, version):
    page = ask(client, version.read_pdf()).content.decode()

    assert version.memo.municipality.name in page
    assert "2026-05-04" in page
    assert TITLE not in page
    assert version.memo.committee.name not in page
    assert version.get_absolute_url() not in page


def test_a_file_that_was_changed_by_one_byte_was_not_issued(client, version):
    response = ask(client, version.read_pdf() + b"\n")

    assert response.context["issued"] is None
    assert version.memo.municipality.name not in response.content.decode()


def test_a_draft_was_not_issued(client, agreement, officer):
    memo = MemoFactory(agreement=agreement, created_by=officer, filled=True)
    client.force_login(officer)
    draft = client.get(reverse("memos:memo_pdf", args=[memo.pk])).content

    assert ask(client, draft).context["issued"] is None


def test_a_replaced_version_says_so(client, agreement, officer):
    memo = MemoFactory(agreement=agreement, created_by=officer, filled=True)
    submit_memo(memo, by=officer, at=AT)
    correct_memo(memo, by=officer, at=AT, reason="fel")
    Memo.objects.filter(pk=memo.pk).update(title="Rättad titel")
    submit_memo(memo, by=officer, at=AT)
    first, second = memo.versions.all()

    old, new = (ask(client, each.read_pdf()).context["issued"] for each in (first, second))

    assert (old.number, old.latest, old.is_replaced) == (1, 2, True)
    assert (new.number, new.latest, new.is_replaced) == (2, 2, False)


def test_who_may_read_it_gets_the_way_there_and_nobody_else(client, version, reader, stranger):
    links = {}
    for person in (reader, stranger):
        client.force_login(person)
        links[person] = version.get_absolute_url() in (
            ask(client, version.read_pdf()).content.decode()
        )

    assert links == {reader: True, stranger: False}


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": "text"}])
def test_without_a_file_it_is_asked_for(client, data):
    assert client.post(reverse("verify"), data).status_code == 400


def test_an_empty_file_is_not_answered(client):
    assert ask(client, b"").status_code == 400


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "x" * 300, "a\x00b.pdf", "‮fdp.exe", "<b>.pdf"]
)
def test_a_hostile_name_does_nothing(client, version, name):
    response = ask(client, version.read_pdf(), name=name)

    assert response.status_code == 200
    assert name not in response.content.decode()


def test_the_file_is_never_written_anywhere(client, version, settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    content = b"%PDF" + bytes(6 * 1024 * 1024)

    response = ask(client, content)

    assert response.context["checksum"] == sha256(content).hexdigest()
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == kept
    assert not list(tmp_path.rglob("*.upload*"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(views, "LARGEST", 1000)

    assert ask(client, bytes(2000)).status_code == 413


def test_a_file_that_lies_about_its_length_is_stopped_on_the_way(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    handler = uploads.HashingHandler()
    handler.new_file("file", "x.pdf", "application/pdf", None)

    handler.receive_data_chunk(bytes(600), 0)

    with pytest.raises(uploads.StopUpload):
        handler.receive_data_chunk(bytes(600), 600)


def test_asking_too_often_from_one_address_is_stopped(client, version):
    for _time in range(views.AT_MOST):
        assert ask(client, b"x").status_code == 200

    assert ask(client, version.read_pdf()).status_code == 429
    assert ask(client, b"x", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_form_from_elsewhere_is_refused(version):
    client = Client(enforce_csrf_checks=True)

    assert ask(client, version.read_pdf()).status_code == 403


def test_the_pages_own_form_is_accepted(version):
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("verify")).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    file = BytesIO(version.read_pdf())
    file.name = "memo.pdf"

    response = client.post(reverse("verify"), {"file": file, "csrfmiddlewaretoken": token})

    assert response.context["issued"].number == 1
