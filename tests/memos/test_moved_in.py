"""What an earlier edition of the portal had submitted becomes version 1, byte for byte."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.memos.factories import AT, MemoFactory

BEFORE, AFTER = [("memos", "0002_interpellations")], [("memos", "0006_review")]


@pytest.fixture
def at_migration(transactional_db):
    """The apps as they were at a migration; the database is brought back afterwards."""

    def migrate(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield migrate
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_a_submitted_memo_moves_to_its_first_version_and_back(at_migration):
    memo = MemoFactory(filled=True)
    memo.recipients.create(function="Verksamhetschef", name="Stadsmissionen")
    name = default_storage.save("memos/old.pdf", ContentFile(b"%PDF as it was"))
    old = at_migration(BEFORE).get_model("memos", "Memo")
    issued = {"submitted_at": AT, "submitted_by_id": memo.created_by_id}
    old.objects.filter(pk=memo.pk).update(pdf=name, pdf_sha256="a" * 64, **issued)

    apps = at_migration(AFTER)
    version = apps.get_model("memos", "MemoVersion").objects.get()
    moved = apps.get_model("memos", "Memo").objects.get()

    assert moved.state == "submitted"
    assert (version.number, version.pdf.name, version.submitted_at) == (1, name, AT)
    assert version.content["points"] == ["Exempelnämnden noterar informationen."]
    assert version.content["recipients"] == [
        {"function": "Verksamhetschef", "name": "Stadsmissionen"}
    ]
    assert version.content["document"] is None

    back = at_migration(BEFORE).get_model("memos", "Memo").objects.get()
    assert (back.pdf.name, back.pdf_sha256, back.submitted_at) == (name, "a" * 64, AT)
