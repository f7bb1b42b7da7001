"""`python -m tests.upgrades.pages`: whether pages of everything answer; prints which do not, as JSON."""

import json
import sys

import django

django.setup()

from django.apps import apps  # noqa: E402 - the registry has to be ready
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.demo import DEMO_SIGN_INS  # noqa: E402
from accounts.models import User  # noqa: E402

LISTS = (
    "start",
    "agreements:agreement_list",
    "memos:memo_list",
    "worklist:worklist",
    "report:edition_list",
)
OF_EACH = 3


def addresses() -> set[str]:
    """The lists, and the pages of some rows of every table whose rows have a page."""
    found = {reverse(name) for name in LISTS}
    for model in apps.get_models():
        if hasattr(model, "get_absolute_url"):
            for row in model._default_manager.order_by("-pk")[:OF_EACH]:
                found.add(row.get_absolute_url().partition("#")[0])
    return found


def main() -> None:
    """Each page answers somebody of the demo; a fault of the server fails at once."""
    clients = []
    for person in DEMO_SIGN_INS:
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(email=person.email))
        clients.append(client)
    asked = sorted(addresses())
    silent = [
        address
        for address in asked
        if not any(client.get(address).status_code == 200 for client in clients)
    ]
    json.dump({"asked": len(asked), "silent": silent}, sys.stdout)


if __name__ == "__main__":
    main()
