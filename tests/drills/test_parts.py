"""The parts of drills: a mail server, a disk that fills up, and two database servers."""

import os
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP

import psycopg2
import pytest
from django.conf import settings

from drills.disks import NoSmallDiskError, filled, small_disk
from drills.mail import MailServer
from drills.server import Server
from drills.standby import CATCHES_UP, Pair


def test_the_mail_server_takes_whole_letters_only():
    letter = EmailMessage()
    letter["Message-ID"], letter["From"], letter["To"] = (
        "<1@portal>",
        "a@example.org",
        "b@example.org",
    )
    letter.set_content("Hej.\n.\nEn punkt på en egen rad.")

    with MailServer() as server:
        with SMTP(*server.server_address) as sender:
            sender.send_message(letter)
        with closing(socket.create_connection(server.server_address)) as dying:
            dying.sendall(b"EHLO x\r\nDATA\r\nMessage-ID: <2@portal>\r\n")
        with SMTP(*server.server_address) as sender:
            sender.send_message(letter)

        assert server.taken == ["<1@portal>", "<1@portal>"]


def test_a_full_disk_takes_nothing_until_there_is_room_again():
    try:
        with small_disk(1) as disk:
            with filled(disk), pytest.raises(OSError, match="No space left"):
                (disk / "file").write_bytes(b"x")
            (disk / "file").write_bytes(b"x")
    except NoSmallDiskError as refused:
        pytest.skip(f"Nobody may mount a disk here: {refused}")

    assert not disk.exists()


@pytest.fixture
def pair():
    """A primary with an empty database, and a server that is nothing yet."""
    with ExitStack() as stack:
        directories = [
            stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-test-"))
            for _server in range(2)
        ]
        found = Pair(*(Server(directory, CATCHES_UP) for directory in directories))
        try:
            found.primary.make()
            yield found
        finally:
            found.primary.stop()
            found.standby.stop()


def connected(pair):
    """Whoever of the two can be written to, as the portal finds it."""
    hosts = ",".join(str(Path(directory)) for directory in pair.directories)
    user = pair.primary.cluster.superuser
    return closing(
        psycopg2.connect(host=hosts, user=user, dbname="portal", target_session_attrs="read-write")
    )


def test_a_synchronous_standby_has_everything_when_the_primary_dies(pair):
    pair.follow(is_synchronous=True)
    with connected(pair) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number int); INSERT INTO kept VALUES (1)")
    first = pair.primary

    pair.fail_over(frozen=0.1)

    assert not first.is_running
    with connected(pair) as connection, connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (2)")
        cursor.execute("SELECT number FROM kept ORDER BY number")
        assert cursor.fetchall() == [(1,), (2,)]


def test_a_restore_goes_to_the_server_that_may_be_written_to(pair, tmp_path):
    """The first that the address names is the standby by now."""
    pair.follow(is_synchronous=True)
    pair.fail_over(frozen=0)
    pair.follow(is_synchronous=True)
    with connected(pair) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number int); INSERT INTO kept VALUES (1)")
    code = (
        "from operations.databases import dump, load; import pathlib; p = pathlib.Path('{}'); {}(p)"
    )
    environment = os.environ | {
        "DATABASE_URL": pair.url, "DEBUG": "on", "DJANGO_SETTINGS_MODULE": "partnerships.settings",
    }  # fmt: skip

    for step in ("dump", "load"):
        told = code.format(tmp_path / "dump", step)
        subprocess.run(
            [sys.executable, "-c", told], cwd=settings.BASE_DIR, env=environment, check=True
        )

    with connected(pair) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kept")
        assert cursor.fetchall() == [(1,)]
