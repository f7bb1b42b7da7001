"""Files in an S3-compatible storage are kept, backed up and verified as those on the disk are.

The server is moto's, which speaks the protocol on a socket of the loopback.
"""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from accounts.permissions import Role
from operations.archive import stored_names
from operations.files import files_storage
from tests.accounts.factories import member_of
from tests.memos.factories import VersionFactory
from tests.operations.test_backup import all_files, all_rows, wipe

KEY = {"AWS_ACCESS_KEY_ID": "key-of-the-tests", "AWS_SECRET_ACCESS_KEY": "secret-of-the-tests"}
numbers = count(1)


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """An empty bucket with the portal's files under `files/` of it, as FILES_URL says it."""
    for name, value in KEY.items():
        monkeypatch.setenv(name, value)
    name = f"portal-{next(numbers)}"
    made = boto3.resource("s3", endpoint_url=server, region_name="eu-north-1").Bucket(name)
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    url = f"s3://{name}/files?endpoint_url={server}&region=eu-north-1"
    settings.STORAGES = settings.STORAGES | {"default": files_storage(url)}
    return made


def keys(bucket):
    return {found.key for found in bucket.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_everything_is_back_after_a_backup_a_wipe_and_a_restore(bucket, tmp_path):
    VersionFactory()
    default_storage.save("a folder/å.gz", ContentFile(bytes(range(256)) * 99))
    rows, files = all_rows(), all_files()
    call_command("backup", tmp_path / "backup.tar", verbosity=0)
    wipe()
    assert keys(bucket) == set()

    call_command("restore", tmp_path / "backup.tar", verbosity=0)

    assert (all_rows(), all_files()) == (rows, files)
    assert {f"files/{name}" for name in files} == keys(bucket)
    call_command("verify", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_backup_on_the_disk_is_restored_to_a_bucket(settings, server, tmp_path, request):
    VersionFactory()
    files = all_files()
    call_command("backup", tmp_path / "backup.tar", verbosity=0)

    bucket = request.getfixturevalue("bucket")
    call_command("restore", tmp_path / "backup.tar", replace=True, verbosity=0)

    assert all_files() == files != {}
    assert len(keys(bucket)) == len(files)


@pytest.mark.django_db
def test_an_issued_document_is_given_out_byte_for_byte_by_the_portal_alone(bucket, client):
    version = VersionFactory()
    client.force_login(member_of(version.memo.committee, Role.READER))

    answer = client.get(reverse("memos:memo_pdf", args=[version.memo.pk]))

    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == version.pdf_sha256
    assert "://" not in version.pdf.url
    assert client.get(version.pdf.url).status_code == 404


@pytest.mark.django_db
def test_what_was_changed_or_taken_away_in_the_bucket_is_found(bucket):
    changed, removed = VersionFactory(), VersionFactory()
    bucket.Object(f"files/{changed.pdf.name}").put(Body=b"something else")
    bucket.Object(f"files/{removed.pdf.name}").delete()
    found = io.StringIO()

    with pytest.raises(CommandError, match="2 findings"):
        call_command("verify", stdout=found)

    assert f"MemoVersion {changed.pk}, {changed.pdf.name}: the file is not" in found.getvalue()
    assert f"MemoVersion {removed.pk}, {removed.pdf.name}: the file is missing" in found.getvalue()


def test_nothing_is_written_over_even_by_two_at_once(bucket):
    contents = [f"number {number}".encode() for number in range(8)]

    with ThreadPoolExecutor(8) as writers:
        names = list(
            writers.map(lambda c: default_storage._save("one/name.pdf", ContentFile(c)), contents)
        )

    assert len(set(names)) == 8
    for name, content in zip(names, contents, strict=True):
        with default_storage.open(name) as file:
            assert file.read() == content


def test_an_object_is_private_and_no_invitation_to_show_or_unpack_it(bucket):
    default_storage.save("page.html.gz", ContentFile(b"<script>"))

    stored = bucket.Object("files/page.html.gz")

    assert (stored.content_type, stored.content_encoding) == ("application/octet-stream", None)
    grantees = [grant["Grantee"]["Type"] for grant in stored.Acl().grants]
    assert grantees == ["CanonicalUser"]


def test_more_files_than_one_answer_lists_are_all_found(bucket):
    for number in range(1001):
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket.name, f"files/many/{number}", b"")

    assert len(list(stored_names(default_storage))) == 1001


@pytest.mark.django_db
def test_a_portal_whose_bucket_works_is_ready_and_leaves_nothing_behind(bucket, client):
    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json()["files"] == "ok"
    assert keys(bucket) == set()


@pytest.mark.django_db
def test_a_portal_whose_bucket_is_gone_is_not_ready_and_gives_nothing_away(bucket, client):
    bucket.delete()

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["files"] == "fails: NoSuchBucket"
    assert bucket.name.encode() not in answer.content


@pytest.mark.parametrize(
    "url",
    [
        "https://storage.example.se/portal",
        "s3://",
        "s3://key:secret@portal",
        "s3://portal?endpoint=https://storage.example.se",
    ],
)
def test_an_address_of_files_that_is_not_understood_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured, match="FILES_URL is not understood") as refusal:
        files_storage(url)

    assert "secret" not in str(refusal.value)


def test_a_portal_without_what_a_bucket_needs_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("operations.files.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="Install it with"):
        files_storage("s3://portal")


def test_files_lie_on_the_disk_unless_told_otherwise():
    assert files_storage("")["BACKEND"].endswith("WholeFileStorage")
