"""What a page gathers from many tables, asked for together: one query for each round of questions.

Whoever needs rows is a generator: it yields the querysets that it needs, is sent their rows, and
returns what it made of them. Several of them go on side by side, so that the number of queries is
that of their rounds and not that of their tables.
"""

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Result = TypeVar("Result")
Questions = Generator[Sequence[QuerySet], list[list[Any]], Result]

# What makes an array of values, and a text of all rows in their order.
ARRAYS = {
    "sqlite": ("json_array", "json_group_array({})"),
    "postgresql": ("json_build_array", "coalesce(json_agg({})::text, '[]')"),
}
MOST_VALUES = 100  # that either function takes
# JSON has no dates. SQLite keeps them as text, which Django reads; PostgreSQL's driver gives these.
OF_POSTGRESQL: dict[str, Callable[[Any], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "UUIDField": UUID,
}


def ask(asking: Questions[Result]) -> Result:
    """What it made of its rows; one query for each round."""
    try:
        questions = next(asking)
        while True:
            questions = asking.send(fetch_together(questions))
    except StopIteration as end:
        return end.value


def ask_together(asking: Iterable[Questions[Result]]) -> list[Result]:
    """What each made of its rows, in their order; one query for each round of all."""
    return ask(side_by_side(asking))


def just(queryset: QuerySet) -> Questions[list[Any]]:
    """The rows of one queryset, beside others that ask."""
    (rows,) = yield [queryset]
    return rows


def side_by_side(asking: Iterable[Questions[Result]]) -> Questions[list[Result]]:
    """Several that ask as one: in each round it asks what all of them ask that have not finished."""
    everybody = list(asking)
    results: dict[int, Result] = {}
    answers: dict[int, list[list[Any]] | None] = dict.fromkeys(range(len(everybody)))
    while answers:
        questions: dict[int, Sequence[QuerySet]] = {}
        for number, answer in answers.items():
            try:
                questions[number] = everybody[number].send(answer)  # type: ignore[arg-type]
            except StopIteration as end:
                results[number] = end.value
        if questions:
            rows = iter((yield [one for several in questions.values() for one in several]))
            answers = {
                number: [next(rows) for _one in several] for number, several in questions.items()
            }
        else:
            answers = {}
    return [results[number] for number in range(len(everybody))]


def fetch_together(querysets: Sequence[QuerySet]) -> list[list[Any]]:
    """The rows of each queryset, fetched with one query; the querysets have them from then on.

    Only what is the same query on one database alone: no `union()`, no binary columns.
    """
    compiled = [(one, *_compiled(one)) for one in querysets if one._result_cache is None]
    asked = [row for row in compiled if row[2]]
    for (queryset, compiler, *_query), rows in zip(
        asked, _rows(asked) if asked else [], strict=True
    ):
        _evaluate(queryset, compiler, rows)
    return [list(one) for one in querysets]


def attach(owners: Iterable[Model], name: str, rows: Iterable[Model], *, by: str) -> None:
    """Let the related manager `name` of each owner answer with its rows, as a prefetch does.

    `by` is the rows' field that holds the owner's key.
    """
    related: dict[Any, list[Model]] = {}
    for row in rows:
        related.setdefault(getattr(row, by), []).append(row)
    for owner in owners:
        give(owner, name, related.get(owner.pk, []))


def give(owner: Model, name: str, rows: Iterable[Model]) -> None:
    """Let the related manager `name` of one owner answer with these rows."""
    queryset = getattr(owner, name).get_queryset()
    queryset._result_cache, queryset._prefetch_done = list(rows), True
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    owner._prefetched_objects_cache[name] = queryset  # type: ignore[attr-defined]


def _compiled(queryset: QuerySet) -> tuple[SQLCompiler, str, Sequence[Any]]:
    """The compiler with its query, whose columns all have names; empty for no rows."""
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, parameters = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        queryset._result_cache = []
        return compiler, "", ()
    return compiler, sql, parameters


def _rows(
    asked: Sequence[tuple[QuerySet, SQLCompiler, str, Sequence[Any]]],
) -> list[list[list[Any]]]:
    """The rows of each query as the database's driver would give them."""
    connection = connections[asked[0][0].db]
    sql = " UNION ALL ".join(
        f"SELECT {number}, {_array(compiler)} FROM ({query}) AS asked"  # noqa: S608 - made of Django's own
        for number, (_queryset, compiler, query, _parameters) in enumerate(asked)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in asked for value in row[3]])
        found = dict(cursor.fetchall())
    if connection.vendor == "postgresql":
        return [_of_postgresql(found[number], row[1]) for number, row in enumerate(asked)]
    return [[_flat(row) for row in json.loads(found[number])] for number in range(len(asked))]


def _array(compiler: SQLCompiler) -> str:
    """All rows as one text: arrays of arrays, since a function takes so many values and no more."""
    connection = compiler.connection
    of_values, of_rows = ARRAYS[connection.vendor]
    names = [connection.ops.quote_name(name) for _expression, _sql, name in compiler.select]
    columns = [
        f"{name}::text" if (connection.vendor, kind) == ("postgresql", "JSONField") else name
        for name, kind in zip(names, _kinds(compiler), strict=True)
    ]
    pieces = [
        f"{of_values}({', '.join(columns[at : at + MOST_VALUES])})"
        for at in range(0, len(columns), MOST_VALUES)
    ]
    return of_rows.format(f"{of_values}({', '.join(pieces)})")


def _kinds(compiler: SQLCompiler) -> list[str]:
    return [
        expression.output_field.get_internal_type() for expression, _sql, _name in compiler.select
    ]


def _flat(row: Iterable[list[Any]]) -> list[Any]:
    return [value for piece in row for value in piece]


def _of_postgresql(text: str, compiler: SQLCompiler) -> list[list[Any]]:
    makers = [OF_POSTGRESQL.get(kind) for kind in _kinds(compiler)]
    return [
        [
            value if value is None or make is None else make(value)
            for value, make in zip(_flat(row), makers, strict=True)
        ]
        for row in json.loads(text, parse_float=Decimal)
    ]


def _evaluate(queryset: QuerySet, compiler: SQLCompiler, rows: list[list[Any]]) -> None:
    """Let the queryset make its objects, with these rows where it would have run its query."""
    compiler.execute_sql = lambda *_args, **_kwargs: [rows]  # type: ignore[assignment]
    queryset.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
    try:
        queryset._fetch_all()
    finally:
        del queryset.query.get_compiler
