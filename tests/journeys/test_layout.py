"""What fits: facts and tables at a desk, and what is to be done on a phone."""

from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NARROWEST = 150
CUT_OFF = """() => [...document.querySelectorAll(".table-scroll")]
    .filter((frame) => frame.scrollWidth > frame.clientWidth)
    .map((frame) => frame.getAttribute("aria-label"))"""


def test_facts_and_tables_fit_at_a_desk(page, sign_in, portal):
    page.set_viewport_size(DESK)
    sign_in("officer")
    agreement = Agreement.objects.get(name="Medlemskap i Coompanion Östergötland")
    day = f"{agreement.get_absolute_url()}?on=2016-10-15"

    cut_off = {}
    for address in (reverse("start"), reverse("agreements:agreement_list"), "/payments/", day):
        page.goto(portal + address)
        cut_off[address] = page.evaluate(CUT_OFF)

    assert {address: labels for address, labels in cut_off.items() if labels} == {}
    facts = page.locator(".summary-strip > div")
    assert facts.count() == 7
    assert min(fact.bounding_box()["width"] for fact in facts.all()) >= NARROWEST


def test_what_is_to_be_done_is_read_on_a_phone_without_scrolling_sideways(page, sign_in, portal):
    page.set_viewport_size(PHONE)
    sign_in("officer")
    page.goto(portal + reverse("worklist:worklist"))

    row = page.get_by_role("region", name="Inom 30 dagar").get_by_role("row").nth(1)

    expect(row.get_by_role("rowheader")).to_have_count(1)
    for cell in row.get_by_role("cell").all():
        expect(cell).to_be_in_viewport(ratio=1)
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content.length") > 2
    assert page.evaluate(CUT_OFF) == []
