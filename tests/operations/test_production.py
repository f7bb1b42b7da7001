"""What stands in deploy/ and docs/operations.md is true of the code, and nothing starts insecure."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse

from operations.middleware import ClientAddressMiddleware

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": "a-key-of-some-length-" + "0123456789" * 5,
    "ALLOWED_HOSTS": "portal.example.se",
}
STARTED = "import django; django.setup(); from django.conf import settings as s; print(s.{})"


def python(*arguments, **environment):
    told = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "partnerships.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=told | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "changed",
    [{"SECRET_KEY": ""}, {"SECRET_KEY": "short"}, {"ALLOWED_HOSTS": ""}],
    ids=["no key", "a short key", "no host"],
)
def test_the_portal_does_not_start_insecure(changed):
    done = python("-c", STARTED.format("DEBUG"), **(SAFE | changed))

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_static_files_have_their_fingerprint_in_their_name():
    done = python("-c", STARTED.format("STORAGES['staticfiles']['BACKEND']"), **SAFE)

    assert done.stdout.strip() == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_letters_are_encrypted_on_their_way_with_the_address_of_the_example():
    lines = (ROOT / "deploy/portal.env.example").read_text().splitlines()
    (address,) = (line.partition("=")[2] for line in lines if line.startswith("EMAIL_URL="))

    done = python("-c", STARTED.format("EMAIL_USE_TLS"), EMAIL_URL=address, **SAFE)

    assert done.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ({}, "partnerships.storage.WholeFileStorage"),
        ({"FILES_URL": "s3://portal/files?region=eu-north-1"}, "operations.s3.PrivateS3Storage"),
    ],
    ids=["the disk", "a bucket"],
)
def test_files_are_kept_where_the_environment_says(url, backend):
    done = python("-c", STARTED.format("STORAGES['default']['BACKEND']"), **SAFE, **url)

    assert done.stdout.strip() == backend


def test_logs_are_for_machines_outside_of_a_laptop():
    done = python("-c", STARTED.format("LOGGING['handlers']['stderr']['formatter']"), **SAFE)

    assert done.stdout.strip() == "json"


def test_an_address_may_name_several_database_servers_of_which_one_is_written_to():
    url = "postgresql://u:p%40ss@db1:5432,db2:5433/portal?target_session_attrs=read-write&connect_timeout=2"

    done = python("-c", STARTED.format("DATABASES['default']"), **SAFE, DATABASE_URL=url)

    found = ast.literal_eval(done.stdout)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db1,db2", "5432,5433", "portal")
    assert found["PASSWORD"] == "p@ss"
    assert found["OPTIONS"] == {"target_session_attrs": "read-write", "connect_timeout": 2}
    assert found["CONN_HEALTH_CHECKS"]


def test_gunicorn_takes_its_settings(tmp_path):
    command = ("-m", "gunicorn", "--check-config", "--config", "deploy/gunicorn.conf.py")
    files = {"STATIC_ROOT": str(tmp_path), "MEDIA_ROOT": str(tmp_path)}

    done = python(*command, "partnerships.wsgi", **SAFE, **files)

    assert done.returncode == 0, done.stderr


def test_every_setting_of_the_example_is_explained():
    example = (ROOT / "deploy" / "portal.env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))

    assert named
    assert named - explained == set()


def test_every_command_of_a_unit_is_one_of_ours():
    commands = {
        name
        for unit in (ROOT / "deploy").glob("*.service")
        for name in re.findall(r"manage\.py (\w+)", unit.read_text())
    }
    known = python("manage.py", "help", "--commands", DEBUG="on").stdout.split()

    assert commands == {"backup", "verify", "db_worker", "scheduled_work"}
    assert commands <= set(known)


@pytest.mark.parametrize(
    ("behind", "forwarded", "found"),
    [
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_a_proxys_word_says_from_where_a_request_comes(rf, settings, behind, forwarded, found):
    settings.BEHIND_PROXY = behind
    seen = []
    answer = ClientAddressMiddleware(lambda r: seen.append(r.META["REMOTE_ADDR"]) or HttpResponse())

    answer(rf.get("/", headers={"X-Forwarded-For": forwarded}))

    assert seen == [found]


def test_the_address_is_known_before_anything_is_counted_by_it():
    assert settings.MIDDLEWARE[0] == "operations.middleware.ClientAddressMiddleware"
