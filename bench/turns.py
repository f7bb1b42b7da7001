"""How much more a page costs in a larger database, measured in turns.

`python -m bench.turns N` reads a name from each line and answers with what one round of it costs
in its database, which holds N agreements. Two of them run beside each other and are asked one
after the other, so that a machine that grows slower meanwhile slows both.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import django
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parent.parent
TURNS = 7


def ratios_in_turns(programs: list[tuple[list[str], dict[str, str]]]) -> dict[str, float]:
    """The median growth of everything measured, of two commands with their environments."""
    with ExitStack() as stack:
        smallest, largest = [stack.enter_context(_asked(*program)) for program in programs]
        names = json.loads(smallest.stdout.readline())
        if json.loads(largest.stdout.readline()) != names:
            raise RuntimeError("The two databases do not have the same pages.")
        return {name: median(_turns(smallest, largest, name)) for name in names}


def _turns(smallest: subprocess.Popen, largest: subprocess.Popen, name: str) -> Iterator[float]:
    for _turn in range(TURNS):
        before = _cost(smallest, name)
        yield _cost(largest, name) / before


def _cost(program: subprocess.Popen, name: str) -> float:
    program.stdin.write(f"{name}\n")
    program.stdin.flush()
    return float(program.stdout.readline())


@contextmanager
def _asked(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as program:
        yield program
        program.stdin.close()


def main(agreements: int) -> None:
    """Say what can be asked for, and then answer until nobody asks."""
    django.setup()
    visits = import_string("bench.pages.visited")(agreements)
    cost = import_string("bench.meter.cost")
    print(json.dumps(list(visits)), flush=True)
    for line in sys.stdin:
        print(cost(visits[line.rstrip("\n")], rounds=1), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
