"""What the state machines have in common: a world of their own each, and how long they run.

`HOSTILE_LIVES=1000` makes every machine live so many lives instead of a few, other ones each time.
"""

import os

from django.core import serializers
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

LIVES = int(os.environ.get("HOSTILE_LIVES", "0"))


def lives(few: int, *, steps: int) -> settings:
    """So many lives of so many steps, the same ones each time, unless the environment asks for more."""
    return settings(
        max_examples=LIVES or few,
        stateful_step_count=steps,
        derandomize=not LIVES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


class Life(RuleBasedStateMachine):
    """A machine whose changes to the database are undone when its life ends."""

    def __init__(self):
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)


def done(refusals: tuple[type[Exception], ...], action) -> bool:
    """Was the action carried out? Refused it is only with one of its own exceptions, and a sentence."""
    try:
        with transaction.atomic():
            action()
    except refusals as refusal:
        said = str(refusal)
    else:
        return True
    assert said.strip(), "refused without a sentence"
    return False


def written(*rows) -> str:
    """Everything that the rows hold, letter for letter."""
    return serializers.serialize("json", rows)
