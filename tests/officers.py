"""An officer at a browser: opens a page, and sends its form as it stands or with something typed."""

import json

from django.test import Client
from lxml import html

OF_THE_FORM = {"csrfmiddlewaretoken", "form_key", "seen"}


class OpenPage:
    """A page that was opened, with its form for saving."""

    def __init__(self, client, response):
        self.client, self.response = client, response
        self.url = response.request["PATH_INFO"]
        if query := response.request.get("QUERY_STRING"):
            self.url += f"?{query}"
        is_page = (
            response.status_code == 200
            and "text/html" in response["Content-Type"]
            and response.content.strip()
        )
        self.text = response.content.decode() if is_page else ""
        forms = html.fromstring(self.text).forms if self.text else []
        self.forms = [form for form in forms if form.method == "POST" and form.xpath(SAVES)]
        self.fields = as_a_browser(self.forms[0]) if self.forms else {}

    @property
    def seen(self):
        """What the page says that it was opened on."""
        return json.loads(self.fields["seen"][0]) if "seen" in self.fields else None

    def send(self, **typed):
        """Send the form with this typed; what is None is sent as empty."""
        changed = {name.replace("__", "-"): value for name, value in typed.items()}
        response = self.client.post(self.url, self.fields | changed)
        return OpenPage(self.client, response) if response.status_code == 200 else response


# The form in which something stands, not the header's or one that is a button only.
SAVES = ".//textarea | .//select | .//input[not(@type='hidden')]"


def as_a_browser(form) -> dict[str, list[str]]:
    """What a browser sends for the form."""
    fields: dict[str, list[str]] = {}
    for control in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        if control.get("disabled") is None:
            fields.setdefault(control.name, []).extend(_values(control))
    return {name: values for name, values in fields.items() if values}


def _values(control) -> list[str]:
    if control.tag == "select":
        chosen = [option for option in control.iter("option") if option.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = list(control.iter("option"))[:1]
        return [option.get("value") for option in chosen]
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n").replace("\n", "\r\n")]
    if control.type in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [] if control.type in ("file", "submit") else [control.get("value", "")]


def opened(person, url) -> OpenPage:
    """The page as it is opened by somebody signed in."""
    client = Client()
    client.force_login(person)
    return OpenPage(client, client.get(url))
