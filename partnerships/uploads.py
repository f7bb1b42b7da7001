"""A file that is only weighed: hashed while it streams in, and kept nowhere."""

from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST = 50 * 1024 * 1024  # bytes


class Hashed(UploadedFile):
    """What is left of an uploaded file: its size and its checksum. There is nothing to read."""

    def __init__(self, *, size: int, checksum: str):
        super().__init__(file=None, name="file", size=size)
        self.sha256 = checksum


class HashingHandler(FileUploadHandler):
    """Reads each chunk once and lets go of it; stops at the largest size."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - Django's name
        if content_length > LARGEST:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._hash, self._size = sha256(), 0

    def receive_data_chunk(self, raw_data, start):
        self._size += len(raw_data)
        if self._size > LARGEST:
            raise StopUpload(connection_reset=True)
        self._hash.update(raw_data)
        # Nothing is returned, so that no other handler gets to keep it.

    def file_complete(self, file_size):
        return Hashed(size=self._size, checksum=self._hash.hexdigest())
