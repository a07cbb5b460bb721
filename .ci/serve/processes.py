"""Several processes of the app behind nginx, each started again when it ends: `make serve`.

`python .ci/serve/processes.py --help` lists the options; each can be given as a variable of the environment too, as SERVE_PORT,
which a container does. Ends with Ctrl-C or SIGTERM. What nginx says is printed without its requests, in which the id of a
session can stand.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / ".ci")]

from serve.proxy import Options, nginx_config  # noqa: E402

NO_NGINX = "nginx is needed and was not found; on Debian and Ubuntu: apt-get install nginx-light"
REFUSED = 2  # the exit code of a process that must not start, and says why
FIRST_INNER_PORT = 18_501  # below those that a system gives out itself
LOOK_EVERY, SECONDS_TO_END, LONGEST_PAUSE = 0.2, 10.0, 30.0


class Program:
    """A program that is started again whenever it ends; at once, or after a pause that grows where it ends again and again."""

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.pause = 0.0
        self.start()

    def start(self) -> None:
        """Start it, with all that it starts itself in a group of its own."""
        self.began = time.monotonic()
        named = {**os.environ, **self.environment}
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=named, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        assert self.process.stderr is not None
        Thread(target=tell, args=(self.process.stderr,), daemon=True).start()

    def tend(self) -> bool:
        """Start it again where it has ended and its pause is over; False if it refuses to start."""
        code = self.process.poll()
        if code is None or code == REFUSED:
            return code is None
        lasted = time.monotonic() - self.began
        if lasted >= self.pause:
            self.signal_all(signal.SIGKILL)  # what it had started holds patients' data, and perhaps its port
            print(f"{self.name} ended ({code}) and is started again", file=sys.stderr, flush=True)
            self.pause = 0.0 if lasted > LONGEST_PAUSE else min(2 * self.pause + 1, LONGEST_PAUSE)
            self.start()
        return True

    def end(self) -> None:
        """Wait for the end that was asked for, and see to it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=SECONDS_TO_END)
        self.signal_all(signal.SIGKILL)
        self.process.wait()

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to it and to what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def tell(lines: Iterable[bytes]) -> None:
    """Print what a program says; of nginx's lines what stands before the client and its request."""
    for line in lines:
        print(line.decode(errors="replace").rstrip().split(", client: ")[0], file=sys.stderr, flush=True)


def app_command(asked: argparse.Namespace, port: int) -> list[str]:
    """How one process of the app is started: on this machine only, whoever nginx serves."""
    names = [part for name in asked.names.split(",") for part in ("--server.allowedHosts", name.strip())]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    return [*command, "--server.port", str(port), "--server.baseUrlPath", asked.base.strip("/"), *names]


def free_ports(n: int) -> tuple[int, ...]:
    """Ports of this machine for the processes, which keep them when they are started again."""
    found: list[int] = []
    for port in range(FIRST_INNER_PORT, FIRST_INNER_PORT + 1000):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == n:
            break
    return tuple(found)


def answers(address: str) -> bool:
    """Whether a process of the app answers; it is there, too, where it refuses to be called by its number."""
    try:
        urlopen(address, timeout=2).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def serve(commands: dict[str, list[str]], options: Options, ready: str) -> int:
    """Keep nginx and the processes until a signal ends them (0) or one refuses to start (2); prints `ready` once all answer."""
    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    # A process that listens to this machine only has to know that others reach it through nginx.
    environment = {"CDANALYSIS_SERVED_AT": options.address}
    programs = [Program(name, command, environment) for name, command in commands.items()]
    waiting = [f"http://127.0.0.1:{port}{options.base}/_stcore/health" for port in options.ports]
    going = True
    while going and not ending.wait(LOOK_EVERY):
        going = all([program.tend() for program in programs])
        if waiting and not (waiting := [address for address in waiting if not answers(address)]):
            print(ready, flush=True)
    for program in programs:
        program.signal_all(signal.SIGTERM)
    for program in programs:
        program.end()
    return 0 if going else REFUSED


def asked_for(arguments: Sequence[str]) -> argparse.Namespace:
    """The options from the command line, or else from the environment."""
    parser = argparse.ArgumentParser(description="Several processes of the app behind nginx.")
    for name, default, about in (
        ("workers", str(os.cpu_count() or 1), "how many processes; as many as the machine has cores"),
        ("port", "8501", "where nginx listens"),
        ("address", "127.0.0.1", "the address it listens at; 0.0.0.0: all of this machine"),
        ("names", "localhost,127.0.0.1", "the server's names as readers type them, with commas"),
        ("base", "", "the path before every page, as /crohn"),
        ("cert", "", "a certificate with its chain, for TLS"),
        ("key", "", "its private key"),
    ):
        given = os.environ.get(f"SERVE_{name.upper()}") or default
        parser.add_argument(f"--{name}", default=given, help=f"{about} ({default or 'none'})")
    return parser.parse_args(arguments)


def options_of(asked: argparse.Namespace, folder: str) -> Options:
    """What the configuration is made from; raises ValueError with a sentence."""
    if not asked.workers.isdigit() or not asked.port.isdigit():
        raise ValueError("The port and the number of processes are whole numbers.")
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return Options(
        ports=free_ports(int(asked.workers)),
        port=int(asked.port),
        address=asked.address,
        base=asked.base.rstrip("/"),
        certificate=asked.cert and str(Path(asked.cert).resolve()),
        key=asked.key and str(Path(asked.key).resolve()),
        most_megabytes=config["server"]["maxUploadSize"],
        folder=folder,
    )


def main(arguments: Sequence[str]) -> int:
    """Serve until the end; 2 and a sentence where that cannot be."""
    asked = asked_for(arguments)
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if nginx is None:
        print(NO_NGINX, file=sys.stderr)
        return REFUSED
    with tempfile.TemporaryDirectory(prefix="cdanalysis-") as folder:
        try:
            options = options_of(asked, folder)
        except ValueError as error:
            print(f"Not started: {error}", file=sys.stderr)
            return REFUSED
        config = Path(folder) / "nginx.conf"
        config.write_text(nginx_config(options))
        commands = {f"process {number}": app_command(asked, port) for number, port in enumerate(options.ports, 1)}
        commands["nginx"] = [nginx, "-p", folder, "-c", str(config)]
        scheme = "https" if options.certificate else "http"
        address = f"{scheme}://{options.address}:{options.port}{options.base}/"
        return serve(commands, options, f"{len(options.ports)} processes of the app are ready at {address}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
