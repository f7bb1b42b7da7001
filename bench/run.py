"""Measures one engine at one size and prints what it found as JSON: `python -m bench.run N`."""

import json
import sys
import time
from typing import Any

import django
from django.core.management import call_command
from django.utils.module_loading import import_string


def main(agreements: int) -> dict[str, Any]:
    """Fill an empty database and measure every page."""
    django.setup()
    fill, measured = import_string("bench.fill.fill"), import_string("bench.pages.measured")
    call_command("migrate", verbosity=0)
    started = time.monotonic()
    fill(agreements)
    seconds = time.monotonic() - started
    return {"agreements": agreements, "seconds to fill": round(seconds, 1), **measured(agreements)}


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1])), sys.stdout, indent=2)
