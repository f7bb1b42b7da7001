"""The dialogue a page is about, when the user may see or change it."""

from django.shortcuts import get_object_or_404

from dialogues.models import Dialogue
from partnerships.access import require


def dialogue_to_read(request, pk) -> Dialogue:
    """The dialogue with its log; 404 when it is not the user's to see."""
    return get_object_or_404(Dialogue.objects.visible_to(request.user).with_log(), pk=pk)


def dialogue_to_change(request, pk) -> Dialogue:
    """The dialogue with its log; 404 when it is not the user's to see, 403 to change."""
    dialogue = dialogue_to_read(request, pk)
    require(request.user, "dialogues.change_dialogue", dialogue)
    return dialogue
