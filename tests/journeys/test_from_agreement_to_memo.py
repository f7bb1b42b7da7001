"""The officer's way from signing in to the memo's PDF, in a real browser."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement
from memos.models import Memo

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_reads_the_agreement_and_leaves_with_the_memo(page, sign_in, console):
    sign_in("officer")
    page.get_by_role("link", name="Hoppfull framtid", exact=True).first.click()

    expect(page.get_by_role("heading", name="Hoppfull framtid", level=1)).to_be_visible()
    text = page.locator("main").inner_text()
    for figure in (
        "1 100 000 kr",
        "980 500 kr",
        "52,9 %",
        "47,1 %",
        "649 500 kr",
        "450 000 kr",
        "+199 500 kr",
        "1,4433",
        "+81 000 kr",
        "2,35",
    ):
        assert figure in text.replace("\u00a0", " "), figure

    page.get_by_role(
        "link", name="Idéburet offentligt partnerskap, Linköpings Stadsmission"
    ).click()
    link = page.get_by_role("link", name="Öppna som PDF").get_attribute("href")
    pdf = page.request.get(page.url.split("/memos/")[0] + link)
    assert pdf.headers["content-type"] == "application/pdf"
    assert len(pikepdf.open(BytesIO(pdf.body())).pages) == 3
    assert console == []


def test_an_officer_registers_an_agreement_and_writes_a_memo_on_it(page, sign_in, console):
    sign_in("officer")
    page.get_by_role("link", name="Registrera ett avtal").click()
    page.get_by_label("Slag").select_option("grant")
    page.get_by_label("Namn").fill("Läxhjälp på biblioteket")
    page.get_by_label("Diarienummer").fill("KS2026-17")
    page.get_by_label("Part", exact=True).fill("Coompanion Östergötland")
    page.get_by_label("Nämnd", exact=True).select_option("arbetsmarknadsnämnden")
    page.get_by_role("button", name="Spara").last.click()

    page.get_by_label("Gäller från").fill("hösten 2026")
    page.get_by_label("Syfte").fill("Fler klarar skolan.")
    page.get_by_role("button", name="Lägg till ett bidrag").click()
    expect(page.get_by_label("Syfte")).to_have_value("Fler klarar skolan.")
    page.get_by_label("Slag").select_option("cash")
    page.get_by_label("Benämning").fill("Ledarstöd")
    page.get_by_label("Angivet belopp, kr").fill("75 000")
    page.get_by_role("button", name="Spara").last.click()

    expect(page.locator("main")).to_contain_text("75\u00a0000\u00a0kr")
    agreement = Agreement.objects.get(name="Läxhjälp på biblioteket")
    assert agreement.diary_number == "KS 2026-17"

    page.goto(
        page.url.split("/agreements/")[0]
        + reverse("memos:memo_create")
        + f"?agreement={agreement.pk}"
    )
    page.get_by_label("Mall").select_option(index=1)
    page.get_by_role("button", name="Börja skriva").click()
    box = page.get_by_label("Bakgrund", exact=True)
    box.fill("Det behövs **läxhjälp**.")
    expect(page.get_by_label("Förhandsvisning av Bakgrund").locator("strong")).to_have_text(
        "läxhjälp"
    )
    page.get_by_role("button", name="Spara").last.click()

    expect(page.locator(".paper")).to_contain_text("Det behövs läxhjälp.")
    expect(page.locator(".paper")).to_contain_text("Utkast")
    assert Memo.objects.filter(agreement=agreement).count() == 1
    assert console == []


def test_rows_are_added_and_saved_without_javascript(browser, portal, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(portal + reverse("accounts:sign_in"))
    page.get_by_label("E-postadress").fill("handlaggare@linkoping.example")
    page.get_by_label("Lösenord").fill("demo-samverkan-2026")
    page.get_by_role("button", name="Logga in").click()
    page.goto(portal + reverse("organisations:partner_create"))
    page.get_by_label("Namn", exact=True).fill("Föreningen Utan Skript")
    page.get_by_role("button", name="Lägg till ett namn").click()
    expect(page.get_by_label("Namn", exact=True).first).to_have_value("Föreningen Utan Skript")
    page.get_by_label("Juridisk form").select_option("foundation")
    page.get_by_label("Namn", exact=True).nth(1).fill("Gamla Utan Skript")
    page.get_by_label("Slag").select_option("former")
    page.get_by_role("button", name="Spara").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Föreningen Utan Skript")
    expect(page.locator("main")).to_contain_text("Gamla Utan Skript")
    context.close()


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Gäller från", "04/05/2019", "2019-05-04"),
        ("Angivet belopp, kr", "många kronor", "siffror"),
        ("Andel, %", "-20", "negativ"),
    ],
)
def test_bad_input_gets_a_clear_sentence_and_keeps_what_was_typed(
    page, sign_in, portal, label, typed, sentence
):
    sign_in("officer")
    agreement = Agreement.objects.get(name="Hoppfull framtid")
    page.goto(portal + agreement.get_absolute_url())
    page.get_by_role("button", name="Ny revision").click()
    if label != "Gäller från":
        page.get_by_label("Gäller från").fill("2020-01-01")
    page.get_by_label(label).last.fill(typed)
    page.get_by_role("button", name="Spara").last.click()

    expect(page.get_by_role("alert")).to_contain_text(re.compile(sentence))
    expect(page.get_by_label(label).last).to_have_value(typed)
    assert agreement.draft.in_force_from is None


def test_the_keyboard_alone_signs_in_and_opens_the_agreement(page, portal):
    page.goto(portal + reverse("accounts:sign_in"))
    page.get_by_label("E-postadress").focus()
    page.keyboard.type("handlaggare@linkoping.example")
    page.keyboard.press("Tab")
    page.keyboard.type("demo-samverkan-2026")
    page.keyboard.press("Enter")
    page.wait_for_url(portal + reverse("start"))
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Hoppfull framtid":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Hoppfull framtid")
