"""Where everything is found. Apps are named as strings: the project imports none of them."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from partnerships.views import verify

urlpatterns = [
    path("", include("memos.start_urls")),
    path("", include("operations.urls")),
    path("agreements/", include("agreements.urls")),
    path("memos/", include("memos.urls")),
    path("report/", include("report.urls")),
    path("open/", include("report.open_urls")),
    path("dialogues/", include("dialogues.urls")),
    path("assessments/", include("assessments.urls")),
    path("followups/", include("followups.urls")),
    path("steering/", include("steering.urls")),
    path("meetings/", include("meetings.urls")),
    path("worklist/", include("worklist.urls")),
    path("governance/", include("governance.urls")),
    path("payments/", include("payments.urls")),
    path("partners/", include("organisations.urls")),
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("verify/", verify, name="verify"),
    path("language/", login_not_required(set_language), name="set_language"),
    path(
        "accessibility/",
        login_not_required(TemplateView.as_view(template_name="accessibility.html")),
        name="accessibility",
    ),
]
if settings.DEMO:
    urlpatterns.append(path("letters/", include("demo.urls")))
