"""What hostile hands send: every value that has ever broken a form, and every way to send it."""

from base64 import b64encode
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import quote_from_bytes, urlencode, urlsplit

from tests.hostile.forms import Form

LONG = 100_000
TEXTS = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufeff", "\u202eabc", "e\u0301" * 40,
    "\u0300" * 400, "👩‍👩‍👧‍👦", "\U0010ffff", "\uffff", "\r\n\r\n", "\t", "\x1b[31m", "%00", "%s%n", "{0}",
    "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "\\", "[](",
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "javascript:alert(1)",
    "null", "undefined", "[]", "{}", '{"a": 1}', "[[[[", '"', "x" * 256, "å" * LONG, "9" * LONG,
    "(" * 5000, "*" * 5000, "> " * 2000, "\n" * LONG,
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1e999", "-1e999", "1e-999", "NaN", "sNaN", "Infinity", "-inf", "9" * 22, "-" + "9" * 22,
    "2147483648", "9223372036854775808", "-9223372036854775809", "0x10", "1_000", "1 000,5", "1,5,5", "٣",
    "²", "½", "1.", ".", "-", "+", "0" * 5000 + "1", "1" + "0" * 400, "0.0000000001", "1e5", "12e4000000",
    "9" * 12 + ",99", "32768", "65536",
)  # fmt: skip
DATES = (
    "0000-00-00", "99999-01-01", "0001-01-01", "9999-12-31", "2024-02-30", "2024-13-01", "hösten 99999",
    "hösten 0000", "hösten 9999", "vintern 9999", "0001", "9999", "0000", "10000", "9999-12", "9999-12 ?",
    "0001-01 ?", "9999 ?", "våren 0001", "2024-05-21T25:61", "2024-05-21 10:00+99:99", "T", "2024--1", "-2024",
    "+2024-01-01", "٢٠٢٤-٠١-٠١", "2024/..", "../2024", "y-20000", "1950-tal", "2024-W60", "24:00", "99:99",
)  # fmt: skip
COUNTS = ("-1", "1000000000", "x", "", "1.5", "9" * 30, "0", "3", "1000", "1001", "\x00", "-0")
IDENTIFIERS = ("0", "-1", "9" * 9, "9" * 19, "9" * 40, "x", "1.0", "\x00", " 1", "٣", "None")
QUERIES = (
    "q", "page", "cursor", "sort", "on", "from", "to", "kind", "status", "year", "first", "last", "measure",
    "code", "next", "format", "committee", "partner", "agreement", "section", "template", "o", "p", "all",
    "e", "_popup", "_to_field", "term", "app_label", "model_name", "field_name", "id__in", "fetch", "only",
)  # fmt: skip
FILES = (
    b"",
    b"\x00",
    b"%PDF-1.7\n%%EOF",
    b"PK\x03\x04",
    b"a;b\n1;2\n",
    b"\xff\xfe",
    b"GIF89a",
    b"x" * 50_000,
)
FILE_NAMES = (
    "a.pdf",
    "a.csv",
    "a.xlsx",
    "a.se",
    "a.png",
    "",
    "../../a",
    "a\x00.csv",
    "å" * 300,
    "\ud800.csv",
    ".",
)
BOUNDARY = "hostile"


@dataclass(frozen=True)
class Sent:
    """A request, ready to be sent; `how` says what was done to the form."""

    method: str
    url: str
    how: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)


Pairs = list[tuple[str, str]]


class Hands:
    """Makes one request of a form after the other, always the same ones for one seed."""

    def __init__(self, seed: str, strangers: list[str]):
        self.random, self.strangers = Random(seed), strangers

    def value(self) -> str:
        """A value of any kind, or the key of a row of somebody else."""
        kinds = (TEXTS, NUMBERS, DATES, IDENTIFIERS, self.strangers)
        return self.random.choice(self.random.choice(kinds))

    def attack(self, form: Form, extra: list[str]) -> Sent:
        """The form sent in some hostile way."""
        if form.method == "get":
            return self._asked(form)
        if form.buttons and self.random.random() < 0.5:
            form = replace(form, filled=[*form.filled, self.random.choice(form.buttons)])
        way = self.random.choice(WAYS)
        sent = way(self, form, extra)
        if self.random.random() < 0.2:
            sent = replace(sent, headers=self._headers(), how=sent.how + " with headers")
        return sent

    def _asked(self, form: Form) -> Sent:
        pairs = [*form.filled]
        for _each in range(self.random.randint(1, 4)):
            known = [name for name, _value in form.filled]
            name = self.random.choice([*known, *known, *QUERIES])
            pairs = [pair for pair in pairs if pair[0] != name] + [(name, self.value())]
        query = encoded(pairs).decode()
        return Sent(
            "GET",
            f"{urlsplit(form.url).path}?{query[:60_000]}",
            f"asked {pairs!r}"[:600],
            headers=self._headers(),
        )

    def _headers(self) -> dict[str, str]:
        return self.random.choice(
            [
                {},
                {"HX-Request": "true", "HX-Target": "a", "HX-Current-URL": "http://["},
                {"HX-Request": "true", "HX-Trigger-Name": "\xff", "HX-Boosted": "true"},
                {"Accept-Language": "x" * 4000, "Accept": "\x01"},
                {"Referer": "http://[::1", "Cookie": "session=\xff; csrftoken=" + "a" * 5000},
                {"If-None-Match": '"', "If-Modified-Since": "99999", "Range": "bytes=-1-"},
                {"X-Forwarded-For": "\x00, ::1, 1.2.3.4" * 50, "X-Request-Id": "\n" + "x" * 9000},
            ]
        )

    # ---- The ways

    def some_fields(self, form: Form, _extra: list[str]) -> Sent:
        """A few fields hold what they should not."""
        names = self._some(form.names, most=4)
        pairs = [(n, self._fitting(form, n) if n in names else v) for n, v in form.filled]
        return self._posted(
            form, pairs, f"fields {[(n, v[:80]) for n, v in pairs if n in names]!r}"
        )

    def every_field(self, form: Form, _extra: list[str]) -> Sent:
        """Every field holds the same."""
        value = self.value()
        return self._posted(
            form, [(name, value) for name, _v in form.filled], f"every {value[:80]!r}"
        )

    def missing(self, form: Form, _extra: list[str]) -> Sent:
        """Some fields are not there."""
        names = self._some(form.names, most=len(form.names))
        return self._posted(form, [p for p in form.filled if p[0] not in names], f"without {names}")

    def repeated(self, form: Form, _extra: list[str]) -> Sent:
        """Some fields are there several times."""
        names = self._some(form.names, most=3)
        more = [(name, self.value()) for name in names for _each in range(3)]
        return self._posted(form, form.filled + more, f"again {more!r}"[:300])

    def counts(self, form: Form, extra: list[str]) -> Sent:
        """Rows are counted wrongly."""
        managing = [name for name, _v in form.filled if name.endswith("_FORMS")]
        if not managing:
            return self.some_fields(form, extra)
        names = {name: self.random.choice(COUNTS) for name in self._some(managing, most=3)}
        pairs = [(n, names.get(n, v)) for n, v in form.filled if names.get(n) != ""]
        return self._posted(form, pairs, f"counts {names}")

    def unknown(self, form: Form, extra: list[str]) -> Sent:
        """Fields that are named as a model's."""
        more = [(name, self.value()) for name in self._some(extra, most=20)]
        return self._posted(form, form.filled + more, f"extra {more!r}"[:300])

    def keys(self, form: Form, extra: list[str]) -> Sent:
        """Choices are keys of other rows, or of none."""
        chosen = list(form.options)
        if not chosen:
            return self.some_fields(form, extra)
        new = {
            n: self.random.choice([*IDENTIFIERS, *self.strangers])
            for n in self._some(chosen, most=4)
        }
        pairs = [p for p in form.filled if p[0] not in new] + list(new.items())
        return self._posted(form, pairs, f"keys {new}")

    def swapped(self, form: Form, _extra: list[str]) -> Sent:
        """Files where text is expected, and text where a file is."""
        names = self._some([name for name, _v in form.filled], most=3)
        files = [(n, self.random.choice(FILE_NAMES), self.random.choice(FILES)) for n in names]
        pairs = [p for p in form.filled if p[0] not in names] + [(n, "x") for n in form.files]
        return self._multipart(form, pairs, files, f"files for {names}")

    def files(self, form: Form, extra: list[str]) -> Sent:
        """Files that are none."""
        if not form.files:
            return self.swapped(form, extra)
        files = [(n, self.random.choice(FILE_NAMES), self.random.choice(FILES)) for n in form.files]
        return self._multipart(
            form, form.filled, files, f"files {[(n, f) for n, f, _c in files]!a}"
        )

    def malformed(self, form: Form, _extra: list[str]) -> Sent:
        """A body that is not what it says."""
        kind, body = self.random.choice(
            [
                ("multipart/form-data", b"--x"),
                ("multipart/form-data; boundary=", b"--"),
                (f"multipart/form-data; boundary={BOUNDARY}", b"--hostile\r\nContent-Disp"),
                (f"multipart/form-data; boundary={BOUNDARY}", self._base64(form)),
                (f"multipart/form-data; boundary={'b' * 300}", b"--b"),
                ("multipart/form-data; boundary=\xff", b"--\xff"),
                (f"multipart/form-data; boundary={BOUNDARY}; charset=utf-16", self._base64(form)),
                ("application/json", b'{"a": [1'),
                ("application/x-www-form-urlencoded; charset=nothing", encoded(form.filled)),
                ("application/x-www-form-urlencoded; charset=utf-16", encoded(form.filled)),
                ("application/x-www-form-urlencoded", b"&".join([b"a=%F"] * 6000)),
                ("application/x-www-form-urlencoded", b"\xff\xfe%%%=&&==%00"),
                ("text/plain", b"\x00" * 1000),
                ("", encoded(form.filled)),
                ("application/x-www-form-urlencoded", b"a=" + b"x" * 3_000_000),
            ]
        )
        return Sent("POST", form.url, f"malformed {kind[:60]!r} {body[:60]!r}", body, kind)

    def _base64(self, form: Form) -> bytes:
        """Parts that are encoded, one of them wrongly."""
        name = self.random.choice(form.names or ["a"])
        content = self.random.choice([b64encode(b"x" * 100), b"=", b"\xff!", b"YQ", b"Y"])
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n'.encode()
        return (
            head
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + content
            + f"\r\n--{BOUNDARY}--\r\n".encode()
        )

    def asked_too(self, form: Form, _extra: list[str]) -> Sent:
        """The form as it is, with a query that it does not know."""
        sent = self._asked(form)
        return replace(self._posted(form, form.filled, sent.how), url=sent.url)

    def other_method(self, form: Form, _extra: list[str]) -> Sent:
        """Another method than the form's."""
        method = self.random.choice(
            ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"]
        )
        return replace(self._posted(form, form.filled, method), method=method)

    def other_row(self, form: Form, _extra: list[str]) -> Sent:
        """The form sent to another address of the same shape."""
        parts = urlsplit(form.url).path.split("/")
        numbers = [place for place, part in enumerate(parts) if part.isdigit()]
        for place in numbers:
            key = self.random.choice(["0", "9" * 10, "9" * 20, "9" * 400, *self.strangers])
            parts[place] = quote_from_bytes(key.encode("utf-8", "surrogatepass"))
        method = self.random.choice(["GET", "POST"])
        return replace(
            self._posted(form, form.filled, f"{method} another row"),
            url="/".join(parts),
            method=method,
        )

    # ---- Of what they are made

    def _some(self, names: list[str], *, most: int) -> list[str]:
        names = list(dict.fromkeys(names))
        return self.random.sample(names, min(len(names), self.random.randint(1, max(most, 1))))

    def _fitting(self, form: Form, name: str) -> str:
        """Half of the time what hurts a field of its name, else anything."""
        if self.random.random() < 0.5:
            return self.value()
        if name in form.options:
            return self.random.choice([*form.options[name], *IDENTIFIERS, *self.strangers])
        return self.random.choice(self.random.choice((DATES, NUMBERS)))

    def _posted(self, form: Form, pairs: Pairs, how: str) -> Sent:
        if form.files or self.random.random() < 0.1:
            return self._multipart(form, pairs, [], how)
        return Sent("POST", form.url, how, encoded(pairs))

    def _multipart(self, form: Form, pairs: Pairs, files: list, how: str) -> Sent:
        lines = []
        for name, value in pairs:
            lines += [
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            ]
        body = "\r\n".join([*lines, ""]).encode("utf-8", "surrogatepass")
        for name, file_name, content in files:
            head = (
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"'
                "\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            body += head.encode("utf-8", "surrogatepass") + content + b"\r\n"
        body += f"--{BOUNDARY}--\r\n".encode()
        return Sent("POST", form.url, how, body, f"multipart/form-data; boundary={BOUNDARY}")


def encoded(pairs: Pairs) -> bytes:
    return urlencode(
        [tuple(part.encode("utf-8", "surrogatepass") for part in pair) for pair in pairs]
    ).encode()


WAYS = (
    Hands.some_fields, Hands.some_fields, Hands.some_fields, Hands.some_fields, Hands.every_field,
    Hands.missing, Hands.repeated, Hands.counts, Hands.unknown, Hands.keys, Hands.keys, Hands.swapped,
    Hands.files, Hands.malformed, Hands.asked_too, Hands.other_method, Hands.other_row,
)  # fmt: skip
