"""An S3 just large enough for a lake, in memory, on this machine: put, get, head, delete, list, several parts. Keys are not checked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class SmallS3(ThreadingHTTPServer):
    """objects: by /bucket/key. down: answers nothing but 503."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.down = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def small_s3() -> Iterator[SmallS3]:
    server = SmallS3()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answer(BaseHTTPRequestHandler):
    server: SmallS3
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is told."""

    def do_PUT(self) -> None:
        key, asked, content = self._asked()
        if "uploadId" in asked:
            self.server.parts[asked["uploadId"]][int(asked["partNumber"])] = content
        else:
            self.server.objects[key] = content
        self._say(200, ETag=_tag(content))

    def do_POST(self) -> None:
        key, asked, content = self._asked()
        if "uploads" in asked:
            name = str(len(self.server.parts) + 1)
            self.server.parts[name] = {}
            self._say(
                200, f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId></InitiateMultipartUploadResult>"
            )
        elif "uploadId" in asked:
            parts = self.server.parts.pop(asked["uploadId"])
            self.server.objects[key] = b"".join(parts[number] for number in sorted(parts))
            self._say(200, f"<CompleteMultipartUploadResult><Key>{escape(key)}</Key></CompleteMultipartUploadResult>")
        else:  # ?delete: many at once
            bucket = key.partition("/?")[0].rstrip("/")
            for part in content.decode().split("<Key>")[1:]:
                self.server.objects.pop(f"{bucket}/{part.partition('</Key>')[0]}", None)
            self._say(200, "<DeleteResult></DeleteResult>")

    def do_GET(self) -> None:
        key, asked, _ = self._asked()
        if "list-type" in asked:
            prefix = f"{key.rstrip('/')}/"
            found = [name[len(prefix) :] for name in sorted(self.server.objects) if name.startswith(prefix)]
            rows = "".join(
                f"<Contents><Key>{escape(name)}</Key><Size>{len(self.server.objects[prefix + name])}</Size>"
                "<LastModified>2021-10-15T00:00:00.000Z</LastModified></Contents>"
                for name in found
                if name.startswith(asked.get("prefix", ""))
            )
            self._say(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>")
        elif key not in self.server.objects:
            self._say(404, "<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._say(
                *_part(self.server.objects[key], self.headers.get("Range", "")), ETag=_tag(self.server.objects[key])
            )

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        key, _, _ = self._asked()
        self.server.objects.pop(key, None)
        self._say(204)

    def _asked(self) -> tuple[str, dict[str, str], bytes]:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        return unquote(parts.path), asked, self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _say(self, code: int, told: str | bytes = b"", span: str = "", **headers: str) -> None:
        content = told.encode() if isinstance(told, str) else told
        self.send_response(503 if self.server.down else code)
        for name, value in headers.items():
            self.send_header(name, value)
        if span:
            self.send_header("Content-Range", span)
        self.send_header("Content-Length", str(0 if self.server.down else len(content)))
        self.end_headers()
        if self.command != "HEAD" and not self.server.down:
            self.wfile.write(content)


def _part(content: bytes, asked: str) -> tuple[int, bytes, str]:
    """(code, bytes, Content-Range) for a Range header."""
    if not asked:
        return 200, content, ""
    first, _, last = asked.removeprefix("bytes=").partition("-")
    start = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    return 206, content[start : end + 1], f"bytes {start}-{end}/{len(content)}"


def _tag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
