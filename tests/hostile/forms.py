"""The forms of a page, as a browser would send them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html

WORDS = {
    "email": "nagon@exempelby.example",
    "number": "1",
    "date": "2024-05-21",
    "url": "https://a.example",
}
ANYTHING, A_DAY = "Text", "2024-05-21"
A_NUMBER, OF_NUMBERS = (
    "1",
    ("number", "paragraph", "amount", "count", "year", "price", "share", "length"),
)
ROW = re.compile(r"^(.+-\d+-).+$")  # of a list; an empty row may stay empty
KNOWN = {
    "org_number": "212000-0142",
    "payee_number": "212000-0142",
    "year_from": "2025",
    "year_to": "2025",
    "ends_at": "13:30",
    "appeal_until": "",
    "keep_until": "2099-12-31",
    "named": "",
}
A_DIARY_NUMBER, A_TIME = "KS 2024-478", "12:30"
OF_DAYS = ("_on", "on", "_from", "_until", "starts", "ends", "first_day", "date")


@dataclass
class Form:
    """What a browser would send, where, and what else each of its lists offers."""

    url: str
    method: str
    filled: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Every name in it, once."""
        return [*dict(self.filled), *self.files]


def forms_of(page: bytes, url: str) -> Iterator[Form]:
    """The forms of the page that lead to this portal, with what its links carry as a form too."""
    tree = html.fromstring(page)
    for element in tree.iter("form"):
        form = Form(
            urljoin(url, element.get("action") or url), element.get("method", "get").lower()
        )
        outside = tree.xpath("//*[@form=$id]", id=element.get("id")) if element.get("id") else []
        for control in [*element.iter("input", "select", "textarea", "button"), *outside]:
            _read(control, form)
        _choose(form)
        yield form
    for link in tree.iter("a"):
        target = urlsplit(urljoin(url, link.get("href") or ""))
        if target.query and not target.netloc:
            yield Form(target.path, "get", parse_qsl(target.query, keep_blank_values=True))


def _read(control, form: Form) -> None:
    name, kind = control.get("name"), control.get("type", "text")
    if not name or control.get("disabled") is not None:
        return
    if control.tag == "button" or kind in {"submit", "image", "button"}:
        form.buttons.append((name, control.get("value", "")))  # only the pressed one is sent
    elif control.tag == "select":
        form.options[name] = [option.get("value", "") for option in control.iter("option")]
        chosen = [
            o.get("value", "") for o in control.iter("option") if o.get("selected") is not None
        ]
        form.filled += [(name, value) for value in chosen if value] or [
            (name, value) for value in _first(form.options[name], name)
        ]
    elif kind == "file":
        form.files.append(name)
    elif kind in {"checkbox", "radio"}:
        form.options.setdefault(name, []).append(control.get("value", "on"))
        if control.get("checked") is not None:
            form.filled.append((name, control.get("value", "on")))
    else:
        text = (control.text if control.tag == "textarea" else control.get("value")) or ""
        form.filled.append((name, text.strip("\n") or _word_for(name, kind, control.tag)))


def _choose(form: Form) -> None:
    """The first of what nobody has chosen of; what stands alone is left unticked."""
    chosen = dict(form.filled)
    for name, options in form.options.items():
        is_a_tick = len(options) == 1
        if name not in chosen and not is_a_tick and not ROW.match(name):
            form.filled.append((name, _first(options)[0]))


def _first(options: list[str], name: str = "") -> list[str]:
    if ROW.match(name):
        return options[:1]
    return next(([option] for option in options if option), [""])


def _word_for(name: str, kind: str, tag: str) -> str:
    """What somebody would write who fills in everything."""
    if kind in WORDS:
        return WORDS[kind]
    if kind == "hidden" or tag == "button" or ROW.match(name):
        return ""
    if name in KNOWN:
        return KNOWN[name]
    if "diary_number" in name:
        return A_DIARY_NUMBER
    if name.endswith("_at"):
        return A_TIME
    if any(part in name for part in OF_NUMBERS):
        return A_NUMBER
    return A_DAY if any(name.endswith(part) for part in OF_DAYS) else ANYTHING


def place_of(url: str) -> str:
    """The name of the view that the address leads to; empty when it leads to none."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""
