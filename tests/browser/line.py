"""A line between browser and server that can be cut and joined again."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Line:
    """Passes on what comes to its port to the server's; cut: every connection is dropped and none is taken."""

    def __init__(self, server: int) -> None:
        self.server, self.ends = server, list[socket.socket]()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self._listen()

    def cut(self) -> None:
        self._close(self.door)
        for end in self.ends:
            self._close(end)
        self.ends.clear()

    def join(self) -> None:
        self.door = socket.create_server(("127.0.0.1", self.port))
        self._listen()

    def _listen(self) -> None:
        threading.Thread(target=self._take, args=(self.door,), daemon=True).start()

    def _take(self, door: socket.socket) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                near, _ = door.accept()
                far = socket.create_connection(("127.0.0.1", self.server))
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        self._close(one)
        self._close(other)

    @staticmethod
    def _close(end: socket.socket) -> None:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
