"""From a plan to an approved report: the officer at a desk, the partner on a phone."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from agreements.models import Agreement
from followups.actions import Invitation, make_link, open_report, send_link
from followups.models import FollowUpReport
from tests.journeys.conftest import AXE

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def faults(page):
    """What axe finds on the page, and whether the page is wider than the screen."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document)).violations")
    ids = [f"{page.url}: {fault['id']} {fault['nodes'][0]['target']}" for fault in found]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        ids.append(f"{page.url}: wider than the screen")
    return ids


def address_in(letter, portal):
    path = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    return portal + path


@pytest.fixture
def phone(browser, browser_context_args):
    """The partner's own browser."""
    context = browser.new_context(**browser_context_args, viewport=PHONE)
    page = context.new_page()
    page.complaints = []
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()


def write(page, label, text, number=0):
    page.get_by_label(label, exact=True).nth(number).fill(text)


class Desk:
    """The officer's and the partner's browsers, and the faults found on their pages."""

    def __init__(self, page, phone, portal):
        self.page, self.phone, self.portal, self.faults = page, phone, portal, []

    def look(self, page):
        self.faults += faults(page)

    def press(self, page, name):
        page.get_by_role("button", name=name, exact=True).last.click()

    def add_an_indicator(self):
        page = self.page
        page.get_by_role("link", name="Redigera planen").click()
        page.get_by_role("button", name="Lägg till en indikator").click()
        expect(page.get_by_role("group", name="Indikator 4")).to_be_visible()
        row = page.get_by_role("group", name="Indikator 4")
        row.get_by_label("Indikator", exact=True).fill("Öppna dagar")
        row.get_by_label("Enhet").fill("dagar")
        row.get_by_label("Åtagande").select_option(index=1)
        row.get_by_label("Målvärde").fill("200")
        self.press(page, "Spara")
        expect(page.get_by_role("row", name=re.compile("Öppna dagar"))).to_be_visible()
        self.look(page)

    def send_a_link(self):
        self.page.get_by_role("button", name="Påbörja rapporten").click()
        self.page.get_by_role("link", name="Skicka en länk till parten").click()
        self.look(self.page)
        self.page.get_by_label("Partens e-postadress").fill("lova@example.org")
        self.press(self.page, "Skicka länken")
        expect(self.page.get_by_role("status")).to_contain_text("lova@example.org")
        self.look(self.page)

    def open_the_letter(self):
        self.phone.goto(address_in(mail.outbox[-1], self.portal))
        self.look(self.phone)
        self.press(self.phone, "Öppna rapporten")
        expect(self.phone.get_by_role("heading", level=1)).to_contain_text("Ljusglimten")
        self.look(self.phone)

    def write_the_report(self):
        write(self.phone, "Utfall (personer)", "140", 0)
        expect(self.phone.locator("#saved")).to_contain_text("Sparat")
        write(self.phone, "Utfall (personer)", "16", 1)
        write(self.phone, "Kommentar", "Räknas inte än.", 2)
        write(self.phone, "Utfall (dagar)", "212", 1)
        write(self.phone, "Vad har ni gjort under perioden?", "Hållit öppet.")

    def is_told_what_is_missing(self):
        self.press(self.phone, "Lämna in rapporten")
        expect(self.phone.get_by_role("alert")).to_contain_text("Skriv ditt namn")
        written = self.phone.get_by_label("Vad har ni gjort under perioden?")
        expect(written).to_have_value("Hållit öppet.")
        self.look(self.phone)

    def hand_in(self, heading):
        write(self.phone, "Ditt namn", "Lova Lyktsdotter")
        self.press(self.phone, "Lämna in rapporten")
        expect(self.phone.get_by_role("heading", level=2).first).to_have_text(heading)
        self.look(self.phone)

    def return_it(self, reason):
        self.page.get_by_role("link", name="Återlämna för komplettering").click()
        self.page.get_by_label("Siffror").check()
        self.page.get_by_label("Vad som saknas eller är oklart").fill(reason)
        self.look(self.page)
        self.press(self.page, "Återlämna för komplettering")
        expect(self.page.locator("main")).to_contain_text(reason)

    def sees_in_a_chart(self, indicator, figure):
        chart = self.page.get_by_role("figure").filter(has_text=indicator)
        expect(chart.locator("svg")).to_contain_text(figure)
        self.look(self.page)

    def approve(self):
        self.page.get_by_role("link", name="Godkänn", exact=True).click()
        self.look(self.page)
        self.press(self.page, "Godkänn rapporten")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("godkänd")
        self.look(self.page)


def test_a_plan_becomes_an_approved_report(page, phone, portal, sign_in, console):
    sign_in("officer")
    agreement = Agreement.objects.get(name__startswith="Öppen mötesplats")
    desk = Desk(page, phone, portal)
    page.goto(portal + agreement.get_absolute_url())
    desk.add_an_indicator()
    desk.send_a_link()

    desk.open_the_letter()
    desk.write_the_report()
    report = FollowUpReport.objects.get(state="draft")
    assert report.values.first().value == 140
    desk.is_told_what_is_missing()
    write(phone, "Vad har förändrats för deltagarna?", "Fler kommer.")
    desk.hand_in("Inlämnad")
    assert mail.outbox[-1].attachments

    page.goto(portal + report.get_absolute_url())
    desk.return_it("Förklara antalet öppna dagar.")
    desk.open_the_letter()
    expect(phone.locator("main")).to_contain_text("Förklara antalet öppna dagar.")
    write(phone, "Kommentar", "Även lördagar i juni.", 3)
    desk.hand_in("Inlämnad igen")

    page.goto(portal + report.get_absolute_url())
    expect(page.locator("main")).to_contain_text("1 svar skiljer sig")
    expect(page.locator("#figures")).to_contain_text("ändrat")
    desk.look(page)
    desk.approve()
    page.goto(portal + reverse("followups:agreement_follow_up", args=[agreement.pk]))
    expect(page.get_by_role("row", name=re.compile("Öppna dagar"))).to_contain_text("uppfyllt")
    desk.sees_in_a_chart("Öppna dagar", "212")
    assert (desk.faults, console, phone.complaints) == ([], [], [])


def test_the_partner_writes_without_javascript(browser, browser_context_args, portal):
    agreement = Agreement.objects.get(name__startswith="Öppen mötesplats")
    context = browser.new_context(**browser_context_args, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    report = begin(agreement, agreement.officer)

    page.goto(address_in(mail.outbox[-1], portal))
    page.get_by_role("button", name="Öppna rapporten").click()
    write(page, "Utfall (personer)", "140", 0)
    page.get_by_role("button", name="Spara och fortsätt senare").click()

    expect(page.get_by_role("status").first).to_contain_text("sparat")
    expect(page.get_by_label("Utfall (personer)").first).to_have_value("140")
    assert report.values.first().value == 140
    page.goto(address_in(mail.outbox[-1], portal))
    page.get_by_role("button", name="Öppna rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Länken fungerar inte")
    context.close()


def begin(agreement, officer):
    """The report on 2026, with a link sent to the partner."""
    at = now()
    report = open_report(agreement, period_starts=date(2026, 1, 1), by=officer, at=at)
    letter = make_link(report, Invitation("lova@example.org", "sv", 30), by=officer, at=at)
    send_link(letter, by=officer, at=at)
    return report
