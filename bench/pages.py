"""What is measured: the portal's pages as an officer of the big municipality sees them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.models import User
from agreements.actions import amend, decide_revision, save_revision
from agreements.actions.revision import ContributionDraft
from agreements.models import Agreement, Contribution, Party
from bench.meter import Browser, cost, queries_of, session_cookie_of
from demo import names
from partnerships.dates import ApproximateDate
from partnerships.pagination import cursor_of

ABSENT = "finnsinte"
DECIDING = "deciding"
LINES = 6


def measured(agreements: int) -> dict[str, Any]:
    """Processor milliseconds of everything that is measured, and how many queries the pages make."""
    visits = visited(agreements)
    return {
        "engine": connection.vendor,
        "cost": {name: round(cost(visit), 3) for name, visit in visits.items()},
        "queries": {name: queries_of(visit) for name, visit in visits.items() if name != DECIDING},
    }


def visited(agreements: int) -> dict[str, Callable[[], Any]]:
    """What is measured in a database with so many agreements: the floors, each page, and deciding."""
    officer = User.objects.get(email=names.AUTHOR_EMAIL)
    client = Client()
    client.force_login(officer)
    browser = Browser(session_cookie_of(client))
    floors = {
        "hello": "/bench/hello/",
        "raw": "/bench/raw/",
        "offset": f"/bench/offset/?rows={agreements}",
    }
    pages = {**floors, **_pages()}
    visits = {name: partial(browser.get, url) for name, url in pages.items()}
    return {**visits, DECIDING: partial(_decide, officer)}


@transaction.atomic
def _decide(officer: User) -> None:
    """Write a revision with six contributions, decide it, and take everything back."""
    agreement = Agreement.objects.filter(is_decided=True, kind=Agreement.Kind.GRANT).first()
    draft = amend(agreement, by=officer)
    draft.in_force_from = ApproximateDate.exactly(localdate())
    cash = {"party": Party.MUNICIPALITY, "kind": Contribution.Kind.CASH}
    lines = [
        ContributionDraft(Contribution(label=f"Rad {number}", stated_amount=1000 * number, **cash))
        for number in range(1, LINES + 1)
    ]
    save_revision(
        draft,
        contributions=lines,
        removed=list(draft.contributions.all()),
        stated_totals=[],
        by=officer,
    )
    decide_revision(draft, by=officer, at=now())
    transaction.set_rollback(True)


def _pages() -> dict[str, str]:
    register = reverse("agreements:agreement_list")
    some, last = Agreement.objects.order_by("pk")[500], Agreement.objects.order_by("pk").last()
    committee = some.committee_id
    word = some.name.split()[0]
    pages = {
        "register": register,
        "register, by end": f"{register}?sort=end",
        "register, by end, last first": f"{register}?sort=-end",
        "register, by diary number": f"{register}?sort=diary",
        "register, one committee": f"{register}?committee={committee}",
        "register, one kind": f"{register}?kind=iop",
        "register, in force": f"{register}?status=active",
        "register, in force, by end": f"{register}?status=active&sort=end",
        "register, drafts": f"{register}?status=draft",
        "register, ends within 90 days": f"{register}?ends_within=90",
        "register, notice within 90 days": f"{register}?notice_within=90",
        "register, notice not known": f"{register}?no_notice=on",
        "register, mine": f"{register}?mine=on",
        "register, on a day": f"{register}?on=2019-06-30",
        "register, on a day, in force": f"{register}?on=2019-06-30&status=active",
        "search, common word": f"{register}?q={word}",
        "search, rare word": f"{register}?q={last.diary_number.split()[-1]}",
        "search, absent word": f"{register}?q={ABSENT}",
        "agreement": some.get_absolute_url(),
        "agreement, on a day": f"{some.get_absolute_url()}?on=2019-06-30",
        "agreement, history": reverse("agreements:agreement_history", args=[some.pk]),
        "worklist": reverse("worklist:worklist"),
        "start": reverse("start"),
        "partners": reverse("organisations:partner_list"),
        "partners, search": reverse("organisations:partner_list") + f"?q={word}",
        "payments": reverse("payments:payment_list"),
    }
    return pages | {"register, deep": _deep(register)}


def _deep(register: str) -> str:
    """A page in the middle, as a link would lead there."""
    names_in_order = Agreement.objects.order_by("sort_key", "pk")
    middle = names_in_order.filter(sort_key__gte="m").first() or names_in_order.first()
    return f"{register}?page={cursor_of(middle, 'sort_key')}"
