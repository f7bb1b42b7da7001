"""Whatever is sent to whatever address: the portal answers, and never with a fault of its own.

The forms are those that the pages themselves show, filled in, and then spoiled. The inputs are drawn
from a seed, so that a run can be repeated. `HOSTILE_INPUTS=10000` tries so many in all, and
`HOSTILE_SEED=word` others than last time.
"""

import os
from collections import defaultdict
from itertools import cycle, islice

import pytest

from audit.tables import logged_models
from tests.hostile.forms import Form, forms_of, place_of
from tests.hostile.inputs import Hands, Sent
from tests.hostile.places import everywhere
from tests.hostile.portal import Portal
from tests.hostile.world import whole_world
from tests.organisations.factories import CommitteeFactory
from tests.world import world_of

pytestmark = pytest.mark.django_db
INPUTS = int(os.environ.get("HOSTILE_INPUTS", "400"))
SEED = os.environ.get("HOSTILE_SEED", "portal")
SHARES = 4  # for as many workers
NOT_LOOKED_AT = (".pdf", ".docx", ".xlsx", ".csv")  # have no form
MODEL_FIELDS = sorted(
    {field.name for model in logged_models() for field in model._meta.concrete_fields}
)


def strangers():
    """Keys of rows in every table, whoever's they are."""
    return [str(key) for key in range(1, 12)] + [
        str(row.pk)
        for model in logged_models()
        for row in model._default_manager.order_by("-pk")[:1]
    ]


def forms_by_place(portal, found):
    """The forms that lead to each place; where none does, what is known to be sent there."""
    forms = defaultdict(list)
    for place in found:
        if place.url.endswith(NOT_LOOKED_AT):
            continue
        answer = portal.sends(place.who, Sent("GET", place.url, "looked at"))
        assert not portal.fault_of(answer), f"{place.url}: {portal.fault_of(answer)}"
        if answer["Content-Type"].startswith("text/html") and answer.body.strip():
            for form in forms_of(answer.body, place.url):
                forms[place_of(form.url)].append(form)
    known = {name: len(each) for name, each in forms.items()}
    for place in found:
        if place.name not in known:
            told = [(key, str(value)) for key, value in place.known.items()]
            guess = [*told, ("text", "x"), ("step", "x"), ("page", "1")]
            forms[place.name].append(Form(place.url, "post", guess))
    return forms


@pytest.mark.parametrize("share", range(SHARES))
def test_no_input_makes_a_fault(share):
    world = whole_world(CommitteeFactory())
    world_of(CommitteeFactory())
    found, portal = everywhere(world), Portal(world)
    forms = forms_by_place(portal, found)
    hands = Hands(f"{SEED} {share}", strangers())

    faults = {}
    for place in islice(cycle(found[share::SHARES]), INPUTS // SHARES):
        sent = hands.attack(hands.random.choice(forms[place.name]), MODEL_FIELDS)
        answer = portal.sends(place.who, sent)
        if fault := portal.fault_of(answer):
            faults.setdefault(fault.strip().splitlines()[-1][:200], (place.who, sent, fault))

    assert not faults, report_on(faults)


def report_on(faults):
    """Each fault once, with what was sent and where it came from."""
    return "\n\n".join(
        f"{fault}\n{who}: {sent.method} {sent.url[:300]} {sent.how[:600]}\n{whole[-2500:]}"
        for fault, (who, sent, whole) in faults.items()
    )
