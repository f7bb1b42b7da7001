"""Every page in light, dark and on a phone: no fault that axe finds, nothing wider than the screen."""

import pytest
from django.urls import reverse

from agreements.actions import amend
from agreements.models import Agreement
from assessments.actions import start_assessment
from assessments.models import Assessment
from dialogues.models import Dialogue
from governance.models import ServiceTransfer
from memos.models import Memo
from organisations.models import Partner
from tests.organisations.factories import ContactFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = {
    "light": {"viewport": (1280, 900), "scheme": "light"},
    "dark": {"viewport": (1280, 900), "scheme": "dark"},
    "phone": {"viewport": (390, 844), "scheme": "light"},
}

OF_ONE = ("detail", "edit", "history")


def signed_out_pages():
    names = (
        "accounts:sign_in",
        "accounts:password_reset",
        "accounts:password_reset_done",
        "accounts:password_reset_complete",
        "accessibility",
    )
    return [reverse(name) for name in names]


def signed_in_pages():
    agreement = Agreement.objects.get(name="Hoppfull framtid")
    draft = amend(agreement, by=agreement.officer)
    membership = Agreement.objects.get(kind=Agreement.Kind.MEMBERSHIP)
    municipality = agreement.municipality
    chosen = {
        "from_committee": agreement.committee_id,
        "to_committee": municipality.committees.get(name="bildningsnämnden").pk,
        "first_day": "2020-01-01",
    }
    transfer = reverse("agreements:agreement_transfer", query=chosen)
    partner = Partner.objects.get(name="Coompanion Östergötland")
    written, submitted = Memo.objects.drafts().first(), Memo.objects.submitted().first()
    plain = (
        "start",
        "agreements:agreement_list",
        "agreements:agreement_create",
        "memos:memo_list",
        "memos:memo_create",
        "organisations:partner_list",
        "organisations:partner_create",
        "accounts:password_change",
        "accounts:password_change_done",
    )
    return [
        *(reverse(name) for name in plain),
        reverse("agreements:agreement_list") + "?q=finnsinte",
        agreement.get_absolute_url(),
        reverse("agreements:agreement_edit", args=[agreement.pk]),
        reverse("agreements:agreement_history", args=[agreement.pk]),
        agreement.get_absolute_url() + "?on=2019-04-20",
        reverse("agreements:agreement_validity", args=[agreement.pk]),
        reverse("agreements:agreement_extend", args=[agreement.pk]),
        reverse("agreements:termination_create", args=[membership.pk]),
        reverse("agreements:obligations_edit", args=[membership.pk]),
        reverse("agreements:responsibility_edit", args=[membership.pk]),
        reverse("agreements:particulars_edit", args=[membership.pk]),
        reverse("agreements:flag_create", args=[agreement.pk]),
        reverse("agreements:check_settle", args=[agreement.pk]) + "?code=diary_number",
        reverse("agreements:revision_compare", args=[agreement.pk]),
        membership.get_absolute_url() + "?on=2016-10-15",
        transfer,
        draft.get_absolute_url(),
        reverse("agreements:revision_edit", args=[draft.pk]),
        reverse("agreements:revision_decide", args=[draft.pk]),
        partner.get_absolute_url(),
        reverse("organisations:partner_edit", args=[partner.pk]),
        reverse("agreements:partner_agreements", args=[partner.pk]),
        reverse("memos:agreement_memos", args=[agreement.pk]),
        written.get_absolute_url(),
        submitted.get_absolute_url(),
        reverse("memos:memo_edit", args=[written.pk]),
        "/finns-inte/",
    ]


def beginning_pages():
    """Dialogues, assessments and what the register of partners has of them."""
    dialogue, confirmed = Dialogue.objects.get(), Assessment.objects.get()
    criteria_set, officer = confirmed.criteria_set, confirmed.created_by
    cooperative = Partner.objects.get(name="Coompanion Östergötland")
    draft = start_assessment(
        Assessment(
            committee=confirmed.committee,
            criteria_set=criteria_set,
            partner=cooperative,
            created_by=officer,
        ),
        by=officer,
    )
    contact = ContactFactory(municipality=officer.municipality, partner=dialogue.partner)
    meeting = dialogue.meetings.get()
    of_dialogue = ("detail", "edit", "close", "history")
    of_partner = ("organisations:partner_history", "organisations:partner_contacts")
    fragments = ("assessments:partner_overview", "assessments:partner_indicators")
    return [
        reverse("dialogues:dialogue_list"),
        reverse("dialogues:dialogue_create"),
        *(reverse(f"dialogues:dialogue_{name}", args=[dialogue.pk]) for name in of_dialogue),
        reverse("dialogues:meeting_create", args=[dialogue.pk]),
        reverse("dialogues:meeting_edit", args=[meeting.pk]),
        reverse("dialogues:meeting_remove", args=[meeting.pk]),
        reverse("assessments:assessment_list"),
        reverse("assessments:assessment_create", query={"dialogue": dialogue.pk}),
        *(
            reverse(f"assessments:assessment_{name}", args=[draft.pk])
            for name in ("detail", "edit", "history")
        ),
        confirmed.get_absolute_url(),
        reverse("assessments:dialogue_assessments", args=[dialogue.pk]),
        dialogue.partner.get_absolute_url(),
        reverse("organisations:partner_edit", args=[dialogue.partner_id]),
        *(reverse(name, args=[dialogue.partner_id]) for name in (*of_partner, *fragments)),
        *(
            reverse("assessments:partner_indicators", args=[partner.pk], query={"on": "2019-12-31"})
            for partner in (cooperative, Partner.objects.get(name="Linköpings Stadsmission"))
        ),
        reverse("organisations:contact_create", args=[dialogue.partner_id]),
        reverse("organisations:contact_edit", args=[contact.pk]),
        reverse("organisations:contact_erase", args=[contact.pk]),
    ]


def governance_pages():
    transfer = ServiceTransfer.objects.get(name="Kooperatörshuset")
    plan = transfer.activity.document
    plain = ("document_list", "document_create", "transfer_list", "transfer_create")
    return [
        *(reverse(f"governance:{name}") for name in plain),
        *(reverse(f"governance:document_{name}", args=[plan.pk]) for name in OF_ONE),
        *(reverse(f"governance:transfer_{name}", args=[transfer.pk]) for name in OF_ONE),
        plan.parent.get_absolute_url(),
    ]


@pytest.mark.parametrize("mode", MODES)
def test_no_page_has_a_fault_or_overflows(page, portal, sign_in, axe, mode):
    width, height = MODES[mode]["viewport"]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=MODES[mode]["scheme"])
    faults = []

    def look(path):
        page.goto(portal + path)
        page.wait_for_load_state("networkidle")
        faults.extend(f"{path}: {fault}" for fault in axe())
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{path}: wider than the screen")

    for path in signed_out_pages():
        look(path)
    sign_in("officer")
    for path in [*signed_in_pages(), *beginning_pages()]:
        look(path)
    page.context.clear_cookies()
    sign_in("officer", "Göteborgs Stad")
    for path in governance_pages():
        look(path)

    assert faults == []


def test_errors_in_a_form_have_no_fault_either(page, portal, sign_in, axe):
    sign_in("officer")
    page.goto(portal + reverse("agreements:agreement_create"))
    page.get_by_role("button", name="Spara").last.click()

    assert page.get_by_role("alert").count() == 1
    assert axe() == []
