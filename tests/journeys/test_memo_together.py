"""Two officers on one memo at the same time, each in a browser of their own; then its review."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.demo import DEMO_SIGN_INS
from accounts.permissions import Role
from memos.actions import correct_memo
from memos.models import Memo, MemoRules
from tests.accounts.factories import PASSWORD, member_of

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
PARAGRAPH = "\n\n"


@pytest.fixture
def memo(portal):
    """The submitted memo, opened for correction by its officer."""
    memo = Memo.objects.get(agreement__name="Hoppfull framtid")
    correct_memo(memo, by=memo.created_by, at=AT, reason="Fel datum i underlaget")
    return memo


@pytest.fixture
def opened(browser, browser_context_args, portal):
    """Open the portal in a browser of one's own."""
    contexts = []

    def as_person(email, password):
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        page = context.new_page()
        page.goto(portal + reverse("accounts:sign_in"))
        page.get_by_label("E-postadress").fill(email)
        page.get_by_label("Lösenord").fill(password)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(portal + reverse("start"))
        return page

    yield as_person
    for context in contexts:
        context.close()


@pytest.fixture
def two(opened, memo):
    """The demo's officer, and a colleague in the same committee."""
    person = next(one for one in DEMO_SIGN_INS if one.email == memo.created_by.email)
    colleague = member_of(memo.committee, Role.OFFICER, last_name="Kollegasson")
    return opened(person.email, person.password), opened(colleague.email, PASSWORD)


def save(page):
    page.get_by_role("button", name="Spara").last.click()
    page.wait_for_load_state()


def test_two_officers_write_at_once_and_lose_nothing(two, portal, memo):
    first, second = two
    for page in two:
        page.goto(portal + reverse("memos:memo_edit", args=[memo.pk]))
    background = second.get_by_label("Bakgrund", exact=True)
    equality = second.get_by_label("Jämställdhet", exact=True)
    background.fill("Deras inledning." + PARAGRAPH + background.input_value())
    equality.fill("Deras ord om jämställdhet.")
    save(second)
    expect(second.locator(".paper")).to_contain_text("Deras inledning.")

    background = first.get_by_label("Bakgrund", exact=True)
    background.fill(background.input_value() + PARAGRAPH + "Mitt slut.")
    first.get_by_label("Jämställdhet", exact=True).fill("Mina ord om jämställdhet.")
    save(first)
    main = first.locator("main")
    expect(main).to_contain_text("Kollegasson")
    expect(main.locator(".merge-part")).to_have_count(2)
    expect(main.locator(".merge-conflict ins").first).to_contain_text("Deras")
    expect(first.get_by_label("Jämställdhet", exact=True)).to_have_value(
        "Mina ord om jämställdhet."
    )
    assert (
        "Mitt slut."
        not in Memo.objects.get(pk=memo.pk).sections.get(template_section__heading="Bakgrund").text
    )

    save(first)
    expect(first.get_by_role("alert").first).to_be_visible()
    main.locator('.merge-conflict input[value="mine"]').check()
    save(first)

    paper = first.locator(".paper")
    for words in ("Deras inledning.", "Mitt slut.", "Mina ord om jämställdhet."):
        expect(paper).to_contain_text(words)
    expect(paper).not_to_contain_text("Deras ord om jämställdhet.")


def test_a_memo_goes_through_review_and_is_submitted_anew(two, portal, memo):
    MemoRules.objects.create(
        municipality=memo.committee.municipality, needs_review=True, four_eyes=True
    )
    writer, reviewer = two
    writer.goto(portal + memo.get_absolute_url())
    writer.get_by_role("button", name="Ask for a review").or_(
        writer.get_by_role("button", name="Begär granskning")
    ).click()

    reviewer.goto(portal + reverse("memos:memo_review", args=[memo.pk]))
    part = reviewer.locator(".review-part").nth(1)
    part.get_by_role("textbox").fill("Är punkten fullständig?")
    part.locator(".review-comments button").last.click()
    expect(reviewer.locator(".comment")).to_contain_text("Är punkten fullständig?")
    reviewer.locator(".comment button[formaction]").click()
    reviewer.locator('button[formaction$="/review/approve/"]').click()
    expect(reviewer.locator(".stage-current")).to_be_visible()

    writer.goto(portal + memo.get_absolute_url())
    writer.locator('form[action$="/submit/"] button').click()

    expect(writer.locator(".facts")).to_contain_text("Fel datum i underlaget")
    assert [version.number for version in memo.versions.all()] == [1, 2]
