"""An officer asks about a day, fills in what was unknown, extends, and settles a flag."""

import re

from playwright.sync_api import expect

from agreements.models import Agreement


def test_who_paid_on_a_day_and_with_what_the_portal_knew(page, sign_in, portal, console):
    sign_in("officer")
    page.get_by_role("link", name="Medlemskap i Coompanion Östergötland").first.click()
    page.get_by_label("Visa så som det var").fill("2016-10-15")
    page.keyboard.press("Enter")

    summary = page.locator(".summary-strip")
    expect(summary).to_contain_text("kommunledningsförvaltningen eller bildningsnämnden")
    expect(page.get_by_role("img", name="Tidslinje för")).to_be_visible()
    page.get_by_text("Tidslinjen som tabell").click()
    table = page.get_by_role("region", name="Tidslinjen som tabell")
    expect(table.get_by_role("row", name="bildningsnämnden").first).to_contain_text("hösten 2016")

    page.get_by_label("med det som var registrerat till och med").fill("2001-01-01")
    page.get_by_role("button", name="Visa dagen").click()
    expect(page.locator("main")).to_contain_text("Portalen hade inte avtalet 2001-01-01")
    assert console == []


def test_what_was_unknown_is_filled_in_and_gives_a_last_day(page, sign_in, portal):
    agreement = Agreement.objects.get(name="Medlemskap i Coompanion Östergötland")
    sign_in("officer")
    page.goto(portal + agreement.get_absolute_url())
    expect(page.locator("#validity")).to_contain_text("okänd – uppsägningstid saknas i källan")

    page.get_by_role("link", name="Ändra giltigheten").click()
    page.get_by_label("Uppsägningstid för kommunen").fill("6")
    page.get_by_role("button", name="Spara").click()

    expect(page.locator("#validity")).to_contain_text("2019-06-30")


def test_a_flag_is_settled_with_a_reason(page, sign_in, portal):
    agreement = Agreement.objects.get(name="Hoppfull framtid")
    sign_in("officer")
    page.goto(portal + agreement.get_absolute_url())
    page.get_by_role("link", name=re.compile("Uppföljningen saknar")).click()
    page.get_by_label("Den har retts ut").check()
    page.get_by_label("Skäl").fill("En uppföljningsplan finns nu.")
    page.get_by_role("button", name="Avgör").click()

    page.get_by_text("1 avgjord flagga").click()
    expect(page.locator("#flags")).to_contain_text("En uppföljningsplan finns nu.")
