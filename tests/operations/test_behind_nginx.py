"""What deploy/ sets up works from end to end: nginx with TLS, gunicorn, and an officer at work."""

import hashlib
import http.client
import re
import stat
import subprocess
from contextlib import closing

import pytest
from django.conf.global_settings import PASSWORD_HASHERS
from django.urls import reverse

from tests.accounts.factories import PASSWORD, member_of
from tests.memos.factories import VersionFactory
from tests.operations.proxy import NGINX, Front, portal_behind_nginx

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NGINX.exists(), reason="nginx is not installed"),
]
SIGN_IN = "/account/sign-in/"


@pytest.fixture(scope="module")
def running(django_db_setup, tmp_path_factory):
    with portal_behind_nginx(tmp_path_factory.mktemp("portal")) as front:
        yield front


@pytest.fixture
def front(running, settings):
    """Both servers, with this test's database and files, and nobody signed in."""
    settings.MEDIA_ROOT = running.folder / "files"
    running.jar.clear()
    return running


@pytest.fixture
def version():
    return VersionFactory()


@pytest.fixture
def signed_in(front, version, settings):
    """The page that an officer is shown after signing in. The server takes no cheap hash."""
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    officer = member_of(version.memo.committee)
    return front.fetch(SIGN_IN, {"username": officer.email, "password": PASSWORD})


def test_nginx_takes_the_configuration_without_a_warning(tmp_path):
    command = Front(tmp_path).configure()

    told = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
    assert not re.search(r"\[(warn|emerg|alert)\]", told.stderr), told.stderr


def test_who_comes_without_tls_is_sent_to_it(front):
    with closing(http.client.HTTPConnection("127.0.0.1", front.http, timeout=10)) as asked:
        asked.request("GET", "/agreements/?q=1", headers={"Host": "localhost"})
        answer = asked.getresponse()

    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/agreements/?q=1")


def test_an_officer_signs_in_over_tls_and_carries_a_cookie_for_this_host_only(front, signed_in):
    session = next(cookie for cookie in front.jar if cookie.name == "__Host-session")

    assert (signed_in.status, signed_in.url.partition("/")[0]) == (200, "https:")
    assert "Test Testsson" in signed_in.text
    assert (session.secure, session.path, session.domain_specified) == (True, "/", False)
    assert signed_in.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert signed_in.headers["Content-Security-Policy"].count("default-src 'none'") == 1
    assert signed_in.headers["Server"] == "nginx"


def test_the_answer_and_the_log_carry_the_same_number_of_the_request(front, signed_in):
    number = signed_in.headers["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", number)
    assert f" {number}\n" in front.logs(after=f" {number}\n")
    assert f'"request": "{number}"' in (front.folder / "gunicorn.log").read_text()


def test_static_files_come_from_nginx_compressed_and_for_a_year(front):
    page = front.fetch(SIGN_IN)
    sheet = re.search(r"/static/portal\.[0-9a-f]{12}\.css", page.text)[0]

    answer = front.fetch(sheet, Accept_Encoding="gzip")

    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert sheet not in (front.folder / "gunicorn.log").read_text()


def test_whoever_runs_nginx_may_read_every_static_file(front):
    collected = [path for path in (front.folder / "static").rglob("*") if path.is_file()]

    closed = [path for path in collected if not path.stat().st_mode & stat.S_IROTH]

    assert len(collected) > 100
    assert closed == []


def test_an_issued_document_arrives_byte_for_byte(front, signed_in, version):
    answer = front.fetch(reverse("memos:memo_pdf", args=[version.memo.pk]))

    assert answer.status == 200
    assert hashlib.sha256(answer.content).hexdigest() == version.pdf_sha256
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("followups:handin_open", ["a-secret-of-a-report"]),
        ("worklist:calendar_feed", ["a-secret-of-a-calendar"]),
        ("accounts:password_reset_confirm", ["MQ", "a-secret-of-a-password"]),
    ],
)
def test_an_address_that_is_a_secret_reaches_no_log(front, name, arguments):
    address = reverse(name, args=arguments)

    answer = front.fetch(address)
    front.fetch("/static/portal.css", Referer=f"https://localhost{address}")
    front.fetch(SIGN_IN, Referer=f"https://localhost{address}")
    front.fetch(address, Content_Length="99999999")
    front.fetch(f"/healthz?{name}")  # whose line comes last

    logs = front.logs(after=f"/healthz?{name}")
    assert answer.status in {200, 404}
    assert f"/healthz?{name}" in logs
    assert arguments[-1] not in logs


def test_a_body_that_is_too_large_is_refused_in_plain_words_before_it_is_sent(front):
    answer = front.fetch("/verify/", Content_Length=str(53 * 1024 * 1024))

    assert answer.status == 413
    assert "Filen är för stor" in answer.text
    assert "too large" in answer.text


def test_what_the_client_claims_of_its_transport_does_not_count(front):
    answer = front.fetch(SIGN_IN, X_Forwarded_Proto="http")

    assert (answer.status, answer.url.partition("?")[0].endswith(SIGN_IN)) == (200, True)


def test_this_machine_may_ask_whether_the_portal_is_ready(front):
    answer = front.fetch("/readyz")

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


def test_while_the_portal_is_down_nginx_says_so_in_plain_words(front, tmp_path):
    with (front.folder / "web.sock.aside").open("w") as _aside:
        (front.folder / "web.sock").rename(front.folder / "web.sock.aside")
    try:
        answer = front.fetch(SIGN_IN)
    finally:
        (front.folder / "web.sock.aside").rename(front.folder / "web.sock")

    assert answer.status == 502
    assert "Portalen svarar inte just nu" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
