"""The log can be read by a machine, is tied together by the request, and keeps secrets out."""

import json
import logging

import pytest
from django.urls import reverse

from audit.context import acting
from operations.logs import JsonFormatter


def written(record) -> dict:
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_one_object_with_the_request_it_belongs_to():
    record = logging.makeLogRecord(
        {"name": "portal", "levelname": "WARNING", "msg": "Två\nrader: %s", "args": ("å",)}
    )

    with acting(request="begaran-1"):
        line = written(record)

    assert line["message"] == "Två\nrader: å"
    assert (line["level"], line["request"]) == ("warning", "begaran-1")
    assert "\n" not in JsonFormatter().format(record)


def test_an_exception_is_in_its_line():
    try:
        raise ValueError("fel")
    except ValueError as failure:
        told = (ValueError, failure, failure.__traceback__)

    line = written(logging.makeLogRecord({"msg": "x", "exc_info": told}))

    assert "ValueError: fel" in line["exception"]


@pytest.mark.django_db
def test_each_request_has_a_line_with_its_route_and_never_its_address(client, officer, caplog):
    client.force_login(officer)
    secret = "hemlig-sokning-0123456789"

    with caplog.at_level(logging.INFO, logger="portal.requests"):
        answer = client.get(reverse("agreements:agreement_list"), {"q": secret})

    (record,) = [record for record in caplog.records if record.name == "portal.requests"]
    line = written(record)
    assert (line["method"], line["route"], line["status"]) == ("GET", "agreements/", 200)
    assert line["user"] == officer.pk
    assert secret not in JsonFormatter().format(record)
    assert answer["X-Request-ID"]


@pytest.mark.django_db
def test_a_partners_secret_link_is_not_in_the_log(client, caplog):
    secret = "s" * 43

    with caplog.at_level(logging.INFO):
        client.get(f"/followups/handin/open/{secret}/")
        client.post(f"/followups/handin/open/{secret}/")
        client.get(f"/ingenstans/{secret}/")

    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert [json.loads(line)["status"] for line in lines if '"status"' in line] == [200, 404, 404]
    assert not [line for line in lines if secret in line]
