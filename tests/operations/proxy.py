"""The portal as deploy/ sets it up: gunicorn on a socket, nginx with TLS in front, in one folder."""

import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, Request, build_opener

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
NGINX = Path("/usr/sbin/nginx")
STARTS_WITHIN = 60  # seconds
TOLD_WITHIN = 10  # seconds
NAME = "portal.example.se"  # in deploy/

MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    """deploy/portal.env.example, with what is the server's own filled in."""
    example = (ROOT / "deploy" / "portal.env.example").read_text()
    told = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
    url = f"sqlite:///{connection.settings_dict['NAME']}"
    if connection.vendor == "postgresql":
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        url = f"{server}/{connection.settings_dict['NAME']}"
    return told | {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a-key-of-some-length-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "files"),
        "STATIC_ROOT": str(folder / "static"),
        "BIND": f"unix:{folder}/web.sock",
        "WEB_WORKERS": "2",
    }


class Front:
    """Both servers, their folder, and a browser of a kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        make_certificate(folder)
        self.jar = CookieJar()
        trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
        self.opener = build_opener(HTTPSHandler(context=trusted), HTTPCookieProcessor(self.jar))

    def configure(self) -> list[str]:
        """How to call nginx with deploy/nginx.conf, whose paths, ports and name are replaced."""
        replaced = {
            "/run/portal": str(self.folder),
            "/etc/letsencrypt/live/portal.example.se": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "/var/lib/portal": str(self.folder),
            "[::]:": "[::1]:",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            NAME: "localhost",
        }
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for old, new in replaced.items():
            assert old in text, old
            text = text.replace(old, new)
        text = re.sub(
            r"^ *listen \[::1\].*\n", "", text, flags=re.MULTILINE
        )  # not on every machine
        (self.folder / "portal.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder, user=user))
        return [str(NGINX), "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf"]

    def fetch(self, path: str, form: dict[str, str] | None = None, **headers: str):
        """An answer, whatever its status. A form is sent with the token of the page."""
        address = path if "://" in path else f"https://localhost:{self.https}{path}"
        data = None
        if form is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.fetch(path).text)
            data = urlencode(form | {"csrfmiddlewaretoken": token[1]}).encode()
            headers["Referer"] = "https://localhost/"
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = self.opener.open(Request(address, data, told), timeout=30)  # noqa: S310 to ourselves
        except HTTPError as refusal:
            answer = refusal
        with answer:
            answer.content = answer.read()
        answer.text = answer.content.decode(errors="replace")
        return answer

    def logs(self, *, after: str = "") -> str:
        """Every log, once it tells of that: nginx writes a moment after it has answered."""
        deadline = time.monotonic() + TOLD_WITHIN
        while True:
            told = "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))
            if after in told or time.monotonic() > deadline:
                return told
            time.sleep(0.02)


@contextmanager
def portal_behind_nginx(folder: Path) -> Iterator[Front]:
    """Both servers running, on this test's database and files."""
    front = Front(folder)
    told = environment(folder)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=told, check=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with (folder / "gunicorn.log").open("wb") as log:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log)
            for command in ([*gunicorn, "partnerships.wsgi"], front.configure())
        ]
    try:
        wait_for(front, processes)
        yield front
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(40)


def wait_for(front: Front, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not (front.folder / "web.sock").exists() or not listens(front.https):
        if time.monotonic() > deadline or any(one.poll() is not None for one in processes):
            raise AssertionError(front.logs())
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_certificate(folder: Path) -> None:
    """For this machine, by itself, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
