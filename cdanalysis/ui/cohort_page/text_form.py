"""How an uploaded text file was read - encoding, mark between cells, decimal mark - and the choice of another form.

A choice is previewed at once and changes nothing until the file is read again; a form that cannot read the file says why.
"""

import streamlit as st

from cdanalysis.errors import CohortError
from cdanalysis.reading import TextForm
from cdanalysis.reading.bytes.text.text_preview import TextPreview, is_text, text_preview
from cdanalysis.ui.cohort_page import upload
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.tables.matching import preview_table
from cdanalysis.writing.text_form import AS_FOUND, FORM_LABELS, PART_LABELS, form_sentence, how_known, part_label

HELP = {
    "encoding": "Choose another where letters of headers or names look wrong in the preview.",
    "delimiter": "Choose another where the preview shows everything in one column, or cut apart.",
    "decimal": "Whether 1,5 is one and a half, or 1.5 is.",
}


def section() -> None:
    """The form of the text file in the session; nothing where the file is none."""
    file = upload.file()
    if file is None or not is_text(file.content):
        return
    read = file.look.text if file.look else None
    label = f"Text file read as {form_sentence(read)}" if read else "How the text is read"
    with st.expander(label, icon=":material/match_case:", expanded=_is_doubtful(file)):
        if read and read.guessed:
            st.markdown("The encoding is a guess: look at the letters of the headers and rows below.")
        places = st.columns(len(PART_LABELS))
        chosen = _chosen(file, places)
        shown = _preview(file, chosen)
        if isinstance(shown, TextPreview):
            _evidence(shown.form, places)
        _shown(shown)
        st.button(
            "Read the file in this form", key="read-in-form", icon=":material/refresh:", on_click=upload.read_in_form,
            args=(chosen,), disabled=_is_useless(shown, chosen, file.form), type="primary",
            help="Reads the whole file again; the columns that you named stay named.",
        )  # fmt: skip


def _is_doubtful(file: upload.File) -> bool:
    """Whether the form should be looked at: a guess, a single column, or no table at all."""
    if file.look is None or file.look.text is None:
        return True
    return bool(file.look.text.guessed) or len(file.look.matching.rows) < 2


def _chosen(file: upload.File, places: list) -> TextForm:
    """The three choices; an empty one leaves it to the file."""
    chosen: dict[str, str] = {}
    for (part, label), place in zip(PART_LABELS.items(), places, strict=True):
        options = ["", *FORM_LABELS[part]]
        with place:
            answer = st.selectbox(
                label,
                options,
                index=options.index(getattr(file.form, part) or ""),
                key=f"text-{part}-{file.turn}",
                format_func=lambda value, part=part: FORM_LABELS[part].get(value, AS_FOUND),
                help=HELP[part],
            )
        if answer:
            chosen[part] = answer
    return TextForm(chosen.get("encoding"), chosen.get("delimiter"), chosen.get("decimal"))


def _preview(file: upload.File, chosen: TextForm) -> TextPreview | str:
    """The first rows in the form, or the sentence that says why it cannot read them; kept with the file."""
    if chosen not in file.previews:
        try:
            file.previews[chosen] = text_preview(file.content, chosen)
        except CohortError as refusal:
            file.previews[chosen] = str(refusal)
    return file.previews[chosen]


def _evidence(form: TextForm, places: list) -> None:
    """Under each choice what the file itself says, or that it was chosen."""
    for part, evidence, place in zip(PART_LABELS, form.evidence, places, strict=True):
        if part in form.chosen:
            place.caption("Chosen.")
        else:
            place.caption(f"{part_label(form, part)}, {how_known(form, part)}: {evidence}.")


def _shown(shown: TextPreview | str) -> None:
    if isinstance(shown, str):
        st.warning(f"{escape_markdown(shown)} Nothing was changed.", icon=":material/block:")
        return
    if shown.n_columns < 2:
        st.warning("In this form every row is one cell: choose another mark between cells.", icon=":material/block:")
        return
    st.dataframe(preview_table(shown), hide_index=True, width="stretch", key="text-preview")
    st.caption(
        "The first rows in this form, numbers with a decimal point. Columns recognised as telling who a patient is stay hidden."
    )


def _is_useless(shown: TextPreview | str, chosen: TextForm, now: TextForm) -> bool:
    """Whether there is nothing to read, or nothing new."""
    return isinstance(shown, str) or shown.n_columns < 2 or chosen.parts == now.parts
