from django.urls import path

from memos import views

urlpatterns = [path("", views.start, name="start")]
