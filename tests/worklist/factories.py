"""Invented saved views."""

import factory

from tests.accounts.factories import UserFactory
from worklist.models import SavedView


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Vy {n}")
    query = "kind=iop"
