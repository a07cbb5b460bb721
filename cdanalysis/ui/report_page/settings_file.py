"""The settings on their way out and in: the link that restores them, and the file they are saved to and loaded from."""

from hashlib import sha256

import streamlit as st

from cdanalysis.report.files.settings_json import settings_from_json, settings_to_json
from cdanalysis.settings import Settings
from cdanalysis.ui.report_page.bundling import link
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import component, save_button
from cdanalysis.writing.escapes import escape_markdown

LARGEST_MB = 1


def link_box(settings: Settings) -> None:
    """The address that restores every setting, with a button that copies it."""
    data = {
        "link": link(settings) or "/",
        "label": "Opens the program with these settings on any computer; the data are not in it.",
        "help": "Puts the address on the clipboard.",
    }
    component("cdanalysis_link", ("link.js",))(data=data, key="link")


def save_box(settings: Settings) -> None:
    """The settings as a JSON file."""
    content, about = settings_to_json(settings), "Every setting in a small JSON file; no data of a patient."
    name = f"settings-{sha256(content.encode()).hexdigest()[:8]}.json"
    save_button("Save settings", content, name, key="save-settings", help=about)


def load_box() -> None:
    """A settings file takes the place of the settings in use; what is impossible is dropped and said."""
    st.file_uploader(
        "Load settings",
        type=["json"],
        key="load-settings",
        on_change=_load,
        max_upload_size=LARGEST_MB,
        help="A file that Save settings wrote; its values are checked one by one.",
    )
    for sentence in st.session_state.get("load-said", ()):
        st.caption(f":material/info: {escape_markdown(sentence)}")


def chosen_file(key: str, label: str, explanation: str) -> Settings | None:
    """Settings of a file that is only looked at."""
    given = st.file_uploader(label, type=["json"], key=key, max_upload_size=LARGEST_MB, help=explanation)
    if given is None:
        return None
    settings, dropped = settings_from_json(given.getvalue())
    for sentence in dropped:
        st.caption(f":material/info: {escape_markdown(sentence)}")
    return settings


def _load() -> None:
    given = st.session_state["load-settings"]
    if given is None:
        st.session_state["load-said"] = ()
        return
    settings, dropped = settings_from_json(given.getvalue())
    if settings is not None:
        frame.replace_all(settings)
    said = "" if settings is None else "The settings of the file are in use."
    st.session_state["load-said"] = (*([said] if said else []), *dropped)
