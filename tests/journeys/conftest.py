"""A real browser on a running portal with the demo's data."""

import os
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.demo import DEMO_SIGN_INS
from tests.demo.kept import load_demo

# Playwright keeps an event loop in the test's thread; Django's ORM is used beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js"
HERE = Path(__file__).parent
SIGN_INS = {f"{person.role}@{person.municipality}": person for person in DEMO_SIGN_INS}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Every journey is marked as running in a browser, whatever its file says."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "sv-SE", "accept_downloads": True}


@pytest.fixture
def portal(live_server, transactional_db, settings):
    """The address of a running portal that holds the demo."""
    settings.DEMO = True
    load_demo()
    return live_server.url


@pytest.fixture
def console(page):
    """What the browser complained of: errors and blocked content."""
    complaints = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def sign_in(page, portal):
    """Sign in as the demo's person in this role."""

    def as_role(role, municipality="Linköpings kommun"):
        person = SIGN_INS[f"{role}@{municipality}"]
        page.goto(portal + reverse("accounts:sign_in"))
        page.get_by_label("E-postadress").fill(person.email)
        page.get_by_label("Lösenord").fill(person.password)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(portal + reverse("start"))
        return person

    return as_role


@pytest.fixture
def axe(page):
    """The accessibility faults that axe finds on the page, by all its rules or those named."""

    def run(*rules):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        options = {"runOnly": list(rules)} if rules else {}
        found = page.evaluate(
            "async (options) => (await axe.run(document, options)).violations", options
        )
        return [
            f"{fault['id']} ({fault['impact']}): {node['target']}"
            for fault in found
            for node in fault["nodes"]
        ]

    return run
