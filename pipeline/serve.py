"""A built website on the loopback address, to look at. Not for the public: publishing means copying the folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipeline.errors import Busy


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of a folder on 127.0.0.1; port 0 takes any that is free. Raises Busy if the port is taken."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError:
        raise Busy(f"Port {port} is taken.", "Choose another one with --port.") from None


def forever(folder: Path, port: int, echo: Callable[[str], None]) -> None:
    """Serve until interrupted."""
    with server(folder, port) as serving:
        echo(f"The website is at http://127.0.0.1:{serving.server_port}/ (stop with Ctrl-C)")
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            echo("")
