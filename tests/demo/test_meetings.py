"""Kommunstyrelsen 2024-05-21 § 149: the extract is its source, line by line, and so are the minutes."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import translation

from meetings.checks import item_remarks
from meetings.models import AgendaItem, Extract, Minutes
from tests.demo.kept import load_demo
from tests.pdf_checks import checks, structure, verapdf
from tests.pdf_checks.sight import page_texts, squeezed

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parent / "sources" / "ks_2024_149.txt"
HEADING = ("Kommunstyrelsen", "2024-05-21")
SIGNATURES = ("Ordförandens signatur", "Justerarens signatur", "Justerarens signatur")


@pytest.fixture
def item(db):
    load_demo()
    return AgendaItem.objects.with_everything().get(number=149, year=2024)


def source_lines():
    """The lines of the source, without what stands at the head and foot of each page."""
    lines = [line.strip() for line in SOURCE.read_text().splitlines()]
    signed = re.compile(r"(Ordförandens signatur.*|[-\t]+)")
    return [line for line in lines if line and line not in HEADING and not signed.fullmatch(line)]


def read_aloud(content):
    """What is read aloud, from the title on."""
    lines = structure.lines(content)
    return lines[next(n for n, line in enumerate(lines) if line.startswith("§ 149")) :]


def test_the_extract_is_its_source_line_by_line(item):
    assert [squeezed(line) for line in read_aloud(item.extract.read_pdf())] == [
        squeezed(line) for line in source_lines()
    ]


def test_every_page_has_who_met_when_and_the_lines_to_sign_on(item):
    for issued in (item.extract, item.minutes):
        pages = page_texts(issued.read_pdf())

        assert len(pages) >= 2
        for page in pages:
            assert all(page.count(line) >= 1 for line in HEADING)
            assert page.count("Ordförandens signatur") == 1
            assert page.count("Justerarens signatur") == 2


def test_the_minutes_print_the_same_text_as_the_extract(item):
    minutes = "".join(squeezed(line) for line in structure.lines(item.minutes.read_pdf()))
    rest = minutes

    for line in source_lines():
        _before, found, rest = rest.partition(squeezed(line))
        assert found, line


def test_the_documents_of_the_meeting_are_archival_and_accessible(item, tmp_path):
    files = []
    issued = [item.extract, item.minutes, item.meeting.agendas.get()]
    for number, row in enumerate(issued):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(row.read_pdf())

    assert [checks.problems(path.read_bytes()) for path in files] == [[], [], []]
    if verapdf.is_available():
        assert verapdf.validate(files) == ""


def test_what_was_issued_has_its_checksum(item):
    for row in (*Extract.objects.all(), *Minutes.objects.all()):
        assert sha256(row.read_pdf()).hexdigest() == row.pdf_sha256


def test_the_difference_between_proposal_and_decision_is_flagged(item):
    with translation.override("en"):
        assert "1 proposal, 2 decision points." in item_remarks(item)


def test_the_note_is_no_reservation_and_the_memo_keeps_its_own_date(item):
    assert not item.reservations.exists()
    assert item.notes.get().text.count("\n\n") == 2
    assert item.memo_version.content["dated_on"] == "2024-05-14"
    assert str(item.minutes.notice.last_day_of_appeal) == "2024-06-24"
