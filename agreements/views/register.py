"""The register: every agreement the user may read, filtered, searched and sorted."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.forms import RegisterForm
from agreements.models import Agreement
from partnerships.access import role_required
from partnerships.pagination import page_of


@require_safe
@role_required("agreements.view_agreement")
def agreement_list(request):
    """The register, a page at a time."""
    form = RegisterForm(request.GET, user=request.user)
    day = form.day(localdate())
    is_today = day == localdate()
    agreements = Agreement.objects.visible_to(request.user)
    agreements = agreements.with_status(day) if is_today else agreements.as_of(day)
    sort, descending = form.sort
    page = page_of(
        form.filtered(agreements).select_related("committee").prefetch_related("parties__partner"),
        key=form.SORTS[sort],
        descending=descending,
        cursor=request.GET.get("page", ""),
    )
    context = {
        "form": form,
        "page": page,
        "day": day,
        "is_today": is_today,
        "sort": sort,
        "descending": descending,
        "partner": form.cleaned_data.get("partner"),
        "may_register": request.user.has_perm("agreements.add_agreement"),
    }
    return render(request, "agreements/agreement_list.html", context)
