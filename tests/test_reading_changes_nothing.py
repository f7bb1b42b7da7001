"""Whoever looks at whatever page: nothing in the database, and no file, is another than before."""

import json

import pytest
from django.core import serializers
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from audit.tables import logged_models
from tests.addresses import ADMIN, OFFICER, READER, SECRETARY
from tests.hostile.inputs import Sent
from tests.hostile.places import ANONYMOUS, OPERATOR, everywhere
from tests.hostile.portal import Portal
from tests.hostile.world import whole_world
from tests.organisations.factories import CommitteeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOOKERS = (READER, OFFICER, SECRETARY, ADMIN, ANONYMOUS)
IN_THE_ADMIN = (ADMIN, OPERATOR, ANONYMOUS)
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "TRUNCATE")
# The preview of a template is that of an invented memo, which is made and taken back.
WRITES_AND_UNDOES = "admin:memos_memotemplate_preview"


def everything():
    """All rows of all tables that somebody writes in, by table."""
    return {
        model._meta.label: json.loads(
            serializers.serialize("json", model._default_manager.order_by("pk"))
        )
        for model in logged_models()
    }


def files(folder):
    return sorted(
        (str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    )


def test_looking_changes_nothing(settings):
    world = whole_world(CommitteeFactory())
    found = {place.url: place for place in everywhere(world)}
    portal = Portal(world)
    before = everything(), files(settings.MEDIA_ROOT)

    changes = []
    for url, place in found.items():
        for who in dict.fromkeys(
            (place.who, *(IN_THE_ADMIN if place.part == "admin" else LOOKERS))
        ):
            reset_queries()
            with CaptureQueriesContext(connection) as queries:
                answer = portal.looks(who, Sent("GET", url, "looked at"))
            assert answer.status_code < 500, url
            if place.name != WRITES_AND_UNDOES:
                changes += [f"{who} {url}: {sql}" for sql in changing(queries)]
            if answer.get("Content-Type") == "application/pdf":
                break  # the others get the same, slowly

    assert changes == []
    assert (everything(), files(settings.MEDIA_ROOT)) == before


def changing(queries):
    """The statements that are not only read."""
    told = [query["sql"].strip()[:200] for query in queries]
    return [sql for sql in told if sql.upper().startswith(CHANGES)]
