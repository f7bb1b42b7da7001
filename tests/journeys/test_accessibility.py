"""Every page in light, dark and on a phone: no fault that axe finds, nothing wider than the screen."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.actions import amend
from agreements.models import Agreement
from assessments.actions import start_assessment
from assessments.models import Assessment
from dialogues.models import Dialogue
from followups.actions import open_report
from followups.models import FollowUpReport
from governance.models import ServiceTransfer
from meetings.actions import add_item
from meetings.models import AgendaItem, Meeting
from memos.models import Memo
from organisations.models import Partner
from steering.models import GroupMeeting
from tests.organisations.factories import ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

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
        "verify",
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
        reverse("memos:memo_review", args=[written.pk]),
        reverse("memos:memo_correct", args=[submitted.pk]),
        reverse("memos:memo_decide", args=[submitted.pk]),
        submitted.current_version.get_absolute_url(),
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


def follow_up_pages():
    agreement = Agreement.objects.get(name__startswith="Öppen mötesplats")
    bare = Agreement.objects.get(name="Hoppfull framtid")
    account = FollowUpReport.objects.get(state="received")
    approved = FollowUpReport.objects.approved().first()
    draft = open_report(
        agreement, period_starts=date(2026, 1, 1), by=agreement.officer, at=approved.created_at
    )
    one = ("report_detail", "report_edit", "link_send", "report_submit", "report_skip")
    return [
        *(
            reverse(f"followups:{name}", args=[agreement.pk])
            for name in ("agreement_follow_up", "plan_edit", "plan_history", "account_create")
        ),
        reverse("followups:agreement_follow_up", args=[bare.pk]),
        reverse("followups:plan_create", args=[bare.pk]),
        *(reverse(f"followups:{name}", args=[draft.pk]) for name in one),
        approved.get_absolute_url(),
        reverse("followups:version_detail", args=[approved.pk, 1]),
        account.get_absolute_url(),
        reverse("followups:account_edit", args=[account.pk]),
        reverse("followups:report_list"),
        *(reverse("followups:agreement_evaluation", args=[row.pk]) for row in (agreement, bare)),
    ]


def steering_pages():
    """A group with notes that are laid down and notes that are being written."""
    issued = GroupMeeting.objects.issued().filter(tasks__isnull=False).first()
    written = GroupMeeting.objects.get(issued_at__isnull=True)
    task, group = written.tasks.get(), issued.group
    return [
        reverse("steering:agreement_steering", args=[group.agreement_id]),
        reverse("steering:group_create", args=[group.agreement_id]),
        *(reverse(f"steering:group_{name}", args=[group.pk]) for name in OF_ONE),
        reverse("steering:meeting_create", args=[group.pk]),
        issued.get_absolute_url(),
        *(
            reverse(f"steering:meeting_{name}", args=[written.pk])
            for name in ("detail", "edit", "remove")
        ),
        reverse("steering:task_settle", args=[task.pk]),
        reverse("steering:task_hand_over", args=[task.pk]),
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


def meeting_pages():
    """What the secretary works with: a meeting to come with an item, and one that is adjusted."""
    past, to_come = Meeting.objects.get(state="adjusted"), Meeting.objects.get(state="planned")
    adjusted = past.items.get()
    item = AgendaItem(title="Information")
    add_item(to_come, item, agreements=[Agreement.objects.get(name="Hoppfull framtid")], by=None)
    Meeting.objects.filter(pk=to_come.pk).update(state="called")
    of_meeting = ("edit", "number", "adjust")
    of_item = ("item_edit", "item_proceedings", "item_decide", "vote_create")
    return [
        *(reverse(f"meetings:{name}") for name in ("desk", "meeting_list", "meeting_create")),
        past.get_absolute_url(),
        to_come.get_absolute_url(),
        *(reverse(f"meetings:meeting_{name}", args=[to_come.pk]) for name in of_meeting),
        reverse("meetings:item_create", args=[to_come.pk]),
        *(reverse(f"meetings:{name}", args=[item.pk]) for name in of_item),
        item.get_absolute_url(),
        adjusted.get_absolute_url(),
        reverse("meetings:dispatch", args=[adjusted.pk]),
        reverse("meetings:notice_edit", args=[adjusted.minutes_id]),
        reverse("meetings:agreement_decisions", args=[item.agreements.get().pk]),
        reverse("meetings:memo_handling", args=[adjusted.memo.pk]),
    ]


# Who looks, and at which pages.
PAGES = {
    "signed out": (None, signed_out_pages),
    "agreements and memos": (("officer",), signed_in_pages),
    "dialogues and assessments": (("officer",), beginning_pages),
    "follow-up": (("officer",), follow_up_pages),
    "steering": (("officer",), steering_pages),
    "meetings": (("secretary",), meeting_pages),
    "governance": (("officer", "Göteborgs Stad"), governance_pages),
}


@pytest.fixture
def look(page, portal, axe):
    """The faults of a page: whole in light, its colours in the dark, and whole on a phone."""

    def at(path):
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        page.goto(portal + path)
        page.wait_for_load_state("networkidle")
        faults = [*axe(), *too_wide()]
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {fault}" for fault in axe("color-contrast")]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        faults += [f"phone: {fault}" for fault in (*axe(), *too_wide())]
        return [f"{path}: {fault}" for fault in faults]

    def too_wide():
        wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return ["wider than the screen"] if wider else []

    return at


@pytest.mark.parametrize("which", PAGES)
def test_no_page_has_a_fault_or_overflows(portal, sign_in, look, which):
    person, pages = PAGES[which]
    if person:
        sign_in(*person)

    assert [fault for path in pages() for fault in look(path)] == []


def test_errors_in_a_form_have_no_fault_either(page, portal, sign_in, axe):
    sign_in("officer")
    page.goto(portal + reverse("agreements:agreement_create"))
    page.get_by_role("button", name="Spara").last.click()

    assert page.get_by_role("alert").count() == 1
    assert axe() == []
