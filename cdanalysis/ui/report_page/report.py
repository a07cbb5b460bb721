"""The parts of the Report page: the bundle, what was looked at, the link, the settings file, the comparison."""

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.report.disclosure.rule import LEAST, MOST, SMALLEST, STEP, Rule
from cdanalysis.sections.blocks import Looked, Table
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.settings import Settings
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.report_page import bundling, ledger
from cdanalysis.ui.shell.components import save_button
from cdanalysis.ui.widgets import show
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count

HOW_TO_READ = (
    "*Make the bundle* puts everything into one file to save: the figures and tables of every page with the settings in "
    "use, and the report to edit. *What was looked at* lists each analysis of this session, so that a paper can say how "
    "many there were. The link opens the program with these settings elsewhere; the data are never in it."
)
PATIENTS_HELP = "Id, time, event and groups of each patient: for you, not for who only gets the figures."
BUNDLE_HELP = "Every figure, table and setting of this analysis, and the report as a Word file, in one ZIP."
FOR_WHOM = {
    "me": "For me and the paper: everything, exact",
    "others": "For others: small counts masked, no single patients",
}
FOR_WHOM_HELP = (
    "For others, what could tell of a single patient is masked, rounded or left out, and README.txt says what."
)
SMALLEST_HELP = (
    "Counts below it are masked, others rounded to multiples of twice it: 5 is usual, 9 meets OpenSAFELY's rule."
)
ABOUT_LEDGER = (
    "A specification is what decides the numbers of a page: cut-offs, groups, definitions, clock, candidates, screening, ties. It "
    "is counted when its numbers were shown: a cut-off is counted where its slider was released. The ledger lives in "
    "this session and in your bundle, and nowhere else. *Lock the primary specification* is in the sidebar; only what was locked "
    "before anything was looked at is pre-specified."
)


def bundle_box(cohort: Cohort, settings: Settings) -> bool:
    """Make the bundle and hand it out; says whether one is in the making."""
    work = bundling.current(cohort, settings)
    if work is None:
        _offer(cohort, settings)
    elif not work.content:
        _progress(work, cohort, settings)
        return True
    else:
        _hand_out(work)
    return False


def ledger_box(cohort: Cohort, settings: Settings) -> None:
    """What was looked at in this session, and where each comes from."""
    ledger.note(Looked(cohort, settings, recall(predictors, cohort, settings)))
    st.markdown(escape_markdown(ledger.sentence(cohort)))
    show.table(Table("ledger", ledger.table(cohort), "What was looked at"))
    st.caption(ABOUT_LEDGER)


def _offer(cohort: Cohort, settings: Settings) -> None:
    st.markdown(
        "One ZIP: every figure as PNG and SVG, every table as Excel and CSV, the settings, a Python script that repeats the "
        "analysis, and this session's ledger. For you and the paper also the report as a Word file and the column matching."
    )
    slow = st.checkbox(
        "With the slow parts",
        key="bundle-slow",
        help="Bootstraps, imputations and the multiverse, also where you have not opened them; can take minutes.",
    )
    rule = _for_whom()
    patients = rule is None and st.checkbox("With one line per patient", key="bundle-patients", help=PATIENTS_HELP)
    st.button(
        "Make the bundle",
        type="primary",
        icon=":material/folder_zip:",
        key="make-bundle",
        help=BUNDLE_HELP,
        on_click=lambda: bundling.start(cohort, settings, with_slow=slow, with_patients=patients, rule=rule),
    )


def _for_whom() -> Rule | None:
    """Whom the bundle is for, and from which count on it shows one; None where it is for the reader alone."""
    chosen = st.radio("For whom", FOR_WHOM, format_func=FOR_WHOM.__getitem__, key="bundle-for", help=FOR_WHOM_HELP)
    if chosen == "me":
        return None
    smallest = st.number_input(
        "Smallest count shown", LEAST, MOST, SMALLEST, STEP, key="bundle-smallest", help=SMALLEST_HELP
    )
    return Rule(int(smallest))


def _progress(work: bundling.Work, cohort: Cohort, settings: Settings) -> None:
    if not work.collected:
        doing = f"Collecting: {work.stops[work.visited].title}"
    elif work.waiting:
        n, done = len(work.kept.figures), len(work.kept.figures) - len(work.waiting)
        doing = f"Drawing the figures: {done} of {n} are done"
    else:
        doing = "Writing the report and the ZIP"
    bar = st.progress(work.share, doing)
    st.button("Cancel", on_click=bundling.forget, key="cancel-bundle", help="Stops, and forgets what was collected.")
    bundling.step(work, cohort, settings, bar.progress)


def _hand_out(work: bundling.Work) -> None:
    n_figures, n_tables = len(work.pngs), len(work.kept.tables)
    figures, tables = count(n_figures, "figure"), count(n_tables, "table")
    st.markdown(f"**The bundle is ready:** {figures}, {tables}, {len(work.content) / 1e6:.1f} MB.")
    missing = bundling.left_out(work)
    if missing:
        with st.expander("Not in the bundle, and why", icon=":material/info:"):
            st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in missing))
    with st.container(horizontal=True):
        look = {"key": "save-bundle", "type": "primary", "help": BUNDLE_HELP}
        save_button("Save the bundle", work.content, bundling.file_name(work), **look)
        st.button("Make it again", on_click=bundling.forget, key="again-bundle", help="Forgets this bundle.")
