from django.urls import path

from payments import views

app_name = "payments"
urlpatterns = [
    path("", views.payment_list, name="payment_list"),
    path("export/<slug:kind>/", views.payment_export, name="payment_export"),
    path("totals/", views.payment_totals, name="payment_totals"),
    path("queue/", views.payment_queue, name="payment_queue"),
    path("queue/again/", views.payment_match_again, name="payment_match_again"),
    path("<int:pk>/", views.payment_detail, name="payment_detail"),
    path("<int:pk>/match/", views.payment_match, name="payment_match"),
    path("<int:pk>/unmatch/", views.payment_unmatch, name="payment_unmatch"),
    path("<int:pk>/reversal/", views.payment_reversal, name="payment_reversal"),
    path("agreements/options/", views.agreement_options, name="agreement_options"),
    path("agreements/<int:pk>/", views.agreement_payments, name="agreement_payments"),
    path("partners/<int:pk>/", views.partner_payments, name="partner_payments"),
    path("rules/", views.rule_list, name="rule_list"),
    path("rules/new/", views.rule_create, name="rule_create"),
    path("rules/<int:pk>/", views.rule_edit, name="rule_edit"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/new/", views.source_create, name="source_create"),
    path("sources/<int:pk>/", views.source_edit, name="source_edit"),
    path("sources/<int:pk>/upload/", views.batch_create, name="batch_create"),
    path("imports/", views.batch_list, name="batch_list"),
    path("imports/<int:pk>/", views.batch_detail, name="batch_detail"),
    path("imports/<int:pk>/columns/", views.batch_columns, name="batch_columns"),
    path("imports/<int:pk>/progress/", views.batch_progress, name="batch_progress"),
    path("imports/<int:pk>/check/", views.batch_check, name="batch_check"),
    path("imports/<int:pk>/import/", views.batch_import, name="batch_import"),
    path("imports/<int:pk>/restart/", views.batch_restart, name="batch_restart"),
    path("imports/<int:pk>/discard/", views.batch_discard, name="batch_discard"),
]
