"""Templates in versions: what a memo is written with stays, and a draft may move on."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.permissions import Role
from memos.actions import (
    TemplateRefusedError,
    copy_template,
    move_to_template,
    template_changes,
)
from memos.documents import memo_document
from memos.models import Memo, MemoTemplate, TemplateSection
from partnerships.pdf import render_pdf
from tests.accounts.factories import member_of
from tests.memos.factories import MemoFactory, MemoTemplateFactory
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db
Content = TemplateSection.Content


@pytest.fixture
def admin(committee):
    return member_of(committee, Role.ADMIN)


@pytest.fixture
def template(committee):
    return MemoTemplateFactory(
        municipality=committee.municipality,
        sections=(
            ("Förslag till beslut", Content.PROPOSAL, True),
            ("Ärende", Content.TEXT, False),
            ("Bakgrund", Content.TEXT, False),
        ),
    )


@pytest.fixture
def memo(agreement, officer, template):
    memo = MemoFactory(agreement=agreement, template=template, created_by=officer)
    memo.proposal_points.create(text="Nämnden noterar informationen.")
    memo.sections.create(template_section=section(template, "Bakgrund"), text="Så började det.")
    return memo


def section(template, heading):
    return template.sections.get(heading=heading)


def fresh(memo):
    return Memo.objects.with_parts().get(pk=memo.pk)


def headings(memo):
    return [part.heading for part in memo_document(fresh(memo)).printed_sections]


@pytest.fixture
def newer(template, memo, admin):
    """The next version, with its sections the other way round, and offered."""
    copy = copy_template(template, by=admin)
    for position, heading in enumerate(("Bakgrund", "Ärende", "Förslag till beslut"), start=11):
        copy.sections.filter(heading=heading).update(position=position)
    copy.numbering, copy.is_offered = MemoTemplate.Numbering.ATT_CLAUSES, True
    copy.save()
    return copy


def test_a_copy_is_the_next_version_with_the_same_sections(template, admin):
    copy = copy_template(template, by=admin)

    assert (copy.version, copy.is_offered, str(copy)) == (
        2,
        False,
        f"{template.name}, version 2",
    )
    assert list(copy.sections.values_list("heading", "content", "is_required")) == list(
        template.sections.values_list("heading", "content", "is_required")
    )
    assert copy_template(template, by=admin).version == 3
    assert copy.history.get().history_user == admin


@pytest.mark.parametrize(
    "change",
    [
        lambda template: MemoTemplate.objects.filter(pk=template.pk).update(numbering="att"),
        lambda template: template.sections.update(heading="En annan"),
        lambda template: template.sections.filter(heading="Ärende").delete(),
        lambda template: template.sections.create(position=9, heading="Ny"),
    ],
    ids=["its numbering", "a heading", "a section less", "a section more"],
)
def test_the_database_refuses_to_change_a_template_in_use(template, memo, change):
    with pytest.raises(DatabaseError, match="in use is not changed"), transaction.atomic():
        change(template)

    assert fresh(memo).template.sections.count() == 3


def test_whether_it_is_offered_may_still_be_said(template, memo):
    MemoTemplate.objects.filter(pk=template.pk).update(is_offered=False)

    assert not MemoTemplate.objects.get(pk=template.pk).is_offered


def test_an_old_memo_prints_the_same_bytes_whatever_the_next_version_says(memo, newer):
    before = render_pdf(memo_document(fresh(memo)))
    newer.sections.update(heading="Omskriven")

    assert render_pdf(memo_document(fresh(memo))) == before


def test_a_draft_moves_to_the_newest_version_with_its_texts(memo, template, newer, officer):
    assert template.newest == newer
    number = memo.edit_number

    moved = move_to_template(memo, newer, by=officer)

    assert headings(moved) == ["Bakgrund", "Förslag till beslut"]
    assert moved.edit_number == number + 1
    text = moved.sections.get()
    assert (text.template_section.template, text.text) == (newer, "Så började det.")
    assert moved.history.first().history_user == officer


def test_a_text_without_a_place_keeps_the_draft_where_it_is(memo, template, newer, officer):
    newer.sections.filter(heading="Bakgrund").delete()

    with pytest.raises(TemplateRefusedError, match="Bakgrund"):
        move_to_template(memo, newer, by=officer)

    assert fresh(memo).template == template
    assert fresh(memo).sections.get().text == "Så började det."


def test_only_another_version_of_the_same_template_is_taken(memo, template, officer):
    other = MemoTemplateFactory(municipality=template.municipality)

    with pytest.raises(TemplateRefusedError):
        move_to_template(memo, other, by=officer)


def test_what_changes_is_told(template, newer):
    newer.sections.create(position=20, heading="Barnkonsekvenser")

    told = " ".join(template_changes(template, newer))

    assert "”Barnkonsekvenser” är nytt" in told
    assert "annan ordning" in told
    assert "att" in told


def test_the_page_offers_the_newer_version_and_moves(client, memo, newer, officer):
    client.force_login(officer)
    there = reverse("memos:memo_template", args=[memo.pk])
    assert there in client.get(memo.get_absolute_url()).content.decode()

    client.post(there)

    assert fresh(memo).template == newer
    assert there not in client.get(memo.get_absolute_url()).content.decode()


def test_a_memo_that_another_writes_on_meanwhile_loses_nothing(client, memo, newer, officer):
    client.force_login(officer)
    edit = reverse("memos:memo_edit", args=[memo.pk])
    form = client.get(edit).context
    move_to_template(memo, newer, by=officer)

    sent = {"title": memo.title, "edit_number": str(memo.edit_number), "reason": ""}
    client.post(edit, sent | {"opened_on": str(memo.edit_number)})

    assert form
    assert fresh(memo).sections.get().text == "Så började det."


class TestPreview:
    def url(self, template):
        return reverse("admin:memos_memotemplate_preview", args=[template.pk])

    def sent(self, client, template, **changes):
        page = client.get(reverse("admin:memos_memotemplate_change", args=[template.pk]))
        sheets = [page.context["adminform"].form]
        sheets += [inline.formset for inline in page.context["inline_admin_formsets"]]
        data = {}
        for sheet in sheets:
            for form in getattr(sheet, "forms", [sheet]):
                data |= {field.html_name: field.value() for field in form}
            if hasattr(sheet, "management_form"):
                data |= {field.html_name: field.value() for field in sheet.management_form}
        return {name: "" if value is None else value for name, value in (data | changes).items()}

    def test_it_shows_what_the_form_says_and_keeps_nothing(self, client, admin, template):
        client.force_login(admin)
        data = self.sent(client, template, document_name="Förslag till nämnden")
        data["sections-1-heading"] = "Helt ny rubrik"

        page = client.post(self.url(template), data).content.decode()

        assert "Helt ny rubrik" in page
        assert not Memo.objects.exists()
        template.refresh_from_db()
        assert template.document_name != "Förslag till nämnden"
        assert not template.sections.filter(heading="Helt ny rubrik").exists()

    def test_what_is_wrong_is_told_beside_its_field(self, client, admin, template):
        client.force_login(admin)
        data = self.sent(client, template, total_label="{okänd}")

        page = client.post(self.url(template), data).content.decode()

        assert "{party}" in page
        assert "paper" not in page

    def test_a_template_in_use_is_shown_as_it_is(self, client, admin, template, memo):
        client.force_login(admin)

        page = client.post(self.url(template), {}).content.decode()

        assert "Bakgrund" in page

    def test_only_the_own_administrator_sees_it(self, client, officer, template):
        another = member_of(CommitteeFactory(), Role.ADMIN)
        for person, status in ((officer, 403), (another, 404)):
            client.force_login(person)
            assert client.get(self.url(template), follow=True).status_code == status

    def test_only_its_own_page_may_frame_it(self, client, admin, template):
        client.force_login(admin)

        answer = client.get(self.url(template))

        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_a_template_in_use_is_read_only_in_the_admin_and_is_copied(client, admin, template, memo):
    client.force_login(admin)
    page = client.get(reverse("admin:memos_memotemplate_change", args=[template.pk]))
    assert 'name="numbering"' not in page.content.decode()
    assert 'name="is_offered"' in page.content.decode()

    chosen = {"action": "copy_to_next_version", "_selected_action": [template.pk]}
    client.post(reverse("admin:memos_memotemplate_changelist"), chosen)

    assert template.municipality.memo_templates.filter(version=2).exists()
