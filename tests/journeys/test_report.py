"""From a figure of the sector report to its rows, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement
from report.models import Edition, PublicPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_goes_from_a_figure_to_its_rows_and_to_the_agreement(
    page, portal, sign_in, console
):
    sign_in("officer")
    page.get_by_role("link", name="Sektorsrapport").click()
    page.get_by_role("link", name="idéburen sektor 2024–2025").click()
    table = page.get_by_role("region", name="Bidrag per år")
    table.get_by_role("link", name="215 000 kr").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Utbetalt")
    rows = page.get_by_role("region", name="Utbetalt").get_by_role("row")
    expect(rows).to_have_count(7)
    expect(page.locator("main")).to_contain_text("215\u00a0000\u00a0kr")
    with page.expect_download() as download:
        page.get_by_role("link", name="exportera till Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Mötesplatsen (påhittat exempel)").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mötesplatsen")
    assert console == []


def test_an_officer_writes_a_figure_into_the_text_and_sees_it_printed(
    page, portal, sign_in, console
):
    sign_in("officer")
    edition = Edition.objects.get(year_from=2024)
    page.goto(portal + reverse("report:edition_edit", args=[edition.pk]))
    page.get_by_label("Sammanfattning", exact=True).fill("Det gick [[bidrag]] till *föreningar*.")
    preview = page.get_by_label("Förhandsvisning av Sammanfattning")
    expect(preview).to_contain_text("207\u00a0500\u00a0kr per år")
    page.get_by_role("button", name="Spara").last.click()

    expect(page.get_by_role("link", name="207\u00a0500\u00a0kr per år")).to_be_visible()
    page.get_by_role("button", name="Skriv ut som PDF").click()
    expect(page.get_by_role("link", name="Öppna som PDF")).to_be_visible()
    assert console == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_report_has_a_fault_or_overflows(page, portal, sign_in, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in("secretary")
    draft, noted = Edition.objects.get(year_from=2024), Edition.objects.get(year_from=2022)
    municipality = draft.series.municipality
    PublicPage.objects.create(municipality=municipality, slug="linkoping", is_on=True)
    assert Agreement.objects.exists()
    behind = reverse("report:figure_rows", args=[draft.pk])
    of_draft = ("detail", "edit", "freeze", "history")
    paths = [
        reverse("report:edition_list"),
        reverse("report:edition_create"),
        *(reverse(f"report:edition_{name}", args=[draft.pk]) for name in of_draft),
        noted.get_absolute_url(),
        reverse("report:figure_create", args=[draft.pk]),
        reverse("report:figure_edit", args=[draft.figures.first().pk]),
        reverse("report:focus_edit", args=[draft.pk]),
        *(
            f"{behind}?measure={measure}&first=2024&last=2025"
            for measure in ("paid", "in_force", "partners", "promised", "share", "met", "unmatched")
        ),
        reverse("report_open:agreement_list", args=["linkoping"]),
    ]
    faults = []
    for path in paths:
        page.goto(portal + path)
        page.wait_for_load_state("networkidle")
        faults += [f"{path}: {fault}" for fault in axe()]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{path}: wider than the screen")

    assert faults == []
