"""The basis for renewing or ending an agreement."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from followups.charts import contribution_charts, indicator_charts
from followups.documents import evaluation_pdf as pdf_of
from followups.evaluation import Evaluation
from followups.views.access import agreement_to_read
from partnerships.access import role_required
from partnerships.downloads import file_name

VIEW = "followups.view_followupreport"


@require_safe
@role_required(VIEW)
def agreement_evaluation(request, pk):
    """Goals, costs, contributions, deviations and decisions, each with the report it comes from."""
    evaluation = Evaluation(agreement_to_read(request, pk), request.user, localdate())
    context = {
        "agreement": evaluation.agreement,
        "evaluation": evaluation,
        "charts": [
            *indicator_charts(evaluation.series),
            *contribution_charts(evaluation.deliveries),
        ],
    }
    return render(request, "followups/agreement_evaluation.html", context)


@require_safe
@role_required(VIEW)
def evaluation_pdf(request, pk):
    """The basis as PDF, as it stands now."""
    evaluation = Evaluation(agreement_to_read(request, pk), request.user, localdate())
    name = file_name(f"underlag {evaluation.agreement}", otherwise="underlag")
    return HttpResponse(
        pdf_of(evaluation, at=now()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
