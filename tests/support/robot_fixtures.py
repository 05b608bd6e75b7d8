"""A local server in the place of a work group's robot."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

OK = b'{"errcode":0,"errmsg":"ok"}'
KEY = "73febdcb-secret"


class Robots:
    """A server that keeps what it is sent and answers as told; the last answer is given again and again."""

    def __init__(self, *answers: tuple[int, bytes], wait: float = 0, **headers: str) -> None:
        self.answers = list(answers) or [(200, OK)]
        self.headers, self.wait = headers, wait
        self.paths: list[str] = []
        self.types: list[str] = []
        self.bodies: list[dict] = []
        self.url = ""

    @property
    def contents(self) -> list[str]:
        return [body["text"]["content"] for body in self.bodies]


@contextmanager
def listening(*answers: tuple[int, bytes], wait: float = 0, **headers: str):
    told = Robots(*answers, wait=wait, **headers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            told.paths.append(self.path)
            told.types.append(self.headers["Content-Type"])
            told.bodies.append(json.loads(content))
            time.sleep(told.wait)
            status, body = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            try:
                self.send_response(status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the caller has left

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/send?key={KEY}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
