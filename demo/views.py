"""What only a demo has."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from demo.letters import caught_letters


@require_safe
def letter_list(request):
    """The letters that the portal has sent; none of them has left the machine."""
    return render(request, "demo/letter_list.html", {"letters": caught_letters()})
