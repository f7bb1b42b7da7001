"""A page that asks once more before something is done that cannot be undone.

Its address is the one that does it: looked at it asks, sent to it does. So what is refused is
refused alike, and nobody is asked who may not do it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Confirmation:
    """What is about to be done, what comes of it in sentences, and the page to go back to."""

    action: str
    subject: str
    back: str
    consequences: Sequence[str]
    is_removal: bool = True


def ask_first(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    """The page that asks."""
    return render(request, "confirm.html", {"confirmation": confirmation})


def ask_before_discarding(request: HttpRequest, subject: str, *, back: str) -> HttpResponse:
    """The page that asks whether a draft is to be discarded."""
    consequence = _(
        "“%(subject)s” disappears with everything written in it. Its history is kept, but it cannot be taken up again."
    ) % {"subject": subject}
    return ask_first(
        request, Confirmation(_("Discard the draft"), subject, back, consequences=[consequence])
    )
