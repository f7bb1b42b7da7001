"""From a draft to the dispatched extract, in a real browser and three roles."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from accounts.permissions import Role
from meetings.models import AgendaItem, DispatchLetter, Meeting
from memos.models import Memo, MemoRules
from tests.pdf_checks import structure

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Idéburet offentligt partnerskap, Linköpings Stadsmission"
ADDED = "Rättat före sammanträdet."
NOTE = '"Vi ser fram emot nästa uppföljning."'


@dataclass
class Walk:
    """A user's way through the portal, in the words that stand in the code."""

    page: Page
    portal: str
    axe: Callable[[], list[str]]

    def open(self, path: str) -> None:
        self.page.goto(self.portal + path)
        self.page.wait_for_load_state("networkidle")

    def press(self, name, role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state("networkidle")

    def save(self) -> None:
        """Send the form, from a page without a fault that axe finds."""
        assert self.axe() == []
        self.page.get_by_role("button", name="Save", exact=True).last.click()
        self.page.wait_for_load_state("networkidle")

    def fill(self, **fields: str) -> None:
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)

    def sees(self, text: str) -> None:
        """The text, on a page without a fault that axe finds."""
        expect(self.page.locator("main")).to_contain_text(text)
        assert self.axe() == []


@pytest.fixture
def walk(page, portal, sign_in, axe):
    """Begin as somebody in a role.

    What the last page still fetches would bring back its cookies, so that page is left first.
    """

    def as_role(role):
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")
        page.context.clear_cookies()
        sign_in(role)
        page.context.add_cookies([{"name": "django_language", "value": "en", "url": portal}])
        return Walk(page, portal, axe)

    return as_role


def write_review_and_submit(walk: Callable[[str], Walk], memo: Memo) -> None:
    """An officer writes the memo anew, an administrator approves it, and the officer submits it."""
    MemoRules.objects.create(
        municipality=memo.committee.municipality, needs_review=True, four_eyes=True
    )
    officer = walk(Role.OFFICER)
    officer.open(reverse("memos:memo_correct", args=[memo.pk]))
    officer.page.get_by_role("textbox").first.fill("En mening saknades.")
    officer.press("Open the new version")
    matter = officer.page.get_by_label("Ärende", exact=True)
    matter.fill(f"{matter.input_value()}\n\n{ADDED}")
    officer.save()
    officer.open(memo.get_absolute_url())
    officer.press("Ask for a review")

    reviewer = walk(Role.ADMIN)
    reviewer.open(reverse("memos:memo_review", args=[memo.pk]))
    reviewer.page.locator('button[formaction$="/review/approve/"]').click()
    expect(reviewer.page.locator(".stage-current")).to_contain_text("Approved")

    officer = walk(Role.OFFICER)
    officer.open(memo.get_absolute_url())
    officer.page.locator('form[action$="/submit/"] button').click()
    expect(officer.page.locator(".stage-current")).to_contain_text("Submitted")


def plan_and_hold(walk: Walk, today: date) -> Meeting:
    """A meeting is planned, those of the last one are called to it, and it is held."""
    walk.press("Plan a meeting", "link")
    walk.page.get_by_label("Committee").select_option("arbetsmarknadsnämnden")
    walk.fill(Day=today.isoformat(), Begins_at="08:15", Place="Stadshuset")
    walk.press("Plan the meeting")
    walk.press(f"Put on the agenda – {TITLE}")
    walk.sees("Lay down the agenda")
    walk.press("Lay down the agenda")
    walk.press("Mark as held", "link")
    walk.sees("is marked as held")
    walk.press("Mark as held")
    walk.press("Time and people", "link")
    for row in ("People 2", "People 3"):
        walk.page.get_by_role("group", name=row).get_by_label("Adjusts the minutes").check()
    walk.save()
    return Meeting.objects.get(held_on=today)


def note(walk: Walk) -> None:
    """A member who was there wants something in the minutes."""
    walk.press(re.compile(TITLE), "link")
    walk.press("Motions, notes and dissent", "link")
    walk.press("Add a note")
    row = walk.page.get_by_role("group", name="Protocol notes 1")
    row.get_by_label("Member").select_option("Axel Annan")
    row.get_by_label("Text").fill(NOTE)
    walk.save()


def decide(walk: Walk, today: date) -> None:
    """One point as proposed and one more, on a condition, noted in the agreement."""
    walk.press("Record the decision", "link")
    points = walk.page.get_by_label("Point", exact=True)
    expect(points).to_have_value("Arbetsmarknadsnämnden noterar informationen.")
    walk.page.get_by_label("Outcome").select_option("noted")
    walk.press("Add a point")
    points.nth(1).fill("Informationen överlämnas till kommunstyrelsen.")
    walk.page.get_by_label("In the agreement").select_option("noted")
    walk.press("Add a condition")
    walk.fill(
        Condition="Utfallet redovisas för nämnden.",
        To_be_checked_on=(today + timedelta(days=90)).isoformat(),
    )
    assert walk.axe() == []
    walk.press("Record the decision")
    walk.sees("1 proposal, 2 decision points.")
    walk.sees("Axel Annan lämnar följande protokollsanteckning:")


def adjust_and_post(walk: Walk, meeting: Meeting, today: date) -> None:
    """The item gets its §; the minutes are adjusted and the notice is posted."""
    walk.open(reverse("meetings:meeting_number", args=[meeting.pk]))
    expect(walk.page.get_by_label(TITLE)).to_have_value("1")
    walk.page.get_by_label(TITLE).fill("57")
    walk.save()
    walk.press("Adjust", "link")
    walk.fill(Adjusted_on=today.isoformat())
    walk.press("They are adjusted")
    walk.press("Register the notice", "link")
    walk.fill(Posted_on=today.isoformat())
    walk.save()
    walk.sees("Last day of appeal")


def dispatch(walk: Walk, item: AgendaItem) -> None:
    """By e-mail to the first, on paper to the second; then the matter is closed."""
    walk.open(item.get_absolute_url())
    walk.press("Send the extract", "link")
    addresses = walk.page.get_by_label("E-mail addresses").first
    addresses.fill("verksamhetschef@stadsmissionen.example")
    walk.press("Send by e-mail")
    walk.page.get_by_role("button", name="Handed over on paper").last.click()
    expect(walk.page.get_by_text("not sent")).to_have_count(0)
    walk.sees("verksamhetschef@stadsmissionen.example")
    walk.press("Close the matter")


def test_a_draft_becomes_a_dispatched_extract_by_three_roles(walk, portal, console):
    today = localdate()
    write_review_and_submit(walk, Memo.objects.get(title=TITLE))
    way = walk(Role.SECRETARY)
    way.open(reverse("meetings:desk"))
    way.sees(TITLE)

    meeting = plan_and_hold(way, today)
    note(way)
    decide(way, today)
    adjust_and_post(way, meeting, today)
    dispatch(way, AgendaItem.objects.get(number=57))

    (message,) = mail.outbox
    ((_name, content, _kind),) = message.attachments
    item = AgendaItem.objects.with_everything().get(number=57)
    assert message.extra_headers["Message-ID"] == DispatchLetter.objects.get().message_id
    assert sha256(content).hexdigest() == item.extract.pdf_sha256
    printed = " ".join(structure.lines(content))
    assert ADDED in printed
    assert NOTE in printed
    assert Memo.objects.get(title=TITLE).state == Memo.State.CLOSED
    assert console == []


def test_an_officer_puts_a_memo_forward_and_the_secretary_sees_it(walk, portal, console):
    memo = Memo.objects.get(title=TITLE)
    way = walk("officer")
    way.open(memo.get_absolute_url())
    way.page.get_by_label("Meeting").select_option(index=1)
    way.press("Put forward to the meeting")
    way.sees("Wanted on Arbetsmarknadsnämnden")

    way = walk("secretary")
    way.open(reverse("meetings:desk"))

    way.sees("wanted on Arbetsmarknadsnämnden")
    assert memo.meeting_request.asked_by.email == "handlaggare@linkoping.example"
    assert console == []
