"""The steering group that a source tells of, and the invented one with its tasks."""

from datetime import date

import pytest

from agreements.models import Agreement
from partnerships.due import due
from partnerships.records import render
from partnerships.together import ask
from steering.models import GroupMeeting, GroupTask
from tests.demo.kept import load_demo
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(db):
    load_demo()


@pytest.fixture
def review():
    """What the memo of 2019 tells of the group's review."""
    return GroupMeeting.objects.with_notes().get(group__agreement__name="Hoppfull framtid")


def test_fourteen_participants_were_counted_at_two_places_in_september_2019(review):
    count = review.counts.get()

    assert str(review.held_on) == "september 2019"
    assert (review.held_earliest, review.held_latest) == (date(2019, 9, 1), date(2019, 9, 30))
    assert (count.amount, count.scope) == (14, "second hand-butiken och Von Dufva")
    assert count.open_words == "14 deltagare i arbetsträningsinsats"


def test_what_no_source_tells_of_the_group_is_not_invented(review):
    assert not review.group.roles.exists()
    assert not review.tasks.exists()
    assert "Tjänsteskrivelsen" in review.source


def test_the_notes_are_a_document_of_record(review, tmp_path):
    pdf = render(f"steering-{review.pk}")

    text = " ".join(structure.lines(pdf))
    assert "second hand-butiken och Von Dufva" in text
    assert checks.problems(pdf) == []
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")
    file = tmp_path / "notes.pdf"
    file.write_bytes(pdf)
    assert verapdf.validate([file]) == ""


def test_the_invented_groups_open_task_is_due_and_its_settled_ones_are_not():
    found = ask(due(Agreement.objects.all(), first=date(2026, 12, 1), last=date(2026, 12, 31)))

    tasks = [row for row in found if row.key.startswith("steering-task")]
    assert [row.on for row in tasks] == [date(2026, 12, 18)]
    assert sorted(GroupTask.objects.values_list("state", flat=True)) == ["done", "dropped", "open"]
