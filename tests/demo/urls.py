"""The portal's addresses as the demo has them."""

from django.urls import include, path

from partnerships.urls import urlpatterns as portals

urlpatterns = [*portals, path("letters/", include("demo.urls"))]
