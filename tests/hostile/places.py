"""Every address that answers, each with somebody who gets through to it."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.timezone import now

from followups.handin import cookie_name
from followups.models import FollowUpReport, ReportLink, hashed
from partnerships.admin import within_reach
from report.models import PublicPage
from tests.accounts.factories import UserFactory
from tests.addresses import (
    ADMIN,
    ANONYMOUS,
    OF_A_MUNICIPALITY,
    OFFICER,
    PUBLIC,
    SECRETARY,
    TABLE,
    WITH_ARGUMENTS,
    asked,
    names_of,
)

OPERATOR = "operator"  # may do everything in the admin
COOKIE = "the partner's cookie"
# What the portal has no such page for: Django's own door to content types, and its own sign-in.
NOT_OURS = {"admin:view_on_site", "admin:login"}


@dataclass
class Place:
    """An address, who goes there, and what is known to be sent there."""

    name: str
    url: str
    who: str
    known: dict = field(default_factory=dict)

    @property
    def part(self) -> str:
        """The part of the portal that it belongs to."""
        return self.name.rpartition(":")[0] or "start"


def parts() -> list[str]:
    """The parts that all places together belong to."""
    names = {*TABLE, *PUBLIC, *names_of(get_resolver())}
    return sorted({Place(name, "", "").part for name in names})


def places(world, part: str) -> list[Place]:
    """Every place of the part, in a world as `tests/world.py` makes it."""
    found = (*_of_the_table(world, part), *_of_everybody(world, part), *_of_the_admin(world, part))
    return [place for place in found if place.part == part]


def everywhere(world) -> list[Place]:
    """Every place of the portal; the rows that they need are made now."""
    return [place for part in parts() for place in places(world, part)]


def visitors(world) -> dict[str, Client]:
    """A browser of each, signed in; what goes wrong comes back as an answer."""
    people = {**world["people"], OPERATOR: UserFactory(is_superuser=True)}
    clients = {who: Client(raise_request_exception=False) for who in (*people, ANONYMOUS)}
    for who, person in people.items():
        clients[who].force_login(person)
    return clients


def _of_the_table(world, part):
    for name, (_method, _argument, allowed, _stranger) in TABLE.items():
        if Place(name, "", "").part == part:
            who = next(role for role in (OFFICER, SECRETARY, ADMIN) if role in allowed)
            _method, url, data = asked(world, name)
            yield Place(name, url, who, data or {})


def _of_everybody(world, part):
    arguments = (
        _arguments_of_everybody(world)
        if part in {"followups", "worklist", "report_open", "accounts"}
        else {}
    )
    for name in sorted(PUBLIC):
        if name not in WITH_ARGUMENTS:
            yield Place(name, reverse(name), ANONYMOUS)
        elif name in arguments:
            yield Place(name, reverse(name, args=arguments[name]), ANONYMOUS)


def _arguments_of_everybody(world) -> dict[str, list]:
    """The rest of each address; the partner's cookie is put with `with_cookie`."""
    slug = PublicPage.objects.get(municipality=world["people"][OFFICER].municipality_id).slug
    report, *_ = world["report"]
    return {
        "accounts:password_reset_confirm": ["MQ", "set-password"],
        "worklist:calendar_feed": world["calendar"],
        "followups:handin": [report],
        "followups:handin_file": [report, *world["report file"]],
        "followups:handin_open": ["hemlig-nyckel"],
        "followups:handin_receipt": [report],
        "followups:handin_save": [report],
        **{
            name: [slug, *world["noted edition"]] if "_json" in name or "_csv" in name else [slug]
            for name in OF_A_MUNICIPALITY
        },
    }


def with_cookie(world, client: Client) -> None:
    """Open the partner's link in the browser."""
    report = FollowUpReport.objects.get(pk=world["report"][0])
    ReportLink.objects.filter(report=report).update(opened_at=now(), cookie_sha256=hashed(COOKIE))
    client.cookies[cookie_name(report.pk)] = COOKIE


def _of_the_admin(world, part):
    if part != "admin":
        return
    user = world["people"][ADMIN]
    for name in sorted(set(names_of(get_resolver()))):
        if name.startswith("admin:") and name not in NOT_OURS and not name.endswith(":None"):
            yield from _in_the_admin(name, user)


def _in_the_admin(name, user):
    """The page by an administrator and by an operator; rows are the first within reach."""
    for arguments in ([], *_rows_of(name, user), ["organisations"]):
        try:
            url = reverse(name, args=arguments)
        except NoReverseMatch:
            continue
        yield Place(name, url, ADMIN)
        yield Place(name, url, OPERATOR)
        return


def _rows_of(name, user):
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            rows = model._default_manager.all()
            row = (within_reach(rows, user) if hasattr(rows, "visible_to") else rows).first()
            if row:
                yield [row.pk]
                yield (
                    [row.pk, row.history.first().history_id]
                    if hasattr(row, "history") and row.history.first()
                    else [row.pk, 1]
                )
    if name == "admin:auth_user_password_change":
        yield [user.pk]
