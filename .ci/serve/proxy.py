"""The configuration of nginx in front of several processes of the app: a text made from a few options, and nothing else.

A reader belongs to one process, which holds her file: the first page that she opens comes from the process whose turn it is, and
a cookie names it from then on. Her socket, uploads and the page's questions (`_stcore/`) go to that process and to no
other, also while it is started again. Only a page, which begins anew anyway, is given by another where hers does not answer.

Of patients nothing is written: no log of requests, and neither an upload nor an answer is ever put into a file on its way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COOKIE = "cdanalysis_process"
SETTINGS = re.compile(r"[\w.:/@+\-\[\]]*")  # what may stand in the configuration: no space, quote, semicolon or brace
BASE = re.compile(r"(/[A-Za-z0-9_-]+)*")
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# The program's own scripts, the same for everybody, of which that for the figures has 5 MB; never what tells of a reader.
COMPRESSED = (
    "gzip on; gzip_proxied any; gzip_min_length 10000; gzip_types text/css application/javascript text/javascript;"
)
STARTING = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>cdanalysis</title>'
    "<p>The program is starting. This page opens by itself.</p>"
)


@dataclass(frozen=True)
class Options:
    """Where nginx listens, and for whom; base: '' or '/crohn'; certificate and key: files for TLS, both or neither.

    ports: one for each process, on this machine. most_megabytes: the largest upload. folder: nginx's own, for its
    process number. Raises ValueError with a sentence where one cannot be.
    """

    ports: tuple[int, ...]
    port: int = 8501
    address: str = "127.0.0.1"
    base: str = ""
    certificate: str = ""
    key: str = ""
    most_megabytes: int = 20
    folder: str = "."

    def __post_init__(self) -> None:
        if not self.ports:
            raise ValueError("At least one process is needed.")
        if not BASE.fullmatch(self.base):
            raise ValueError(f"The base path is like /crohn, of letters, digits, - and _: {self.base!r} is not.")
        if bool(self.certificate) != bool(self.key):
            raise ValueError("TLS needs both a certificate and its key.")
        for text in (self.address, self.certificate, self.key, self.folder):
            if not SETTINGS.fullmatch(text):
                raise ValueError(f"Neither a space nor a quote can stand in {text!r}.")


def nginx_config(options: Options) -> str:
    """The whole configuration; nginx is started with it, in the foreground, by .ci/serve/processes.py."""
    temporary = "\n".join(f"  {name}_temp_path {options.folder}/{name};" for name in FOLDERS)
    return f"""\
# Made by .ci/serve/proxy.py; do not edit.
daemon off;
worker_processes 1;
pid {options.folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1000; }}
http {{
{temporary}
  access_log off;
  server_tokens off;
  absolute_redirect off;
{_processes(options)}
{_whose(options)}
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  map $http_x_forwarded_proto $outer_scheme {{ default $scheme; https https; }}
{_server(options)}
}}
"""


def _processes(options: Options) -> str:
    """Groups of addresses: all in turn, each alone, and each with the others for when it does not answer."""
    lines = [_group("all", options.ports, ())]
    for number, port in enumerate(options.ports, 1):
        others = tuple(other for other in options.ports if other != port)
        lines += [_group(f"only_{number}", (port,), ()), _group(f"first_{number}", (port,), others)]
    return "\n".join(lines)


def _group(name: str, ports: tuple[int, ...], others: tuple[int, ...]) -> str:
    # max_fails=0: one cut line, as when an upload is refused before its end, must not send a process's readers away.
    servers = [f"server 127.0.0.1:{port} max_fails=0;" for port in ports]
    backups = [f"server 127.0.0.1:{port} max_fails=0 backup;" for port in others]
    return f"  upstream {name} {{ {' '.join([*servers, *backups])} }}"


def _whose(options: Options) -> str:
    """From the cookie to the process, and from the process that answered with a page to the cookie."""
    numbers = range(1, len(options.ports) + 1)
    only = " ".join(f"{number} only_{number};" for number in numbers)
    first = " ".join(f"{number} first_{number};" for number in numbers)
    answered = " ".join(f"'~:{port}$' {number};" for number, port in enumerate(options.ports, 1))
    # Lax: a link in a mail program's page must not give a reader, whose other page holds a file, to another process.
    attributes = f"Path={options.base}/; HttpOnly; SameSite=Lax{'; Secure' if options.certificate else ''}"
    return f"""\
  map $cookie_{COOKIE} $only {{ default all; {only} }}
  map $cookie_{COOKIE} $first {{ default all; {first} }}
  map $upstream_addr $answered {{ default ''; {answered} }}
  map $sent_http_content_type $is_page {{ default 0; ~^text/html 1; }}
  map '$is_page $answered $cookie_{COOKIE}' $binding {{
    default '';
    '~^1 (?<is>[0-9]+) (?!\\k<is>$)' '{COOKIE}=$is; {attributes}';
  }}"""


def _server(options: Options) -> str:
    listening = f"{options.address}:{options.port}{' ssl' if options.certificate else ''}"
    base = options.base
    elsewhere = (
        f"    location = {base} {{ return 307 {base}/$is_args$args; }}\n    location / {{ return 404; }}"
        if base
        else ""
    )
    return f"""\
  server {{
    listen {listening};
{_tls(options)}
    client_max_body_size {options.most_megabytes + 1}m;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto $outer_scheme;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_request_buffering off;
    proxy_buffering off;
    proxy_max_temp_file_size 0;
    proxy_read_timeout 15m;
    proxy_send_timeout 5m;
    proxy_next_upstream error;
    location ~ ^{base}/(.*/)?_stcore/ {{ proxy_pass http://$only; }}
    location {base}/static/ {{ proxy_pass http://$first; {COMPRESSED} }}
    location {base}/ {{ proxy_pass http://$first; add_header Set-Cookie $binding; error_page 502 504 = @starting; }}
    location @starting {{ default_type text/html; return 503 '{STARTING}'; }}
{elsewhere}
  }}"""


def _tls(options: Options) -> str:
    if not options.certificate:
        return ""
    return f"""\
    ssl_certificate {options.certificate};
    ssl_certificate_key {options.key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_tickets off;
    error_page 497 =307 https://$http_host$request_uri;"""
