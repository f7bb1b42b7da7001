"""Files in a bucket of an S3-compatible storage: private, as they were given, never written over.

Needs `requirements-s3.txt`; only the settings name this module.
"""

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

KEPT_IN_MEMORY = 5_000_000  # bytes of a file that is read; more goes to a temporary file
TAKEN = 412  # precondition failed: there is an object of that name


class PrivateS3Storage(S3Storage):
    """A storage that behaves as the disk does."""

    def __init__(self, *, addressing_style: str = "", **options):
        super().__init__(
            client_config=_config(addressing_style or _addressing(options.get("endpoint_url"))),
            file_overwrite=False,
            max_memory_size=KEPT_IN_MEMORY,
            **options,
        )

    def _save(self, name: str, content: File) -> str:
        """Store under the name, or under the next free one if somebody was a moment faster."""
        while True:
            try:
                self._put(name, content)
            except ClientError as refusal:
                if refusal.response["ResponseMetadata"]["HTTPStatusCode"] != TAKEN:
                    raise
                name = self.get_available_name(name)
            else:
                return clean_name(name)

    def _put(self, name: str, content: File) -> None:
        """One request, which the server refuses when the name is taken.

        The content type is no invitation to show or to unpack what is stored.
        """
        content.seek(0)
        self.connection.meta.client.put_object(
            Bucket=self.bucket_name,
            Key=self._normalize_name(clean_name(name)),
            Body=content.file,
            ContentType=self.default_content_type,
            IfNoneMatch="*",
        )

    def url(self, name: str, *_args, **_options) -> str:
        """As on the disk, an address that leads nowhere: the portal's own pages give files out."""
        return f"/{filepath_to_uri(name)}"


def _addressing(endpoint_url: str | None) -> str:
    """Every server but Amazon's understands the bucket in the path."""
    return "path" if endpoint_url else "auto"


def _config(addressing_style: str) -> Config:
    """How to talk with the server: soon giving up, and with nothing that only Amazon's understands."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": addressing_style},
        connect_timeout=5,
        read_timeout=30,
        retries={"mode": "standard", "total_max_attempts": 3},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
