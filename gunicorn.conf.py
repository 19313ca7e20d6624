"""How the web server runs, from our settings: `gunicorn` alone in this folder is enough. See docs/operating.md."""

from typing import Any

import gunicorn.http.wsgi as wsgi

from config import load

settings = load()

wsgi_app = "app:create_app()"
worker_class = "gthread"
workers = settings["WEB_WORKERS"]
threads = settings["WEB_THREADS"]
preload_app = True  # the program is loaded once and shared by the processes
keepalive = 15
graceful_timeout = 10
accesslog = None
loglevel = "warning"
control_socket_disable = True


class Response(wsgi.Response):  # type: ignore[misc]
    """An answer that does not tell which server made it."""

    def default_headers(self) -> list[Any]:
        """The server's own headers but `Server`."""
        return [line for line in super().default_headers() if not line.lower().startswith("server:")]


wsgi.Response = Response
