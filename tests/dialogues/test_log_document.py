"""The log of a dialogue on paper: what it says, as it was issued."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from dialogues.actions import close_dialogue
from dialogues.documents import dialogue_document, dialogue_pdf, history_of, partner_name
from dialogues.models import Dialogue, Participant
from dialogues.records import DialogueRecords, happenings
from partnerships.dates import ApproximateDate
from partnerships.records import all_records
from partnerships.together import ask
from tests.agreements.factories import AgreementFactory
from tests.dialogues.factories import DialogueFactory, MeetingFactory, ParticipantFactory
from tests.organisations.factories import PartnerFactory, PartnerNameFactory
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def dialogue(committee, officer):
    meeting = MeetingFactory(
        dialogue__committee=committee,
        dialogue__created_by=officer,
        dialogue__name="Läxhjälp i <Skäggetorp>",
        dialogue__need="Fler barn klarar *skolan*.",
        dialogue__initiative=Dialogue.Initiative.PARTNER,
        held_on=ApproximateDate.parse("våren 2022"),
        information="Kriterierna lästes upp.",
        alternatives="Bidrag från nämnden.",
    )
    ParticipantFactory(meeting=meeting, function="rektor")
    ParticipantFactory(meeting=meeting, side=Participant.Side.PARTNER, function="ordförande")
    return Dialogue.objects.with_log().get()


def closed(dialogue, officer, **facts):
    outcome = {"outcome": Dialogue.Outcome.ENDED, "reason": "Parterna fann **inget** gemensamt."}
    close_dialogue(dialogue, by=officer, at=AT, **(outcome | facts))
    return Dialogue.objects.with_log().get(pk=dialogue.pk)


def text_of(pdf):
    return " ".join(" ".join(structure.lines(pdf)).split())


def test_the_log_says_what_was_said_informed_and_offered_and_who_took_part(dialogue):
    text = text_of(dialogue_pdf(dialogue))

    for words in (
        "Läxhjälp i <Skäggetorp>",
        "Fler barn klarar skolan.",
        "Initiativ från Organisationen",
        "Möte våren 2022",
        "rektor (kommunen)",
        "ordförande (organisationen)",
        "Parterna talade om behovet.",
        "Kriterierna lästes upp.",
        "Bidrag från nämnden.",
        "Pågår",
    ):
        assert words in text, words
    assert "Utfall" not in text


def test_what_no_source_says_is_printed_as_not_known(committee):
    document = dialogue_document(DialogueFactory(committee=committee))

    facts = dict(document.sections[0].blocks[0].rows)
    assert facts["Initiativ från"] == facts["Började"] == "Inte känt"


def test_a_closed_log_ends_with_its_outcome_and_who_closed_it(dialogue, officer):
    text = text_of(dialogue_pdf(closed(dialogue, officer)))

    assert "Avslutad utan avtal" in text
    assert "Parterna fann inget gemensamt." in text
    assert f"Avslutad av {officer} 2026-03-01." in text
    assert "Pågår" not in text


def test_the_log_bears_the_name_of_its_day(committee):
    partner = PartnerFactory(name="Nya Namnet", named_from=ApproximateDate.parse("2024-07-01"))
    PartnerNameFactory(partner=partner, name="Gamla Namnet")
    before, after = (
        DialogueFactory(
            committee=committee, partner=partner, started_on=ApproximateDate.parse(text)
        )
        for text in ("2022", "2025")
    )

    assert (partner_name(before), partner_name(after)) == ("Gamla Namnet", "Nya Namnet")
    assert "Gamla Namnet" in text_of(dialogue_pdf(before))


def test_the_log_is_archival_and_accessible(dialogue, officer, tmp_path):
    still_open = dialogue_pdf(dialogue)
    issued = dialogue_pdf(closed(dialogue, officer))
    files = [tmp_path / "open.pdf", tmp_path / "closed.pdf"]
    for file, content in zip(files, (still_open, issued), strict=True):
        assert checks.problems(content) == []
        file.write_bytes(content)
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")

    assert verapdf.validate(files) == ""


def test_the_log_is_among_the_documents_of_record_as_it_was_issued(dialogue, officer):
    agreement = AgreementFactory(committee=dialogue.committee, partner=dialogue.partner)
    issued = closed(dialogue, officer, outcome=Dialogue.Outcome.AGREEMENT, agreement=agreement)

    record = next(row for row in all_records() if row.id == f"dialogue-{issued.pk}")

    content = DialogueRecords().render(str(issued.pk))
    assert (record.state, record.agreement) == ("closed", agreement.name)
    assert sha256(content).hexdigest() == issued.pdf_sha256


@pytest.mark.parametrize("key", ["", "0", "999999", "-1", "abc", "¹", "1; DROP TABLE"])
def test_a_key_that_is_no_log_gives_nothing(db, key):
    assert DialogueRecords().render(key) is None


def test_the_timeline_shows_the_dialogue_only_to_who_may_read_it(dialogue, officer, stranger):
    agreement = AgreementFactory(committee=dialogue.committee, partner=dialogue.partner)
    closed(
        dialogue,
        officer,
        outcome=Dialogue.Outcome.AGREEMENT,
        agreement=agreement,
        ended_on=ApproximateDate.parse("2023-02-01"),
    )

    (shown,) = ask(happenings(agreement, officer))

    assert (shown.label, shown.is_open) == (dialogue.name, False)
    assert str(shown.ends) == "2023-02-01"
    assert ask(happenings(agreement, stranger)) == []


def test_the_history_is_of_the_dialogue_and_every_entry(dialogue, officer):
    closed(dialogue, officer)

    subjects = {entry.subject.split(" ")[0] for entry in history_of(dialogue)}

    assert subjects == {"dialog", "möte", "deltagare"}
