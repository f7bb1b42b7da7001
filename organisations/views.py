"""The register of partners."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.actions import save_partner
from organisations.fields import PartnerField
from organisations.forms import PartnerForm, PartnerNameFormSet
from organisations.models import Partner
from partnerships.access import role_required
from partnerships.pagination import page_of
from partnerships.rows import asks_for_row, hush, rows_to_keep, with_row_added

SUGGESTIONS = 10


@require_safe
@role_required("organisations.view_partner")
def partner_list(request):
    """The register, by name, with search."""
    search = request.GET.get("q", "").strip()
    partners = Partner.objects.visible_to(request.user).matching(search).prefetch_related("names")
    page = page_of(partners, key="sort_key", cursor=request.GET.get("page", ""))
    return render(request, "organisations/partner_list.html", {"page": page, "search": search})


@require_safe
@role_required("organisations.view_partner")
def partner_options(request):
    """Suggestions for a partner box, as the options of a datalist."""
    text = next(iter(request.GET.values()), "").strip()
    partners = Partner.objects.visible_to(request.user).matching(text)[:SUGGESTIONS] if text else []
    labels = [PartnerField.label_of(partner) for partner in partners]
    return render(request, "organisations/partials/partner_options.html", {"labels": labels})


@require_safe
@role_required("organisations.view_partner")
def partner_detail(request, pk):
    """One partner: its facts, its names, and its agreements that the user may see."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    return render(request, "organisations/partner_detail.html", {"partner": partner})


@role_required("organisations.add_partner")
def partner_create(request):
    """Register a partner."""
    return _edit(request, Partner())


@role_required("organisations.change_partner")
def partner_edit(request, pk):
    """Change a partner's facts and names."""
    return _edit(request, get_object_or_404(Partner.objects.visible_to(request.user), pk=pk))


def _edit(request, partner):
    data = with_row_added(request.POST or None)
    form = PartnerForm(data, instance=partner)
    names = PartnerNameFormSet(data, instance=partner, prefix="names")
    if asks_for_row(data):
        hush([form, names])
    elif data and form.is_valid() and names.is_valid():
        save_partner(
            form.save(commit=False),
            names=[row.save(commit=False) for row in rows_to_keep(names)],
            removed=[row.instance for row in names.deleted_forms if row.instance.pk],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        if partner.has_unusual_number:
            messages.warning(
                request,
                _(
                    "The organisation number begins with another digit than is usual for the legal form. Check both."
                ),
            )
        messages.success(request, _("%(name)s is saved.") % {"name": partner})
        return redirect(partner)
    return render(
        request,
        "organisations/partner_edit.html",
        {"partner": partner, "form": form, "names": names},
    )
