"""The tables that a run prints and that docs/performance.md keeps."""

import os
import platform
from dataclasses import dataclass
from typing import Any

from bench.bounds import Verdict

HEADING = "## Bounds"  # what stands above it in docs/performance.md is written by hand


@dataclass(frozen=True)
class Single:
    """What a program of its own measured, in its own words."""

    name: str
    text: str
    held: bool


def report(runs: list[dict[str, Any]], verdicts: list[Verdict], singles: list[Single]) -> str:
    """What was measured, as Markdown."""
    parts = [
        HEADING,
        f"Measured on {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}.",
        "\n".join(
            [
                "| bound | measured | at most | held |",
                "|---|--:|--:|---|",
                *(v.line for v in verdicts),
            ]
        ),
        "## Documents, imports and the report's figures",
        "\n\n".join(f"`bench/{one.name}.py`\n\n```\n{one.text}\n```" for one in singles),
        "## Milliseconds",
        _table(runs, "cost"),
        "## Queries",
        _table(runs, "queries"),
    ]
    return "\n\n".join(parts) + "\n"


def _table(runs: list[dict[str, Any]], what: str) -> str:
    headings = [f"{run['engine']} {run['agreements']:,}" for run in runs]
    lines = [
        "| page | " + " | ".join(headings) + " |",
        "|---|" + "--:|" * len(runs),
        *(
            f"| {name} | " + " | ".join(f"{run[what].get(name, 0):g}" for run in runs) + " |"
            for name in runs[0][what]
        ),
    ]
    return "\n".join(lines)
