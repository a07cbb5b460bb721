"""The fifteen facts of how the default stack breaks, what here keeps each from happening, and the tests that would tell.

`without_defence.py` takes each defence out of a copy of the program and runs its tests, which must fail.
"""

from __future__ import annotations

from dataclasses import dataclass

FACTS = {
    1: "a small workbook takes all memory, or ends the process",
    2: "a header is run as a program",
    3: "an older file is handed out under the name of a newer one",
    4: "a cache gives the result of another table or of other settings",
    5: "Markdown in a header calls out",
    6: "markup in a figure's text calls out",
    7: "an exception shows and logs a patient's row",
    8: "the server listens to every network",
    9: "any page on the internet drives the program",
    10: "page and server call out unasked",
    11: "an upload outlives its reader",
    12: "any session clears or reads what all of them share",
    13: "an export holds live formulas",
    14: "nonsense is computed without a word",
    15: "a median is off by one event by rounding",
}


@dataclass(frozen=True)
class Defence:
    """What keeps a fact from happening: its place, the edits (file, text, text in its place) that take it out, its tests."""

    fact: int
    what: str
    edits: tuple[tuple[str, str, str], ...]
    tests: tuple[str, ...]


def _one(fact: int, what: str, file: str, old: str, new: str, *tests: str) -> Defence:
    return Defence(fact, what, ((file, old, new),), tests)


CONFIG = ".streamlit/config.toml"
WORDS, EXPORTS, CACHES, NONSENSE = (
    f"tests/facts/test_{name}.py::test_" for name in ("words", "exports", "caches", "nonsense")
)
GUARD, SERVED, CHILD = (
    "tests/ui/test_guard.py::test_",
    "tests/browser/test_served.py::test_",
    "tests/reading/test_child.py::test_",
)
REPEATED = "tests/reading/test_repetition.py::test_"
OPTIONS = f"{GUARD}every_configured_option_exists_and_the_private_ones_are_set"
ANSWERED = f"{GUARD}what_is_answered_refused_and_sent_elsewhere"
NAMES = f"{EXPORTS}a_name_of_a_saved_file_stands_for_one_content"
SAVED, BUNDLED = (
    f"{EXPORTS}no_table_that_a_page_saves_holds_a_formula",
    f"{EXPORTS}no_file_of_the_bundle_holds_a_formula",
)

DEFENCES = (
    _one(1, "cells are counted and placed before a reader sees them", "cdanalysis/reading/bytes/budget.py",
         "far = _MAYBE_FAR.search(text) and _is_far(text)", "far = False",
         "tests/reading/test_read_cohort.py::test_a_stray_cell_in_the_last_column_is_refused_before_anything_is_allocated"),
    _one(1, "the reader's process may not take more memory than it needs", "cdanalysis/reading/bytes/parser.py",
         '("RLIMIT_AS", MEMORY), ', "", f"{CHILD}the_child_may_not_take_the_memory_that_a_reader_would_take"),
    _one(1, "the reader is a process of its own, whose death is a sentence", "cdanalysis/reading/bytes/child.py",
         "if child.returncode or sheets is None:", "if False:",
         f"{CHILD}the_death_of_the_child_is_a_sentence"),
    _one(1, "a shared text counts in every cell that names it", "cdanalysis/reading/bytes/repetition.py",
         "told.add(0, _shared_bytes(", "(0, _shared_bytes(",
         f"{REPEATED}a_shared_text_counts_in_every_cell_that_names_it_before_a_reader_unfolds_it"),
    _one(1, "a repeated row or cell counts as often as it is repeated", "cdanalysis/reading/bytes/repetition.py",
         "            told.add(n_cells, n_bytes)", "            pass",
         f"{REPEATED}repeated_cells_and_rows_of_an_open_document_are_multiplied"),
    _one(1, "what a reader tells is counted while it tells", "cdanalysis/reading/bytes/parser.py",
         "        told.add(len(cells), len(row))", "        pass",
         f"{REPEATED}what_the_child_tells_is_counted_whatever_the_file_repeats"),
    _one(1, "and what the server takes of it, too", "cdanalysis/reading/bytes/child.py",
         "        left -= len(line)", "        pass",
         "tests/reading/test_child.py::test_more_than_the_most_is_never_taken_from_a_child"),
    _one(1, "a merged cell counts as often as it fills", "cdanalysis/reading/rows/shape.py",
         "            told.add(max(left + 1 - len(row), 1), len(value) if isinstance(value, str) else 0)", "            pass",
         f"{REPEATED}merged_cells_are_counted_as_often_as_they_are_filled"),
    _one(2, "lifelines is given columns, never a formula", "cdanalysis/statistics/checks/lifelines_check.py",
         "fit_options=EXACT, **late)", 'fit_options=EXACT, formula=" + ".join(frame), **late)',
         f"{WORDS}no_text_is_run_and_none_is_shown_as_html"),
    Defence(2, "a header is a label: lifelines' names are ours", (
        ("cdanalysis/statistics/checks/lifelines_check.py", '[f"x{index}" for index in range(columns.shape[1])]',
         "[f\"I(__import__('os').mkdir('CANARY{index}'))\" for index in range(columns.shape[1])]"),
        ("cdanalysis/statistics/checks/lifelines_check.py", "fit_options=EXACT, **late)",
         'fit_options=EXACT, formula=" + ".join(frame.columns[:-2]), **late)')),
        (f"{WORDS}a_header_that_is_a_program_is_a_label_and_lifelines_never_sees_it",)),
    _one(3, "a table's name holds the hash of its content", "cdanalysis/ui/widgets/printed.py", "-{stamp}.{kind}", ".{kind}",
         NAMES),
    _one(3, "so do the matching's", "cdanalysis/ui/cohort_page/matching.py",
         "-{sha256(content.encode()).hexdigest()[:8]}.json", ".json", NAMES),
    _one(3, "and the settings'", "cdanalysis/ui/report_page/settings_file.py",
         "-{sha256(content.encode()).hexdigest()[:8]}.json", ".json", NAMES),
    _one(3, "and the bundle's", "cdanalysis/ui/report_page/bundling.py", "-{sha256(work.content).hexdigest()[:8]}.zip", ".zip",
         f"{EXPORTS}a_bundle_is_named_by_its_content"),
    _one(4, "a cohort is its fingerprint in every memory", "cdanalysis/ui/memory/session_memory.py",
         'return getattr(one, "fingerprint", one)', 'return len(one.patients) if hasattr(one, "fingerprint") else one',
         f"{CACHES}two_registers_that_differ_where_streamlit_does_not_look_have_two_results"),
    _one(4, "and in the session's memory", "cdanalysis/ui/memory/session_memory.py",
         "key = (function, *map(_key, given))", "key = (function, _key(given[0]))",
         f"{CACHES}what_a_moving_handle_remembers_is_by_cohort_and_by_every_choice"),
    _one(4, "the fingerprint is of every byte", "cdanalysis/reading/assembling.py", "hashlib.sha256(content + ",
         "hashlib.sha256(content[:65536] + ", f"{CACHES}the_fingerprint_is_of_every_byte_and_of_the_matching"),
    _one(4, "every setting that decides a number is in the key", "cdanalysis/ui/memory/cached.py",
         "[only(one, RESULT_FIELDS) if isinstance(one, Settings) else one for one in given]",
         "[Settings() if isinstance(one, Settings) else one for one in given]",
         f"{CACHES}a_changed_setting_changes_the_result_of_a_page"),
    _one(5, "a word of the file is escaped for Markdown", "cdanalysis/writing/escapes.py",
         r'return _LINE_START.sub(r"\1\\", _MARKDOWN_MARKS.sub(r"\\\1", parted))', "return parted",
         f"{WORDS}no_page_takes_a_word_of_the_file_for_markdown"),
    _one(5, "the browser may fetch from this server only", "cdanalysis/ui/server/guard.py",
         'b"content-security-policy": POLICY.encode(),', "", ANSWERED, f"{SERVED}every_answer_carries_the_headers"),
    _one(6, "a word of the file is escaped for figures", "cdanalysis/writing/escapes.py",
         'return one_line(text).translate(_FIGURE_ENTITIES)', "return one_line(text)",
         f"{WORDS}no_figure_takes_a_word_of_the_file_for_markup"),
    _one(7, "a page shows no exception", CONFIG, 'showErrorDetails = "none"', 'showErrorDetails = "full"', OPTIONS),
    _one(7, "and offers no search engine", CONFIG, "showErrorLinks = false", "showErrorLinks = true", OPTIONS),
    _one(7, "the log tells where, never what", "cdanalysis/ui/server/quiet.py", "        if error is not None:", "        if False:",
         f"{GUARD}an_exception_is_logged_by_kind_and_place_and_never_by_what_it_says"),
    _one(8, "the server listens to this computer", CONFIG, 'address = "127.0.0.1"', 'address = "0.0.0.0"', OPTIONS,
         f"{SERVED}it_listens_to_this_computer_only"),
    _one(8, "one that others reach does not start without a sign-in", "cdanalysis/ui/server/server.py", "    if refusal:", "    if False:",
         f"{SERVED}a_server_that_others_reach_does_not_start_without_a_sign_in"),
    _one(9, "only its own names are answered", CONFIG, 'allowedHosts = ["localhost", "127.0.0.1"]', "allowedHosts = []",
         OPTIONS, f"{SERVED}another_name_of_this_machine_is_refused"),
    _one(9, "only its own pages open a socket", "cdanalysis/ui/server/guard.py", 'if is_own_page(dict(scope["headers"])) and', "if",
         f"{SERVED}another_program_of_this_computer_cannot_open_the_socket"),
    _one(9, "only its own pages upload", CONFIG, "enableXsrfProtection = true", "enableXsrfProtection = false", OPTIONS,
         f"{SERVED}an_upload_that_no_page_asked_for_is_refused"),
    _one(10, "no usage statistics", CONFIG, "gatherUsageStats = false", "gatherUsageStats = true", OPTIONS),
    _one(10, "no link makes the page ask Streamlit's host", "cdanalysis/ui/server/guard.py",
         "if name != CALLS_OUT]", "]", ANSWERED),
    _one(10, "nor leads to another host", "cdanalysis/ui/server/guard.py", '(307, f"?{urlencode(kept)}")',
         '(307, "/" + scope["path"].lstrip("/") + f"?{urlencode(kept)}")', ANSWERED),
    _one(10, "a foreign socket is refused before the server asks for its own address", "cdanalysis/ui/server/guard.py",
         'if is_own_page(dict(scope["headers"])) and', "if", f"{SERVED}the_server_calls_nobody"),
    _one(11, "sessions whose reader left are ended on time", "cdanalysis/ui/server/server.py", ', "lifespan": sweeping}', "}",
         f"{SERVED}a_reader_who_left_is_forgotten_without_another_visitor"),
    _one(11, "what is computed for a reader who left is stopped", "cdanalysis/ui/server/sweep.py",
         "            ending.end(thread)", "            pass",
         f"{SERVED}what_is_computed_for_a_reader_ends_when_the_reader_leaves"),
    _one(11, "but never inside Streamlit's own code", "cdanalysis/ui/server/ending.py", "return whose.startswith(OURS) and",
         "return", "tests/ui/test_ending.py::test_nothing_is_stopped_inside_streamlit_or_while_a_module_is_loaded"),
    _one(11, "a file that its reader forgets leaves the server at once", "cdanalysis/ui/cohort_page/upload.py",
         "        if runtime.exists() and context is not None:", "        if False:",
         f"{SERVED}a_reader_who_left_is_forgotten_without_another_visitor"),
    _one(11, "of all that are kept, those whose time is up", "cdanalysis/ui/server/sweep.py", "session.shutdown()", "pass",
         f"{CACHES}a_sweep_ends_those_whose_time_is_up_and_no_other"),
    _one(11, "an upload is never a temporary file", "cdanalysis/ui/server/server.py", "    keep_uploads_in_memory()\n", "",
         f"{SERVED}an_upload_of_21_mb_is_refused_and_takes_no_memory"),
    _one(12, "what the server tells of its sessions is closed", "cdanalysis/ui/server/guard.py",
         "part == INNER and after not in OPEN", "False", ANSWERED, f"{SERVED}what_is_not_needed_is_closed",
         f"{SERVED}behind_a_base_path_the_same_is_closed_and_the_program_works"),
    _one(12, "a socket needs a browser's secret", "cdanalysis/ui/server/guard.py",
         'if is_own_page(dict(scope["headers"])) and reader(scope["headers"]):', 'if is_own_page(dict(scope["headers"])):',
         f"{GUARD}a_socket_without_a_readers_cookie_is_refused_and_one_with_it_brings_its_reader",
         f"{SERVED}a_socket_without_a_browsers_secret_is_refused"),
    _one(12, "a session is kept with its reader, and nobody else's socket gets it", "cdanalysis/ui/server/server.py",
         "    reader.install()\n", "", f"{SERVED}the_id_of_a_session_opens_nothing_without_its_readers_cookie"),
    _one(12, "nobody else uploads into it", "cdanalysis/ui/server/guard.py", " or is_of_another(scope):", ":",
         f"{GUARD}an_upload_into_anothers_session_is_refused",
         f"{SERVED}the_id_of_a_session_opens_nothing_without_its_readers_cookie"),
    _one(12, "the log holds no id of a session", "cdanalysis/ui/server/quiet.py",
         "elif _ID.search(text := _said(record)):", 'elif (text := "") is None:', f"{GUARD}no_id_of_a_session_is_logged"),
    _one(11, "a session, a reader and all of them keep a bounded number of uploads", "cdanalysis/ui/server/guard.py",
         "await (self.app(scope, receive, sending) if fits else _answer(sending, TOO_MANY))",
         "await self.app(scope, receive, sending)",
         f"{GUARD}a_session_a_reader_and_all_together_keep_a_bounded_number_of_bytes",
         f"{SERVED}a_session_keeps_a_bounded_number_of_uploads_and_a_file_can_always_be_replaced"),
    _one(11, "an upload under way counts", "cdanalysis/ui/server/quota.py", "        _under_way.append(upload)",
         "        pass", f"{GUARD}an_upload_under_way_has_its_place_and_gives_it_back"),
    _one(12, "nothing of a cohort is kept for the process", "cdanalysis/ui/memory/session_memory.py",
         "    kept: OrderedDict[tuple, Any] = st.session_state.setdefault(KEY, OrderedDict())",
         "    kept = _shared()\n\n\n@st.cache_resource\ndef _shared():\n    return OrderedDict()\n",
         f"{CACHES}every_cache_ends_with_its_session_or_holds_no_patient"),
    _one(7, "no figure or report is called after a patient's file", "cdanalysis/reading/naming.py",
         "return file_name if parts and all(map(_is_harmless, parts)) else OWN", "return file_name or OWN",
         "tests/reading/test_naming.py::test_any_other_name_is_not",
         "tests/reading/test_naming.py::test_no_figure_and_no_report_names_a_file_that_is_called_after_a_patient"),
    _one(13, "a cell that begins a formula gets an apostrophe", "cdanalysis/writing/tables/csv_file.py",
         "if _visible(part).startswith(FORMULA_STARTS) else part", "if False else part", SAVED, BUNDLED),
    _one(13, "also behind marks of no width", "cdanalysis/writing/tables/csv_file.py", "if _visible(part).startswith", "if part.startswith",
         SAVED, BUNDLED),
    _one(13, "also behind a semicolon inside a cell", "cdanalysis/writing/tables/csv_file.py", "parts = _PARTED.split(value)",
         "parts = [value]", SAVED, BUNDLED),
    _one(13, "also in the ledger", "cdanalysis/report/files/bundle.py", "[harmless_cell(cell) for cell in astuple(line)]",
         "list(astuple(line))", BUNDLED),
    Defence(13, "a text of the workbook is a text", (
        ("cdanalysis/report/files/workbook.py", "sheet.write_string(row, column, _writable(cell),",
         "sheet.write(row, column, _writable(cell),"),
        ("cdanalysis/report/files/workbook.py", '"strings_to_formulas": False', '"strings_to_formulas": True')),
        (f"{EXPORTS}no_cell_of_the_workbook_is_a_formula_or_a_link_and_the_words_are_as_they_were",)),
    _one(13, "the grid offers no export of its own", CONFIG, "disableDataExport = true", "disableDataExport = false", OPTIONS),
    _one(14, "an event is 0 or 1", "cdanalysis/statistics/time_axis.py", "    if len(other):", "    if False:",
         f"{NONSENSE}an_event_that_is_not_0_or_1_is_refused_by_name"),
    _one(14, "a time is not negative", "cdanalysis/statistics/time_axis.py", "if (times < 0).any():", "if False:",
         f"{NONSENSE}a_time_that_is_no_duration_is_refused_by_name"),
    _one(14, "nor a date", "cdanalysis/statistics/time_axis.py", 'array.dtype.kind not in "fiub" and array.size', "False",
         f"{NONSENSE}a_time_that_is_no_duration_is_refused_by_name"),
    _one(14, "a missing group is no group", "cdanalysis/statistics/time_axis.py", "np.cumsum(present) - 1, -1), -1)",
         "np.cumsum(present) - 1, -1), 0)", f"{NONSENSE}a_missing_group_is_no_group"),
    _one(14, "survival beyond the follow-up is not claimed", "cdanalysis/statistics/curves/kaplan_meier.py",
         "return self.n_at_risk > 0 or self.survival.value == 0", "return True",
         f"{NONSENSE}survival_beyond_the_follow_up_is_not_claimed",
         f"{NONSENSE}the_page_does_not_claim_it_either"),
    _one(14, "nor an incidence", "cdanalysis/sections/survival/competing/analysis.py",
         "return self.n_at_risk > 0 or self.relapse.value + self.competing.value >= 1 - 1e-9", "return True",
         f"{NONSENSE}an_incidence_beyond_the_follow_up_is_not_claimed_either"),
    _one(14, "nor a restricted mean", "cdanalysis/statistics/curves/rmst.py",
         "if horizon > last and (not len(curve.time) or curve.survival[-1] > 0):", "if False:",
         f"{NONSENSE}a_restricted_mean_beyond_the_follow_up_is_not_estimable"),
    _one(14, "an infinite hazard ratio is none", "cdanalysis/statistics/cox/kernel/cox_newton.py",
         "informed & ~infinite, ~informed", "informed, ~informed",
         f"{NONSENSE}a_covariate_that_orders_the_times_has_no_hazard_ratio"),
    _one(15, "S(t) is half up to a tolerance", "cdanalysis/statistics/curves/survival_band.py", "TOLERANCE = 1e-9", "TOLERANCE = 0.0",
         f"{NONSENSE}the_median_of_untied_events_is_the_middle_whatever_the_rounding"),
)  # fmt: skip
