"""Fills a database with any number of agreements, by multiplying a thousand invented ones in SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models
from django.utils.timezone import localdate

from accounts.models import User
from agreements.models import Agreement
from demo import names
from followups.actions import start_plan

TEMPLATES = 1000
FOLLOWED_UP = 5  # every so many of them has a plan
LATE = 5  # and of every so many plans, no report has ever come in
# What is told apart by more than its keys: the copy's number goes into the text.
NUMBERED = {"name", "sort_key", "search_key", "diary_number", "diary_sort_key", "external_key"}
# Valid numbers are not made in SQL, and an officer has so many agreements however large the town.
GIVEN_UP = {"org_number", "officer"}


def fill(agreements: int) -> None:
    """Make this many agreements (a multiple of a thousand) with all that belongs to them."""
    before = {model: _highest(model) for model in _tables()}
    call_command("generate_demo", agreements=min(agreements, TEMPLATES), verbosity=0)
    _follow_up()
    grown = {
        model: (low, _highest(model))
        for model, low in before.items()
        if model is Agreement or (_belongs(model) and _highest(model) > low)
    }
    with _triggers_off():
        for model in grown:
            _multiply(model, grown, agreements // TEMPLATES - 1)
    _set_sequences(list(grown))
    _analyse()


def _follow_up() -> None:
    officer = User.objects.get(email=names.AUTHOR_EMAIL)
    agreements = Agreement.objects.filter(is_decided=True).order_by("pk")[::FOLLOWED_UP]
    for number, agreement in enumerate(agreements):
        starts_on = localdate() if number % LATE else None
        start_plan(agreement, template=None, starts_on=starts_on, by=officer)


def _tables() -> list[type[models.Model]]:
    """Every table of the portal's own, without history; a row's owner comes before it."""
    own = ("organisations", "agreements", "payments", "followups")
    return [
        model
        for label in own
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


def _belongs(model: type[models.Model]) -> bool:
    return model._meta.label not in {
        "organisations.Municipality",
        "organisations.Committee",
        "organisations.Office",
    }


def _highest(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(highest=models.Max("pk"))["highest"] or 0


def _multiply(model: type[models.Model], grown: dict[Any, tuple[int, int]], copies: int) -> None:
    """Each copy has its keys moved on by as much as the templates take, times its number."""
    if copies < 1:
        return
    low, high = grown[model]
    columns = [field.column for field in model._meta.concrete_fields]
    values = [_copied(field, grown) for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with recursive copy(n) as (select 1 union all select n + 1 from copy where n < {copies})
            insert into {model._meta.db_table} ({", ".join(map(_quoted, columns))})
            select {", ".join(values)} from {model._meta.db_table} t cross join copy
            where t.id > {low} and t.id <= {high}
            """
        )


def _copied(field: models.Field, grown: dict[Any, tuple[int, int]]) -> str:
    column = f"t.{_quoted(field.column)}"
    target = field.model if field.primary_key else field.related_model
    if target in grown:
        low, high = grown[target]
        return f"{column} + copy.n * {high - low}"
    if field.name in NUMBERED:
        return f"{column} || '-' || copy.n"
    return "null" if field.name in GIVEN_UP else column


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def _triggers_off() -> Iterator[None]:
    """The copies of decided revisions come with their lines, which the database else refuses."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set session_replication_role = replica")
            yield
            cursor.execute("set session_replication_role = origin")
            return
        cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
        triggers: Sequence[tuple[str, str]] = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"drop trigger {_quoted(name)}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def _set_sequences(tables: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")
