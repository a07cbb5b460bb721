"""How much a session, a reader and all of them together may have uploaded at a time; an upload under way counts too.

Streamlit limits each upload and keeps as many as are sent: forty of 10 MB to one session were all kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cdanalysis.ui.server import inside

# Times the largest upload: a file and the one that replaces it; some pages of one browser; a clinic.
MOST_OF_SESSION, MOST_OF_READER, MOST_OF_ALL = 3, 6, 60
_under_way: list[tuple[str, str, int]] = []  # session, reader, bytes


@contextmanager
def room(session_id: str, reader: str, length: bytes | None) -> Iterator[bool]:
    """Whether an upload of a stated length (none: of any length) may be taken, and its place while it comes in."""
    largest = st.get_option("server.maxUploadSize") << 20
    size = int(length) if length and length.isdigit() else largest
    upload = (session_id, reader, size)
    kept = [(name, inside.reader_of(name), held) for name, held in inside.uploaded_bytes().items()]
    held = [*kept, *_under_way, upload]
    fits = (
        sum(size for session, _, size in held if session == session_id) <= MOST_OF_SESSION * largest
        and sum(size for _, whose, size in held if whose == reader) <= MOST_OF_READER * largest
        and sum(size for _, _, size in held) <= MOST_OF_ALL * largest
    )
    if fits:
        _under_way.append(upload)
    try:
        yield fits
    finally:
        if fits:
            _under_way.remove(upload)
