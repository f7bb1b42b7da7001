"""Sentences on an assessment, the same on the page and in the document."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import GrantScheme
from assessments.models import ActorCheck, Assessment, Criterion, Result
from assessments.models.result import Outcome


def outcome_words(result: Result) -> str:
    """The result in a sentence."""
    return {
        Outcome.POSSIBLE: _("A partnership is judged to be possible."),
        Outcome.NOT_POSSIBLE: _("A partnership is judged not to be possible."),
        Outcome.INCOMPLETE: _(
            "The assessment is incomplete: what is not assessed decides whether a partnership is possible."
        ),
        Outcome.CASE_BY_CASE: _(
            "The legal form is decided from case to case, and that has not been done yet."
        ),
    }[result.outcome]


def actor_words(assessment: Assessment, result: Result) -> str:
    """The check of the one assessed in a sentence or two."""
    partner, form = assessment.partner, assessment.assessed_form
    names = {
        "subject": assessment.subject,
        "owner": partner,
        "form": capfirst(dict(Assessment._meta.get_field("legal_form").flatchoices).get(form, "")),
    }
    sentences = {
        ActorCheck.PROJECT: _(
            "%(subject)s is a project owned by %(owner)s. A project is no legal person and cannot be a party to an agreement. Whether %(owner)s can be a party is not assessed here."
        ),
        ActorCheck.FORM_NOT_KNOWN: _("The legal form of %(owner)s is not known."),
        ActorCheck.ELIGIBLE: _("%(form)s: can be a party by the criteria."),
        ActorCheck.NOT_ELIGIBLE: _("%(form)s: cannot be a party by the criteria."),
        ActorCheck.CASE_BY_CASE: _(
            "%(form)s: is decided from case to case, which is not done yet."
        ),
        ActorCheck.CASE_ALLOWS: _("%(form)s: can be a party in this case."),
        ActorCheck.CASE_REFUSES: _("%(form)s: cannot be a party in this case."),
    }
    return sentences[result.actor] % names


def reasons(assessment: Assessment, result: Result) -> list[str]:
    """Why a partnership is not possible, a sentence each; empty when it is."""
    found = [actor_words(assessment, result)] if result.actor_refuses else []
    return found + [_unmet_words(row.criterion) for row in result.unmet]


def _unmet_words(criterion: Criterion) -> str:
    """That the criterion is not met, with its own words."""
    if criterion.part == Criterion.Part.ACTOR:
        return _("A condition on the organisation is not met: %(text)s") % {"text": criterion.text}
    names = {"number": criterion.position, "text": criterion.text}
    return _("Criterion %(number)s is not met: %(text)s") % names


def alternatives(assessment: Assessment) -> list[str]:
    """Other ways to work together: the guideline's own, and the municipality's grants."""
    schemes = GrantScheme.objects.filter(municipality=assessment.municipality)
    lines = assessment.criteria_set.alternative_lines
    return [*lines, *_grants(schemes.select_related("committee"), assessment.assessed_form)]


def _grants(schemes, legal_form: str) -> Iterator[str]:
    for scheme in schemes:
        names = {"scheme": scheme, "committee": scheme.committee}
        if legal_form and scheme.excludes(legal_form):
            yield _("Grant: %(scheme)s (%(committee)s). Not open to this legal form.") % names
        else:
            yield _("Grant: %(scheme)s (%(committee)s).") % names
