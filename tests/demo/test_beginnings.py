"""How a partnership begins in the demo: true to the answer on Världens Mammor, word for word."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, CriteriaSet, Criterion, EligibleForm, Value
from dialogues.models import Dialogue
from organisations.models import Partner
from partnerships.records import all_records, render
from tests.demo.kept import load_demo
from tests.pdf_checks import structure, verapdf

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parent / "sources" / "varldens_mammor_svar.txt"


@pytest.fixture
def demo(db):
    load_demo()


@pytest.fixture
def officer(demo, client):
    user = User.objects.get(email="handlaggare@linkoping.example")
    client.force_login(user)
    return user


def squeezed(text):
    """The text without white space, list marks and the shape of its quotation marks."""
    plain = re.sub(r"^\d\. |^- ", "", text, flags=re.MULTILINE).replace("”", '"')
    return "".join(plain.split())


def squeezed_pdf(record_id):
    return squeezed(" ".join(structure.lines(render(record_id))))


def test_the_criteria_and_legal_forms_are_those_of_the_source_word_for_word(demo):
    source = squeezed(SOURCE.read_text(encoding="utf-8"))
    criteria = Criterion.objects.filter(part=Criterion.Part.PARTNERSHIP)

    assert [row.position for row in criteria] == list(range(1, 9))
    for row in [*criteria, *EligibleForm.objects.all()]:
        assert squeezed(row.text) in source, row.text


def test_the_log_and_the_judgement_are_in_the_words_of_the_source(demo):
    source = squeezed(SOURCE.read_text(encoding="utf-8"))
    meeting = Dialogue.objects.get().meetings.get()
    judged = Assessment.objects.get().criterion_assessments.get(value=Value.NOT_MET)

    for text in (meeting.alternatives, meeting.conclusion, judged.motivation):
        assert squeezed(text).rstrip(".").casefold() in source.casefold(), text


def test_what_the_source_does_not_say_is_not_known(demo):
    dialogue = Dialogue.objects.get()

    assert (dialogue.initiative, dialogue.started_on, dialogue.diary_number) == ("", None, "")
    assert dialogue.meetings.get().held_on is None
    assert dialogue.is_open


def test_the_assessment_says_what_was_and_was_not_assessed_and_what_else_is_open(officer, client):
    assessment = Assessment.objects.with_answers().get()
    values = {
        row.criterion.position: row.value
        for row in assessment.criterion_assessments.all()
        if row.criterion.part == Criterion.Part.PARTNERSHIP
    }

    page = squeezed(client.get(assessment.get_absolute_url()).content.decode())
    pdf = squeezed_pdf(f"assessment-{assessment.pk}")

    assert values == {8: Value.NOT_MET, **dict.fromkeys(range(1, 8), Value.NOT_ASSESSED)}
    assert assessment.result == "not_possible"
    for text in (
        "Ett partnerskap bedöms inte vara möjligt.",
        "Världens Mammor är ett projekt som ägs av KISAM.",
        "Om KISAM kan vara avtalspart är inte bedömt här.",
        "Kriterium 8 är inte uppfyllt",
        "Följande är inte bedömt och räknas varken som uppfyllt eller som inte uppfyllt",
        *assessment.criteria_set.alternative_lines,
    ):
        assert squeezed(text) in page, text
        assert squeezed(text) in pdf, text
    not_assessed = pdf.partition(squeezed("räknas varken som uppfyllt"))[2]
    for criterion in Criterion.objects.filter(part=Criterion.Part.PARTNERSHIP):
        text = squeezed(criterion.text)
        assert (text in not_assessed) is (criterion.position != 8), criterion


def test_the_project_is_found_and_refused_as_a_party(officer, client):
    committee = CriteriaSet.objects.get().municipality.committees.first()
    data = {
        "kind": "iop",
        "name": "IOP",
        "committee": committee.pk,
        "parties-TOTAL_FORMS": 1,
        "parties-INITIAL_FORMS": 0,
        "parties-0-partner": "Världens Mammor",
    }

    found = client.get(reverse("organisations:partner_list"), {"q": "världens mammor"})
    refused = client.post(reverse("agreements:agreement_create"), data).content.decode()

    assert list(found.context["page"].rows) == [Partner.objects.get(name="KISAM")]
    assert "Världens Mammor är ett projekt som ägs av KISAM och kan inte vara avtalspart" in refused


def test_the_documents_are_of_record_and_fit_for_the_archive(demo, tmp_path):
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")
    kinds = {"dialogue log", "assessment"}
    found = [record for record in all_records() if record.kind in kinds]
    files = [tmp_path / f"{record.id}.pdf" for record in found]
    for record, file in zip(found, files, strict=True):
        file.write_bytes(render(record.id))

    assert {record.state for record in found} == {"open", "confirmed"}
    assert verapdf.validate(files) == ""
