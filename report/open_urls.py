from django.urls import path

from report import views

app_name = "report_open"
urlpatterns = [
    path("schema/sector-report-1.json", views.open_schema, name="schema"),
    path("<slug:slug>/", views.open_agreements, name="agreement_list"),
    path("<slug:slug>/catalogue.jsonld", views.catalogue, name="catalogue"),
    path("<slug:slug>/reports/<int:pk>.json", views.open_report_json, name="report_json"),
    path("<slug:slug>/reports/<int:pk>.csv", views.open_report_csv, name="report_csv"),
]
