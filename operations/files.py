"""Where files are kept, as the environment says it: on the disk, or in an S3-compatible storage."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

OPTIONS = {
    "endpoint_url": "endpoint_url",
    "region": "region_name",
    "addressing": "addressing_style",
}
LOOKS = (
    "Write it as s3://BUCKET/FOLDER?endpoint_url=https://…&region=…, or leave it out for the disk."
)


def files_storage(url: str) -> dict[str, Any]:
    """What `STORAGES` wants to hear. Raises ImproperlyConfigured with what to do."""
    if not url:
        return {"BACKEND": "partnerships.storage.WholeFileStorage"}
    parts = urlsplit(url)
    told = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme != "s3" or not parts.hostname or parts.username or set(told) - set(OPTIONS):
        raise ImproperlyConfigured(
            f"FILES_URL is not understood. {LOOKS} Credentials are AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY."
        )
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            "FILES_URL asks for django-storages. Install it with "
            "`pip install --require-hashes -r requirements-s3.txt`, or leave FILES_URL out."
        )
    options = {OPTIONS[name]: values[-1] for name, values in told.items()}
    return {
        "BACKEND": "operations.s3.PrivateS3Storage",
        "OPTIONS": {"bucket_name": parts.netloc, "location": parts.path.strip("/"), **options},
    }
