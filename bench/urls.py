"""The portal's pages, and beside them the floors that they are compared with."""

from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/hello/", floors.hello),
    path("bench/raw/", floors.raw),
    path("bench/offset/", floors.offset),
    path("", include("partnerships.urls")),
]
