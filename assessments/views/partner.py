"""What belongs on a partner's page and a dialogue's: the whole picture, and the indicators."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from assessments.double_funding import double_funding
from assessments.forms import DayForm
from assessments.models import Assessment
from assessments.overview import latest_assessment, picture_of
from assessments.state_aid import state_aid
from dialogues.models import Dialogue
from organisations.models import Municipality, Partner
from partnerships.access import role_required

SHOWN = 50


@require_safe
@role_required("assessments.view_assessment")
def partner_overview(request, pk):
    """Every dialogue, assessment and agreement with the partner, in one picture and one table."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    context = {
        "partner": partner,
        "timeline": picture_of(partner, request.user, localdate()),
        "assessed": latest_assessment(partner, request.user),
    }
    fragment = "assessments/partials/partner_overview.html"
    return render(
        request, fragment if request.htmx else "assessments/partner_overview.html", context
    )


@require_safe
@role_required("assessments.view_assessment")
def partner_indicators(request, pk):
    """State aid over three years (`?on=`, else until today) and double funding, with arithmetic."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    form = DayForm(request.GET if "on" in request.GET else None)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or localdate()
    context = {
        "partner": partner,
        "form": form,
        "day": day,
        "indicators": [
            (municipality, state_aid(agreements, day=day), double_funding(agreements), hidden)
            for municipality, agreements, hidden in _agreements(partner, request.user)
        ],
    }
    fragment = "assessments/partials/partner_indicators.html"
    return render(
        request, fragment if request.htmx else "assessments/partner_indicators.html", context
    )


@require_safe
@role_required("assessments.view_assessment")
def dialogue_assessments(request, pk):
    """The assessments made from a dialogue, as a part of its page."""
    dialogue = get_object_or_404(Dialogue.objects.visible_to(request.user), pk=pk)
    found = Assessment.objects.visible_to(request.user).filter(dialogue=dialogue)
    rows = found.select_related("partner", "project", "criteria_set").order_by("-pk")[:SHOWN]
    context = {"dialogue": dialogue, "assessments": rows}
    fragment = "assessments/partials/dialogue_assessments.html"
    return render(
        request, fragment if request.htmx else "assessments/dialogue_assessments.html", context
    )


def _agreements(partner, user):
    """The partner's agreements by municipality, and how many the user may not read."""
    with_partner = Agreement.objects.filter(
        parties__partner__in=Partner.objects.same_as(partner), is_decided=True
    ).distinct()
    for municipality in Municipality.objects.visible_to(user):
        own = with_partner.filter(committee__municipality=municipality)
        readable = own.filter(pk__in=Agreement.objects.visible_to(user).values("pk"))
        rows = list(
            readable.select_related("committee", "grant__scheme").prefetch_related(
                "revisions__contributions"
            )
        )
        if rows or not user.is_superuser:
            yield municipality, rows, own.count() - len(rows)
