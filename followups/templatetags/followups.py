"""Figures and outcomes of follow-up in templates."""

from django import template

from followups import words
from followups.states import State

register = template.Library()
register.filter("figure", words.figure_words)
register.filter("met", words.met_words)


COLOURS = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "info",
    State.RESUBMITTED: "info",
    State.RETURNED: "warning",
    State.APPROVED: "success",
    State.NOT_APPROVED: "danger",
    State.SKIPPED: "neutral",
    State.RECEIVED: "neutral",
}


@register.filter
def state_colour(state):
    """The tone of a state's tag and notice."""
    return COLOURS[state]


@register.filter
def of_key(answers, key):
    """The answer with this key; None when there is none."""
    return answers.get(key)
