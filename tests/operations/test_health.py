"""What a supervisor is told: ready or not, and which part is not."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils.timezone import now

from operations.archive import stored_names
from operations.health import LATE
from operations.models import ScheduledRun


def test_the_process_answers_without_asking_the_database(client):
    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_a_portal_whose_parts_work_is_ready_and_leaves_nothing_behind(client):
    call_command("scheduled_work", verbosity=0)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert set(answer.json().values()) == {"ok"}
    assert list(stored_names(default_storage)) == []


@pytest.mark.django_db
def test_a_portal_without_its_database_is_not_ready_and_gives_nothing_away(client, monkeypatch):
    def refused():
        raise DatabaseError("password=hemligt host=10.0.0.1")

    monkeypatch.setattr(connection, "cursor", refused)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["database"] == "fails: DatabaseError"
    assert b"hemligt" not in answer.content


@pytest.mark.django_db
def test_a_portal_that_waits_for_migrations_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert "migrations wait" in answer.json()["schema"]


@pytest.mark.django_db
def test_a_portal_that_cannot_store_files_is_not_ready(client, settings, tmp_path):
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("")
    settings.MEDIA_ROOT = in_the_way

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["files"].startswith("fails: ")


@pytest.mark.django_db
def test_scheduled_work_that_is_late_is_told_but_requests_are_still_taken(client):
    ScheduledRun.objects.create(pk=1, done_at=now() - 2 * LATE - timedelta(minutes=1))

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json()["scheduled work"].startswith("last ran ")
