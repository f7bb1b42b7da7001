"""Whatever an earlier version held is still there after an upgrade, and its pages answer.

Each folder of dumps/ is a filled database of an earlier schema, made by tools/release_dump.py.
"""

import json
import lzma
from pathlib import Path

import pytest
from django.db import connection

from tests.upgrades.databases import Table, content, lost, new_database, opened, python, required

DUMPS = Path(__file__).parent / "dumps"
NAMES = sorted(path.name for path in DUMPS.iterdir())
RELEASES = sorted(name for name in NAMES if name[0].isdigit())
# What migrations since then take away or change on purpose.
ON_PURPOSE: dict[str, set[str]] = {}

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def dumped(request, tmp_path, files):
    """The database of the dump, as it was."""
    archive = tmp_path / "portal.tar"
    packed = DUMPS / request.param / f"{connection.vendor}.tar.xz"
    archive.write_bytes(lzma.decompress(packed.read_bytes()))
    with new_database(tmp_path) as url:
        python("manage.py", "restore", str(archive), url=url, files=files)
        yield url


@pytest.mark.parametrize("dumped", NAMES, indirect=True, ids=NAMES)
def test_everything_is_still_there_after_an_upgrade(dumped, files, request):
    before = content(dumped)

    python("manage.py", "migrate", "--verbosity", "0", url=dumped, files=files)

    after = content(dumped)
    name = request.node.callspec.id
    assert len(before["agreements_agreement"].rows) > 3
    assert lost(before, after) == ON_PURPOSE.get(name, set())
    if name in RELEASES[-1:]:  # old workers write on until they are replaced
        assert required(before, after) == set()
    python(
        "manage.py",
        "check",
        "--database",
        "default",
        "--fail-level",
        "WARNING",
        url=dumped,
        files=files,
    )
    python("manage.py", "verify", url=dumped, files=files)
    told = json.loads(python("-m", "tests.upgrades.pages", url=dumped, files=files))
    assert told["asked"] > 20
    assert told["silent"] == []


def test_what_was_lost_or_changed_is_seen():
    before = {
        "whole": Table({"id": True, "name": False}, {1: {"id": 1, "name": "a"}}),
        "holed": Table(
            {"id": True, "name": False}, {1: {"id": 1, "name": "a"}, 2: {"id": 2, "name": "b"}}
        ),
        "gone": Table({}),
    }
    after = {
        "whole": Table(
            {"id": True, "name": False, "more": True}, {1: {"id": 1, "name": "a", "more": 3}}
        ),
        "holed": Table({"id": True}, {1: {"id": 1}}),
    }

    assert lost(before, after) == {"gone is gone", "holed has lost rows", "holed.name is gone"}
    after["whole"].rows[1]["name"] = "b"
    assert "whole.name was changed" in lost(before, after)


def test_a_new_column_that_old_code_cannot_leave_out_is_seen(tmp_path):
    with new_database(tmp_path) as url, opened(url) as there, there.cursor() as cursor:
        cursor.execute("CREATE TABLE one (id integer PRIMARY KEY)")
        before = content(url)

        cursor.execute("DROP TABLE one")
        cursor.execute(
            "CREATE TABLE one (id integer PRIMARY KEY, free text, "
            "given text NOT NULL DEFAULT '', owed text NOT NULL)"
        )

        assert required(before, content(url)) == {"one.owed is required"}
