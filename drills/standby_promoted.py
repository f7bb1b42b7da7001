"""The primary dies, and its standby takes over, while eight officers save through two web hosts."""

import random
import time
from collections.abc import Iterator

from drills.outcome import Outcome, outcome_of
from drills.portal import Portal, running
from drills.standby import Pair, on_pair
from drills.writers import Officers

PROMOTIONS = 3
FROZEN = (0, 1, 2)  # seconds for which the standby stands still before the primary dies
BEFORE, AFTER = (1.0, 2.0), 3  # seconds of saving


def run(count: int | None) -> Iterator[Outcome]:
    """Synchronous; then once asynchronous, as a control that may lose."""
    with on_pair() as (portal, pair):
        other = portal.beside()
        with running(portal), running(other):
            outcome = _promoted(portal, other, pair, count or PROMOTIONS)
            outcome.notes.append(_control(portal, other, pair))
        yield outcome


def _promoted(portal: Portal, other: Portal, pair: Pair, promotions: int) -> Outcome:
    silences: list[float] = []
    with Officers(portal, other) as officers:
        for promotion in range(promotions):
            pair.follow(is_synchronous=True)
            time.sleep(random.uniform(*BEFORE))
            died_at = pair.fail_over(frozen=FROZEN[promotion % len(FROZEN)])
            time.sleep(AFTER)
            silences += [officers.silence_since(died_at, host.port) for host in (portal, other)]
    stored = portal.ask("stored")
    saved = [officers.saved_since(died_at, host.port) for host in (portal, other)]
    if not all(saved):
        stored["findings"].append("a web host saved nothing after the last promotion")
    return outcome_of(
        "standby promoted, synchronous", faults=promotions, acknowledged=officers.names,
        stored=stored, down=max(silences),
        notes=[f"after the last promotion the two web hosts saved {saved[0]} and {saved[1]}"],
    )  # fmt: skip


def _control(portal: Portal, other: Portal, pair: Pair) -> str:
    """What an asynchronous standby loses: it shows that the drill would see a loss."""
    with Officers(portal, other, called="control ") as officers:
        pair.follow(is_synchronous=False)
        time.sleep(BEFORE[0])
        pair.fail_over(frozen=FROZEN[-1])
        time.sleep(AFTER)
    stored = {row["name"] for row in portal.ask("stored")["rows"]}
    lost = len(set(officers.names) - stored)
    found = f"lost {lost} of {len(officers.names)} acknowledged"
    meaning = (
        "so the drill sees a loss" if lost else "so this run does not show that it would see one"
    )
    return f"the control with an asynchronous standby {found}, {meaning}"
