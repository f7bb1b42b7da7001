"""How a partnership begins, in a real browser: other criteria, a dialogue, an assessment, a project."""

from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Assessment, CriteriaSet
from dialogues.models import Dialogue
from organisations.models import LegalForm
from tests.pdf_checks import structure

pytestmark = pytest.mark.django_db(transaction=True)
CRITERIA = [
    "Initiativet kommer från civilsamhället",
    "Verksamheten är till nytta för många",
    "Parterna har ett gemensamt mål",
    "Båda parter bidrar",
    "Det finns ingen marknad",
    "Samverkan är långsiktig",
    "Kommunen styr inte i detalj",
]


def enter_criteria(page, portal):
    """Seven criteria that are met wholly or partly, and other legal forms, in the admin."""
    page.goto(portal + reverse("admin:assessments_criteriaset_add"))
    page.get_by_label("Namn:").first.fill("Överenskommelse om samverkan")
    page.get_by_label("Version:").fill("2026")
    page.get_by_label("Antagen av:").fill("kommunfullmäktige")
    page.get_by_label("Regel:").select_option("wholly_or_partly")
    page.get_by_label("Andra sätt att samverka:").fill("Föreningsbidrag\nLån av lokal")
    for index, text in enumerate(CRITERIA):
        expect(page.locator(f"#id_criteria-{index}-position")).to_have_value(str(index + 1))
        page.locator(f"#id_criteria-{index}-text").fill(text)
        page.locator(f"#id_criteria-{index}-short_name").fill(text[:30])
    for index, form in enumerate((LegalForm.ECONOMIC_ASSOCIATION, LegalForm.COMPANY)):
        page.locator("#eligible_forms-group .add-row a").click()
        page.locator(f"#id_eligible_forms-{index}-legal_form").select_option(form)
    page.locator("input[name=_save]").click()
    expect(page.get_by_text("Överenskommelse om samverkan, 2026").first).to_be_visible()


def start_dialogue(page):
    """The officer starts a dialogue from the overview and writes a meeting down."""
    page.get_by_role("link", name="Starta en dialog").click()
    page.get_by_label("Organisation eller projekt").fill("Coompanion Östergötland")
    page.get_by_label("Namn", exact=True).fill("Fler i arbete")
    page.get_by_label("Initiativ från").select_option("partner")
    page.get_by_label("Började", exact=True).fill("våren 2026")
    page.get_by_label("Nämnd", exact=True).select_option("arbetsmarknadsnämnden")
    page.get_by_role("button", name="Starta dialogen").click()
    page.get_by_role("link", name="Anteckna ett möte").click()
    page.get_by_label("Hölls").fill("2026-04-14")
    page.get_by_label("Vad som sades").fill("Parterna ser samma behov.")
    page.locator("#id_participants-0-side").select_option("partner")
    page.locator("#id_participants-0-function").fill("verksamhetsledare")
    page.get_by_role("button", name="Spara").last.click()
    expect(page.get_by_text("verksamhetsledare (organisationen)")).to_be_visible()


def confirm(page):
    """The assessment is confirmed, and the question answered that comes first."""
    page.get_by_role("link", name="Bekräfta i mitt namn").click()
    page.get_by_role("button", name="Bekräfta i mitt namn").click()


def test_another_municipalitys_criteria_are_entered_and_used(page, portal, sign_in, console):
    sign_in("admin")
    enter_criteria(page, portal)
    entered = CriteriaSet.objects.get(version="2026")
    assert entered.criteria.count() == len(CRITERIA)
    page.context.clear_cookies()

    sign_in("officer")
    start_dialogue(page)
    page.get_by_role("link", name="Bedöm", exact=True).click()
    page.get_by_label("Kriterieuppsättning").select_option(str(entered.pk))
    page.get_by_role("button", name="Börja").click()

    for index in range(len(CRITERIA)):
        row = page.locator(".judgement").nth(index)
        row.get_by_label("delvis uppfyllt" if index == 2 else "uppfyllt", exact=True).check()
        row.get_by_label("Motivering").fill("Så är det.")
    page.get_by_label("Vald samverkansform").select_option("iop")
    for name in ("denna form", "inte bidrag", "inte upphandling", "inte reserverad upphandling"):
        page.get_by_label(f"Varför {name}").fill("Behovet är gemensamt.")
    page.get_by_role("button", name="Spara").last.click()
    expect(page.get_by_text("Ett partnerskap bedöms vara möjligt.")).to_be_visible()
    confirm(page)

    expect(page.get_by_text("Bedömningen är bekräftad")).to_be_visible()
    assessment = Assessment.objects.get(criteria_set=entered)
    assert assessment.result == "possible"
    assert assessment.dialogue == Dialogue.objects.get(name="Fler i arbete")
    link = page.get_by_role("link", name="Öppna som PDF").get_attribute("href")
    pdf = page.request.get(portal + link).body()
    assert sha256(pdf).hexdigest() == assessment.pdf_sha256
    text = " ".join(structure.lines(pdf))
    assert len(pikepdf.open(BytesIO(pdf)).pages) >= 1
    for words in (*CRITERIA, "Överenskommelse om samverkan, kommunfullmäktige"):
        assert words in text, words
    assert "Delvis\u00a0uppfyllt" in text
    assert console == []


def test_partly_is_not_offered_where_every_criterion_must_be_met(page, portal, sign_in):
    sign_in("officer")
    page.goto(portal + reverse("assessments:assessment_create"))
    page.get_by_label("Organisation eller projekt").fill("Världens Mammor")
    page.get_by_label("Nämnd", exact=True).select_option("arbetsmarknadsnämnden")
    page.get_by_role("button", name="Börja").click()

    expect(page.get_by_text("Världens Mammor är ett projekt som ägs av KISAM.")).to_be_visible()
    assert page.get_by_label("uppfyllt", exact=True).count() == 11
    assert page.get_by_label("delvis uppfyllt", exact=True).count() == 0


def test_the_partner_box_offers_the_owner_for_its_projects_name(page, portal, sign_in, console):
    sign_in("officer")
    page.goto(portal + reverse("agreements:agreement_create"))
    page.get_by_label("Part", exact=True).press_sequentially("världens")

    offered = page.locator("#partner-options option")
    expect(offered.nth(1)).to_have_attribute("label", "KISAM, som äger Världens Mammor")
    assert offered.nth(1).get_attribute("value") == "KISAM"
    assert console == []


def test_the_partners_page_gathers_everything(page, portal, sign_in, console):
    sign_in("officer")
    page.get_by_role("link", name="Parter", exact=True).click()
    page.get_by_role("link", name="KISAM").click()

    expect(page.get_by_text("Om KISAM kan vara avtalspart i ett partnerskap")).to_be_visible()
    expect(page.get_by_role("heading", name="Dubbel finansiering")).to_be_visible()
    expect(page.get_by_text("Kommunen har ingen kontakt sparad här.")).to_be_visible()
    page.get_by_text("Tidslinjen som tabell").click()
    expect(page.get_by_role("link", name="IOP med Världens Mammor")).to_be_visible()
    assert console == []
