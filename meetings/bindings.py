"""What a decision does beyond agreements. Apps above meetings say it in settings.DECISION_BINDINGS."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from meetings.models import AgendaItem, Decision


class BindingRefusedError(Exception):
    """The decision cannot have this effect; the message is for the user."""


class Binding(Protocol):
    """One thing of another app that a decision on an item does, or has done."""

    key: str  # what tells it from the item's others, the same every time
    title: str
    sentence: str  # what is done, for whoever records the decision
    url: str
    is_done: bool

    def prepare(self, *, at: datetime) -> None:
        """Do what takes time, before anything is locked. Raises BindingRefusedError."""

    def take_effect(self, decision: Decision, *, by: Any, at: datetime) -> None:
        """Do it, in the decision's transaction. Raises BindingRefusedError."""


Source = Callable[[AgendaItem], Iterator[Binding]]


def bindings_of(item: AgendaItem) -> list[Binding]:
    """Everything in other apps that a decision on the item can do, or has done."""
    sources: list[Source] = [import_string(path) for path in settings.DECISION_BINDINGS]
    return [binding for source in sources for binding in source(item)]
