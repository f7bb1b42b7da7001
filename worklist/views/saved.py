"""Saved views of the register."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.access import role_required
from partnerships.history import attributed
from worklist.forms import SavedViewForm
from worklist.models import SavedView


@role_required("agreements.view_agreement")
def saved_view_create(request):
    """Give the register's filter a name, to find it again or to share it."""
    data = request.POST or None
    initial = {"query": _filter_of(request.GET)}
    form = SavedViewForm(data, instance=SavedView(user=request.user), initial=initial)
    if form.is_valid():
        view = form.save(commit=False)
        view.query = _filter_of(QueryDict(view.query))
        attributed(view, by=request.user).save()
        messages.success(request, _("The view %(name)s is saved.") % {"name": view})
        return redirect(f"{reverse('agreements:agreement_list')}?{view.query}")
    return render(request, "worklist/saved_view_create.html", {"form": form})


@require_POST
@role_required("agreements.view_agreement")
def saved_view_delete(request, pk):
    """Remove one of the user's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    attributed(view, by=request.user).delete()
    messages.success(request, _("The view is removed."))
    return redirect("worklist:worklist")


def _filter_of(query):
    """What of a query is the filter: all that says something, but not which page it was on."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        if query[name] and name != "page":
            kept[name] = query[name]
    return kept.urlencode()
