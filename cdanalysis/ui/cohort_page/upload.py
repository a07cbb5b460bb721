"""Putting a spreadsheet into the session: the upload boxes, their refusals, the template, and the way back.

The bytes stay in the session, so that they can be read again with answers; nothing of them goes anywhere else.
"""

from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cdanalysis.reading import FILE_ENDINGS, FileLook, Matching, Named, Opened, Question, Study, TextForm
from cdanalysis.reading.bytes.budget import MOST_ROWS
from cdanalysis.reading.bytes.text.text_preview import TextPreview
from cdanalysis.reading.headers.corrections import in_form
from cdanalysis.ui.server import inside
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import save_button
from cdanalysis.writing.escapes import escape_markdown

WHAT_IT_MAY_HOLD = (
    "One row per patient in **patients**; visits, events, endoscopy and adverse events each in a sheet of their own. Only the "
    "patients sheet is required. The template's dictionary sheet explains every column."
)
FILE, REFUSAL, BOXES = "file", "refusal", "upload-boxes"


@dataclass(frozen=True, eq=False)
class File:
    """The file uploaded last, read or refused; `turn` counts its readings.

    more: a second file of the same patients, by name and bytes, read with it.
    study: how it was read, with every answer given. questions: what it leaves open; answered: what was asked, and the answer.
    form: of a text file, what the reader chose of it. previews: its first rows in each form that was looked at, or why not.
    """

    name: str
    content: bytes
    look: FileLook | None = None
    study: Study = Study()
    questions: tuple[Question, ...] = ()
    refused: bool = False
    turn: int = 0
    form: TextForm = TextForm()
    previews: dict[TextForm, TextPreview | str] = field(default_factory=dict)
    answered: tuple[tuple[Question, str], ...] = ()
    more: tuple[Named, ...] = ()

    @property
    def files(self) -> tuple[Named, ...]:
        """Every file that the cohort is read from."""
        return (self.name, self.content), *self.more


def box() -> None:
    """The upload box; a file is read once, when it arrives, and its cohort outlives a page switch."""
    st.file_uploader(
        "Drop a file: Excel, CSV, REDCap, SPSS, Stata, SAS, Parquet", type=list(FILE_ENDINGS), key=_key(),
        on_change=_read, help=f"Read into this session's memory only: not stored, logged or sent. At most {MOST_ROWS:,} rows.",
    )  # fmt: skip


def second_box() -> None:
    """A box for a second file of the same patients, once there is a first."""
    if file() is not None:
        st.file_uploader(
            "Another file of the same patients",
            type=list(FILE_ENDINGS),
            key=_second_key(),
            on_change=_join,
            help="Their visits, laboratory values or follow-up: joined by the patients' identifiers, and who is in one file "
            "only is counted.",
        )


def say_refusal() -> None:
    """Why the last file, or the last answer, was not taken."""
    if st.session_state.get(REFUSAL):
        shown = "example cohort" if frame.cohort().synthetic else "cohort from before"
        told = (
            f"{escape_markdown(st.session_state[REFUSAL])}\n\nUntil the file can be read, the pages show the {shown}."
        )
        st.error(told, icon=":material/error:")


def back() -> None:
    """The way back to the bundled cohort."""
    about = "Forgets your file and shows the made-up patients again."
    st.button("Use the bundled synthetic cohort", on_click=_forget, icon=":material/science:", help=about)


def template() -> None:
    """The empty workbook whose headers are the data dictionary."""
    content = (frame.ASSETS / "template.xlsx").read_bytes()
    about = "An empty workbook with every column, its unit and its meaning."
    save_button("Template workbook", content, "cohort-template.xlsx", key="template", icon=None, help=about)


def file() -> File | None:
    """The file uploaded last, while the session holds it."""
    return st.session_state.get(FILE)


def read_again(study: Study) -> None:
    """Read the file in the session with a study; what cannot be read so leaves everything as it was read last."""
    current = file()
    if current is not None:
        _read_files(current, current.more, study)


def read_in_form(form: TextForm) -> None:
    """Read the text file in the session in another form, with the columns that the reader named."""
    current = file()
    if current is not None:
        matching = in_form(current.look.matching if current.look else Matching(()), form)
        read_again(replace(current.study, matching=matching))


def _join() -> None:
    """Read the file in the session together with the one in the second box, or alone where that is empty."""
    current, uploaded = file(), st.session_state.get(_second_key())
    if current is not None:
        more = ((uploaded.name, uploaded.getvalue()),) if uploaded is not None else ()
        with st.spinner("Reading the files…"):
            _read_files(current, more, Study())


def _read_files(current: File, more: tuple[Named, ...], study: Study) -> None:
    """Read what is in the session anew; what cannot be read so leaves everything as it was read last."""
    opened = frame.load(((current.name, current.content), *more), study)
    if opened.cohort is None and (opened.look is None or not current.refused):
        refuse(opened.refusal)
        return
    form = study.matching.text if study.matching else None
    _keep(replace(current, form=form or TextForm(), turn=current.turn + 1, more=more), opened)


def refuse(sentence: str) -> None:
    """Say why something asked for was not done."""
    st.session_state[REFUSAL] = sentence


def _read() -> None:
    uploaded = st.session_state.get(_key())
    if uploaded is None:
        refuse("")
    else:
        content = uploaded.getvalue()
        with st.spinner("Reading the file…"):  # a register takes seconds
            opened = frame.load([(uploaded.name, content)])
        _keep(File(uploaded.name, content), opened)


def _keep(file: File, opened: Opened) -> None:
    refuse(opened.refusal)
    read = {"look": opened.look, "study": opened.study, "questions": opened.questions, "answered": opened.answered}
    st.session_state[FILE] = replace(file, **read, refused=opened.cohort is None)


def _key() -> str:
    """The upload box: another one after the file of the one before was forgotten, so that it is empty."""
    return f"upload-{st.session_state.get(BOXES, 0)}"


def _second_key() -> str:
    """The second box: another one for every first file."""
    current = file()
    return f"{_key()}-more-{current.name}-{len(current.content)}" if current else f"{_key()}-more"


def _forget() -> None:
    """Nothing of the file is kept: not the cohort, nor its results, nor the bytes that the server holds for the box."""
    context = get_script_run_ctx()
    for uploaded in filter(None, map(st.session_state.get, (_key(), _second_key()))):
        if runtime.exists() and context is not None:
            inside.uploads().remove_file(context.session_id, uploaded.file_id)
    st.session_state[BOXES] = st.session_state.get(BOXES, 0) + 1
    frame.use_demo()
    refuse("")
    st.session_state.pop(FILE, None)
