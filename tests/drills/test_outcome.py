"""What a drill found is told as it is: any loss fails, and what was skipped says so."""

import subprocess
import sys

import pytest
from django.conf import settings

from drills.outcome import outcome_of, skipped, table


def found(acknowledged, *rows, findings=()):
    """A drill that acknowledged these names, and left rows: names, or names with whether they are whole."""
    stored = [row if isinstance(row, tuple) else (row, True) for row in rows]
    return outcome_of(
        "example", faults=1, acknowledged=acknowledged, down=0.5,
        stored={
            "rows": [{"name": name, "is_whole": is_whole} for name, is_whole in stored],
            "findings": list(findings),
        },
    )  # fmt: skip


def test_what_is_there_once_and_whole_is_good_also_when_nobody_was_told():
    outcome = found(["a"], "a", "never acknowledged")

    assert outcome.is_good
    assert outcome.cells == ("example", "1", "1", "2", "0", "0", "0", "0.5")


@pytest.mark.parametrize(
    ("outcome", "lost", "half_written", "doubled"),
    [
        (found(["a", "b"], "a"), 1, 0, 0),
        (found(["a"], ("a", False)), 0, 1, 0),
        (found(["a"], "a", "a"), 0, 0, 1),
        (found(["a"], "a", findings=["the log is forged"]), 0, 0, 0),
        (found([]), 0, 0, 0),
    ],
    ids=["lost", "half-written", "doubled", "found by verify", "nothing was saved"],
)
def test_a_loss_of_any_kind_fails(outcome, lost, half_written, doubled):
    assert (outcome.lost, outcome.half_written, outcome.doubled) == (lost, half_written, doubled)
    assert not outcome.is_good


def test_a_skipped_drill_says_why_and_counts_nothing():
    outcome = skipped("disk full", "no disk may be mounted here")

    assert outcome.is_good
    assert outcome.notes == ["no disk may be mounted here"]
    assert table([outcome]).splitlines()[1].split() == ["disk", "full", *"––––––", "skipped"]


def test_a_drill_that_does_not_exist_is_refused_with_those_that_do():
    done = subprocess.run(
        [sys.executable, "-m", "drills", "no_such"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "standby_promoted" in done.stderr
