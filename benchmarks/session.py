"""One reader without a browser: a websocket session that opens a page, releases the CRP handle, uploads a file."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from urllib.request import Request, urlopen

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

HANDLE, UPLOAD = "figure-relapse-by-crp", "upload-0"
BOUNDARY = "cdanalysis-load"
MOST_BYTES = 60_000_000


@dataclass
class Session:
    """A connected reader; errors: exceptions shown and errors said, by what they are."""

    address: str
    socket: websockets.ClientConnection
    cookie: str
    handle: tuple[str, str] = ("", "")  # the component's id and its fragment's
    uploader: str = ""
    session_id: str = ""
    errors: list[str] = field(default_factory=list)
    figures: int = 0
    moves: int = 0

    async def run(self, request: BackMsg, patience: float) -> float:
        """Send a request to run and read until the run has ended; its seconds."""
        started = time.perf_counter()
        await self.socket.send(request.SerializeToString())
        async with asyncio.timeout(patience):
            while True:
                message = ForwardMsg.FromString(await self.socket.recv())
                self._note(message)
                if message.WhichOneof("type") == "script_finished":
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        return time.perf_counter() - started
                elif message.WhichOneof("type") == "session_event" and message.session_event.HasField(
                    "script_compilation_exception"
                ):
                    self.errors.append("compile error")

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id or self.session_id
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        if element.HasField("exception"):
            self.errors.append("an exception on the page")
        elif element.HasField("alert") and element.alert.format == element.alert.ERROR:
            self.errors.append(element.alert.body[:120])
        elif element.HasField("file_uploader") and element.file_uploader.id.endswith(f"-{UPLOAD}"):
            self.uploader = element.file_uploader.id
        elif element.HasField("bidi_component"):
            self.figures += 1
            if element.bidi_component.id.endswith(HANDLE):
                self.handle = element.bidi_component.id, message.delta.fragment_id

    async def open(self, page: str, patience: float = 60) -> float:
        """Run a page as a browser does that opens its address."""
        request = BackMsg()
        request.rerun_script.page_name = page
        return await self.run(request, patience)

    async def release(self, cutoff: float, patience: float = 60) -> float:
        """Release the CRP handle at a cut-off; seconds until everything that follows it has been sent."""
        request = BackMsg()
        request.rerun_script.fragment_id = self.handle[1]
        own = request.rerun_script.widget_states.widgets.add()
        own.id, own.json_value = self.handle[0], "{}"
        state = request.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.handle[0]}__events"
        self.moves += 1
        told = {"event": "commit", "value": {"value": cutoff, "move": self.moves}}
        state.json_trigger_value = json.dumps([told])
        return await self.run(request, patience)

    async def upload(self, name: str, content: bytes, patience: float = 60) -> float:
        """Put a file where the server says and run with it."""
        request = BackMsg()
        request.file_urls_request.request_id = "one"
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self.session_id
        await self.socket.send(request.SerializeToString())
        while (message := ForwardMsg.FromString(await self.socket.recv())).WhichOneof("type") != "file_urls_response":
            self._note(message)
        urls: FileURLs = message.file_urls_response.file_urls[0]
        await asyncio.to_thread(put, self.address, urls.upload_url, name, content, self.cookie)
        run = BackMsg()
        state = run.rerun_script.widget_states.widgets.add()
        state.id = self.uploader
        info: UploadedFileInfo = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = urls.file_id, name, len(content)
        info.file_urls.CopyFrom(urls)
        return await self.run(run, patience)


async def connected(address: str) -> Session:
    """A new session of the server, with what a page gives to a browser: its secret and, behind a proxy, its process."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with urlopen(f"{address}/", timeout=10) as page:
        cookie = "; ".join(given.split(";")[0] for given in page.headers.get_all("Set-Cookie"))
    socket = await websockets.connect(
        url, subprotocols=["streamlit"], additional_headers={"Cookie": cookie}, max_size=MOST_BYTES, ping_interval=None
    )
    return Session(address, socket, cookie)


def put(address: str, url: str, name: str, content: bytes, cookie: str) -> None:
    """The upload itself, with the token that the server asks of a browser."""
    with urlopen(f"{address}/_stcore/health", timeout=10) as answer:
        token = answer.headers["Set-Cookie"].split("_streamlit_xsrf=")[1].split(";")[0]
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = part.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "X-Xsrftoken": token.strip('"'),
        "Cookie": f"_streamlit_xsrf={token}; {cookie}",
    }
    urlopen(Request(f"{address}{url}", body, headers, method="PUT"), timeout=30).close()
