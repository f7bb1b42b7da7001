"""Whatever stands in the demo is the same when it is fetched together as when it is fetched alone."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField
from django.test.utils import CaptureQueriesContext

from partnerships.together import fetch_together
from tests.demo.kept import load_demo

pytestmark = pytest.mark.django_db
AT_ONCE = 40


def models_to_fetch():
    """Every table but those that hold bytes, which JSON cannot."""
    return [
        model
        for model in apps.get_models()
        if not any(isinstance(field, BinaryField) for field in model._meta.concrete_fields)
    ]


def everything(model):
    """All its rows, with what they point to, so that there are many columns of every kind."""
    related = [field.name for field in model._meta.fields if field.many_to_one]
    return model._default_manager.select_related(*related).order_by("pk")


def with_types(rows):
    """Each row's values and their types, and those of the rows that it points to."""
    return [
        {name: (type(value), value) for name, value in one.__dict__.items() if name != "_state"}
        for row in rows
        for one in (row, *row._state.fields_cache.values())
        if one is not None
    ]


def test_every_table_gives_the_same_rows_together_as_alone():
    load_demo()
    models = models_to_fetch()
    alone = {model: list(everything(model)) for model in models}

    together = {}
    with CaptureQueriesContext(connection) as queries:
        for at in range(0, len(models), AT_ONCE):
            some = models[at : at + AT_ONCE]
            rows = fetch_together([everything(model) for model in some])
            together |= dict(zip(some, rows, strict=True))

    assert len(queries) == -(-len(models) // AT_ONCE)
    assert sum(map(len, alone.values())) > 1000
    for model in models:
        assert with_types(together[model]) == with_types(alone[model]), model
