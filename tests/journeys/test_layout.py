"""What fits: facts and tables at a desk."""

from django.urls import reverse

from agreements.models import Agreement

DESK = {"width": 1280, "height": 900}
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
