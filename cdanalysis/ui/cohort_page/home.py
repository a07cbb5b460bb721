"""The first page: what the program does and a place to drop a file; with a file, whether it was understood."""

from collections.abc import Iterator

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.flow.words import cohort_summary
from cdanalysis.sections.parts import Block
from cdanalysis.sections.predictors.handle.section import scanned_curves
from cdanalysis.sections.recall import Recall, direct
from cdanalysis.settings import Settings
from cdanalysis.ui.cohort_page import matching, naming, set_up, text_form, upload
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.writing.numbers import count

HOW_TO_READ = (
    "Drop your file; until then every page shows a made-up cohort. What the file leaves open is asked here, and left out "
    "until you answer. Check the sentences, choose outcome and markers, and go on to *Predictors*. *What was read* lists "
    "the cells that could not be used. Under every figure *Save* keeps it for the paper."
)
WHAT_IT_DOES = (
    "Survival curves and hazard ratios that follow while you slide a cut-off. Every number can be checked, every doubt is "
    "asked, and your file stays in this session's memory: not on disk, not in a log, not on the network."
)
EXAMPLE_HELP = "122 made-up patients that give the numbers of a published study."
STEPS = (
    ("Your file", "What was understood, in sentences. What is in doubt, as a question."),
    ("Results", "Baseline, response, survival, predictors, endoscopy, adverse events."),
    ("Explore", "Every cut-off, every definition, and what is left after the search."),
    ("Report", "Figures for the journal, tables for Word, methods that say what you did."),
)
STEP_PX = 250
FOR_RESEARCH = "For research, not for the care of a patient."


def heading(cohort: Cohort) -> str:
    """What stands over the page."""
    return (
        "From your cohort's spreadsheet to the paper's figures"
        if _is_example(cohort)
        else "Is this what your file says?"
    )


def _is_example(cohort: Cohort) -> bool:
    """Whether the cohort is the one that the program brings, not the same workbook come back as a file of the reader's."""
    file = upload.file()
    return cohort.synthetic and (file is None or file.refused)


def page(cohort: Cohort) -> None:
    """The first screen, or what became of the reader's file."""
    if cohort.synthetic and upload.file() is None:
        _welcome()
    else:
        _own(cohort)


def _welcome() -> None:
    told, shown = st.columns([6, 5], gap="large")
    with told, st.container(key="welcome"):
        st.markdown(WHAT_IT_DOES)
        upload.box()
        upload.say_refusal()
        with st.container(horizontal=True, gap="small"):
            icon = ":material/science:"
            st.button("Open the example cohort", type="primary", icon=icon, on_click=_go_on, help=EXAMPLE_HELP)
            upload.template()
        _steps()
    with shown:
        render.following(glimpse)


def _steps() -> None:
    """The four steps, two beside each other."""
    with st.container(key="steps", horizontal=True):
        for number, (name, about) in enumerate(STEPS, 1):
            st.markdown(f"**{number} · {name}**  \n{about}", width=STEP_PX)
    st.caption(FOR_RESEARCH)


def _own(cohort: Cohort) -> None:
    first, second, back = st.columns([4, 4, 3], vertical_alignment="bottom")
    with first:
        upload.box()
    with second:
        upload.second_box()
    with back:
        upload.back()
    upload.say_refusal()
    matching.open_questions()
    text_form.section()
    matching.of_refused()
    if _is_example(cohort):
        return
    n = len(cohort.faults)
    remarks = f" {count(n, 'remark')} on its cells under *What was read*." if n else ""
    st.markdown(f"{cohort_summary(cohort)}{remarks}")
    set_up.section(cohort)
    about = "Opens the predictors of the outcome. All of this can be changed later."
    icon = ":material/arrow_forward:"
    st.button("Looks right: show the curves", type="primary", icon=icon, on_click=_go_on, help=about)
    named, kept = st.columns([2, 3], gap="large", vertical_alignment="bottom")
    with named:
        naming.section(cohort)
        ledger.lock_button(cohort)  # before anything is looked at
    file = upload.file()
    if file is not None and not file.refused:  # of a refused one it stands with its columns
        with kept:
            matching.study_file(file)


def glimpse(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The curves of the first marker under their slider; of made-up patients, so nothing is counted as looked at."""
    code = handles_of(cohort, settings)[0]
    yield from (one for one in scanned_curves(cohort, settings, code, recall) if isinstance(one, Figure))


def _go_on() -> None:
    frame.go(frame.settings(), "predictors")
