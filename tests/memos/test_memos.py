"""Writing, checking, submitting and fetching memos."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.permissions import Role
from memos.actions import (
    MemoFrozenError,
    MemoNotSubmittableError,
    discard_memo,
    save_memo,
    submit_memo,
)
from memos.checks import missing, remarks
from memos.documents import MUNICIPALITY_TABLE, PARTNER_TABLE, memo_document, memo_pdf
from memos.models import Memo
from partnerships.documents import AmountTable, Prose
from tests.accounts.factories import member_of
from tests.agreements.factories import CalculationPartFactory, ContributionFactory, RevisionFactory
from tests.memos.factories import MemoFactory, MemoTemplateFactory
from tests.officers import opened

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def fresh(memo):
    return Memo.objects.with_parts().get(pk=memo.pk)


@pytest.fixture
def memo(agreement, officer):
    """A complete draft on a draft revision with contributions of both parties."""
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision, label="Lokal", stated_amount=120_000)
    ContributionFactory(
        revision=revision, label="Volontärer", stated_amount=141_000, by_partner=True
    )
    return MemoFactory(agreement=agreement, revision=revision, created_by=officer, filled=True)


def economy(memo):
    return memo.template.sections.get(content="contributions")


def blocks_of(memo, heading):
    return next(
        section.blocks
        for section in memo_document(fresh(memo)).sections
        if section.heading == heading
    )


def test_the_document_prints_the_sections_in_the_templates_order(memo):
    headings = [section.heading for section in memo_document(fresh(memo)).printed_sections]

    assert headings == ["Förslag till beslut", "Ärende", "Ekonomi", ""]


def test_the_tables_come_from_the_revision_and_follow_it(memo):
    memo.revision.contributions.filter(label="Lokal").update(stated_amount=Decimal(130_000))

    municipality, _partner = blocks_of(memo, "Ekonomi")

    assert municipality.rows[0].amount == "130\u00a0000\u00a0kr"
    assert municipality.total == "130\u00a0000\u00a0kr"


def test_the_tables_stand_where_the_text_says(memo):
    memo.sections.create(
        template_section=economy(memo),
        text=f"Parten ger:\n\n{PARTNER_TABLE}\n\nKommunen ger:\n\n{MUNICIPALITY_TABLE}\n\nSlut.",
    )

    blocks = blocks_of(memo, "Ekonomi")

    assert [type(block) for block in blocks] == [Prose, AmountTable, Prose, AmountTable, Prose]
    assert blocks[1].rows[0].label == "Volontärer"


def test_tables_that_the_text_does_not_place_come_last(memo):
    memo.sections.create(template_section=economy(memo), text="Ekonomin är god.")

    assert [type(block) for block in blocks_of(memo, "Ekonomi")] == [
        Prose,
        AmountTable,
        AmountTable,
    ]


def test_what_is_missing_stops_a_memo_from_being_submitted(agreement, officer):
    memo = MemoFactory(agreement=agreement)

    with pytest.raises(MemoNotSubmittableError):
        submit_memo(memo, by=officer, at=AT)

    assert fresh(memo).is_draft
    assert len(missing(fresh(memo))) == 3


def test_remarks_name_deviations_and_missing_facts(memo):
    line = memo.revision.contributions.get(label="Volontärer")
    CalculationPartFactory(contribution=line, unit_price=25_000, share=Decimal("0.2"))

    found = [str(remark) for remark in remarks(fresh(memo), on=AT.date())]

    assert "Volontärer" in " ".join(found)
    assert any("indikator" in sentence for sentence in found)
    assert len(found) == 5


def test_submit_memo_keeps_the_pdf_with_its_checksum(memo, officer):
    submit_memo(memo, by=officer, at=AT)

    kept = fresh(memo).current_version
    assert kept.pdf_sha256 == sha256(kept.read_pdf()).hexdigest()
    assert (kept.number, kept.submitted_by, kept.submitted_at) == (1, officer, AT)


def test_a_submitted_memo_is_served_byte_for_byte_whatever_happens_to_its_rows(
    client, memo, officer
):
    submit_memo(memo, by=officer, at=AT)
    client.force_login(officer)
    before = client.get(reverse("memos:memo_pdf", args=[memo.pk])).content
    memo.revision.contributions.update(stated_amount=1)

    after = client.get(reverse("memos:memo_pdf", args=[memo.pk])).content

    assert before == after
    assert before.startswith(b"%PDF")


def test_a_submitted_memo_is_neither_changed_nor_discarded_nor_submitted_again(memo, officer):
    submit_memo(memo, by=officer, at=AT)

    with pytest.raises(MemoFrozenError):
        save_memo(fresh(memo), texts={}, lists=[], by=officer)
    with pytest.raises(MemoFrozenError):
        discard_memo(memo, by=officer)
    with pytest.raises(MemoFrozenError):
        submit_memo(memo, by=officer, at=AT)


def test_the_database_refuses_a_submitted_memo_without_version(memo):
    with pytest.raises(IntegrityError, match="has a version"), transaction.atomic():
        Memo.objects.filter(pk=memo.pk).update(state="submitted")


def test_only_a_draft_bears_the_mark(memo, officer):
    draft = memo_document(fresh(memo))
    submit_memo(memo, by=officer, at=AT)

    assert draft.draft_mark == "Utkast"
    assert memo_document(fresh(memo)).draft_mark == ""


def test_the_pdf_carries_the_contributions_as_data(memo):
    pdf = pikepdf.open(BytesIO(memo_pdf(fresh(memo))))

    data = json.loads(pdf.attachments["contributions.json"].get_file().read_bytes())

    assert [side["sum_of_stated_amounts"] for side in data["parties"]] == ["120000", "141000"]


def test_a_reader_sees_a_submitted_memo_and_no_draft(client, memo, officer, reader):
    client.force_login(reader)
    draft = client.get(reverse("memos:memo_detail", args=[memo.pk]))
    submit_memo(memo, by=officer, at=AT)

    submitted = client.get(reverse("memos:memo_detail", args=[memo.pk]))

    assert (draft.status_code, submitted.status_code) == (404, 200)


def test_a_secretary_reads_a_draft_and_does_not_write_it(client, memo, committee):
    client.force_login(member_of(committee, Role.SECRETARY))

    assert client.get(reverse("memos:memo_detail", args=[memo.pk])).status_code == 200
    assert client.get(reverse("memos:memo_edit", args=[memo.pk])).status_code == 403


def edit_data(memo, **changed):
    names = ("points", "bases", "consultations", "signatories", "recipients")
    data = {
        "edit_number": memo.edit_number,
        "title": memo.title,
        "revision": memo.revision_id or "",
        "diary_number": "",
        "dated_on": "",
    }
    data |= {f"{name}-{count}": "0" for name in names for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return data | changed


def test_memo_edit_saves_texts_and_lists_in_order(client, agreement, officer):
    memo = MemoFactory(agreement=agreement, created_by=officer)
    case = memo.template.sections.get(heading="Ärende")
    client.force_login(officer)

    client.post(
        reverse("memos:memo_edit", args=[memo.pk]),
        edit_data(
            memo,
            **{
                f"sections-{case.pk}": "Parterna *vill* fortsätta.",
                "points-TOTAL_FORMS": "2",
                "points-0-text": "Nämnden godkänner avtalet.",
                "points-1-text": "Nämnden noterar uppföljningen.",
            },
        ),
    )

    assert [point.text[:18] for point in fresh(memo).proposal_points.all()] == [
        "Nämnden godkänner ",
        "Nämnden noterar up",
    ]
    assert fresh(memo).sections.get().text == "Parterna *vill* fortsätta."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![bild](file:///etc/passwd)",
        "[länk](http://intern/)",
        "<style>@import url(http://ond.example/x.css)</style>",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_memo_edit_refuses_text_that_reaches_out_and_keeps_what_was_typed(
    client, agreement, officer, text
):
    memo = MemoFactory(agreement=agreement, created_by=officer)
    case = memo.template.sections.get(heading="Ärende")
    client.force_login(officer)

    response = client.post(
        reverse("memos:memo_edit", args=[memo.pk]), edit_data(memo, **{f"sections-{case.pk}": text})
    )

    assert response.context["sections"].errors
    assert response.context["sections"][str(case.pk)].value() == text
    assert not fresh(memo).sections.exists()


def test_text_that_came_in_another_way_is_harmless_in_page_and_pdf(client, memo, officer):
    memo.sections.filter(template_section__heading="Ärende").update(
        text='<script>x()</script><style>@import "http://ond.example/";</style>\n\n![b](file:///etc/passwd)'
    )
    client.force_login(officer)

    page = client.get(reverse("memos:memo_detail", args=[memo.pk])).content.decode()
    pdf = memo_pdf(fresh(memo))

    assert "x()" not in page
    assert "@import" not in page
    assert "file:" not in page
    assert b"/etc/passwd" not in pdf


def test_the_preview_shows_a_section_and_saves_nothing(client, memo, officer):
    client.force_login(officer)
    section = economy(memo)

    response = client.post(
        reverse("memos:memo_preview", args=[memo.pk, section.pk]),
        {f"sections-{section.pk}": f"**Fet** text\n\n{MUNICIPALITY_TABLE}"},
    )

    page = response.content.decode()
    assert "<strong>Fet</strong>" in page
    assert "120\u00a0000\u00a0kr" in page
    assert fresh(memo).sections.filter(template_section=section).count() == 0


def test_a_memo_started_from_an_agreement_takes_its_facts(client, agreement, officer):
    revision = RevisionFactory(agreement=agreement, decided=True)
    template = MemoFactory(agreement=agreement).template
    client.force_login(officer)

    client.post(
        reverse("memos:memo_create"),
        {
            "agreement": agreement.pk,
            "title": "Nytt ärende",
            "committee": agreement.committee_id,
            "template": template.pk,
        },
    )

    memo = Memo.objects.get(title="Nytt ärende")
    assert (memo.revision, memo.created_by) == (revision, officer)


def test_a_new_memo_begins_with_the_only_committee_and_the_only_template(officer, committee):
    template = MemoTemplateFactory(municipality=committee.municipality)

    page = opened(officer, reverse("memos:memo_create"))

    assert page.fields["committee"] == [str(committee.pk)]
    assert page.fields["template"] == [str(template.pk)]


def test_a_memo_is_not_started_on_another_municipalitys_agreement(client, agreement, stranger):
    client.force_login(stranger)

    response = client.get(reverse("memos:memo_create"), {"agreement": agreement.pk})

    assert response.status_code == 404
