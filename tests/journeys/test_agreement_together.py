"""Two officers on one agreement at the same time, each in a browser of their own."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.demo import DEMO_SIGN_INS
from accounts.permissions import Role
from agreements.models import Agreement
from tests.accounts.factories import PASSWORD, member_of

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def agreement(portal):
    return Agreement.objects.get(name="Hoppfull framtid")


@pytest.fixture
def edit_page(page, new_context, portal, agreement):
    """Sign in, each in a browser of their own, and open the agreement's form."""

    def of(email, password):
        own = new_context().new_page()
        own.goto(portal + reverse("accounts:sign_in"))
        own.get_by_label("E-postadress").fill(email)
        own.get_by_label("Lösenord").fill(password)
        own.get_by_role("button", name="Logga in").click()
        own.wait_for_url(portal + reverse("start"))
        own.goto(portal + reverse("agreements:agreement_edit", args=[agreement.pk]))
        return own

    return of


@pytest.fixture
def two(edit_page, agreement):
    """The demo's officer, and a colleague in the same committee."""
    municipality = agreement.committee.municipality.name
    person = next(
        one
        for one in DEMO_SIGN_INS
        if one.role == Role.OFFICER and one.municipality == municipality
    )
    colleague = member_of(
        agreement.committee, Role.OFFICER, first_name="Karin", last_name="Kollegasson"
    )
    return edit_page(person.email, person.password), edit_page(colleague.email, PASSWORD)


def save(page):
    page.get_by_role("button", name="Spara").last.click()
    page.wait_for_load_state()


def test_two_officers_change_one_agreement_and_none_is_overwritten_unseen(
    two, agreement, axe, tmp_path
):
    mine, theirs = two
    theirs.locator("[name=name]").fill("Hoppfull framtid för alla")
    theirs.locator("[name=diary_number]").fill("KS 2021-77")
    save(theirs)
    expect(theirs.locator("h1")).to_contain_text("Hoppfull framtid för alla")

    mine.locator("[name=name]").fill("En hoppfull framtid")
    save(mine)

    expect(mine.get_by_role("alert").first).to_contain_text("Karin Kollegasson ändrade det här")
    expect(mine.get_by_role("alert").first).to_contain_text("Hoppfull framtid för alla")
    expect(mine.get_by_role("status").first).to_contain_text("Diarienummer")
    expect(mine.locator("[name=name]")).to_have_value("En hoppfull framtid")
    expect(mine.locator("[name=diary_number]")).to_have_value("KS 2021-77")
    mine.screenshot(path=tmp_path / "wide.png", full_page=True)
    mine.set_viewport_size(NARROW)
    assert mine.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    mine.screenshot(path=tmp_path / "narrow.png", full_page=True)

    save(mine)

    agreement.refresh_from_db()
    assert (agreement.name, agreement.diary_number) == ("En hoppfull framtid", "KS 2021-77")
