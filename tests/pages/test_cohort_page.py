"""The Cohort page: a matching is asked for, corrected, saved and restored; faults are filtered; a reload is said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.shell import frame

ROOT = Path(__file__).parents[2]
OUTCOME = "relapse_months,relapse_event,follow_up_months"
TWO_CRP = f"id,CRP,hs-CRP,{OUTCOME}\nA,1,10,3,1,9\nB,2,20,4,0,9\n".encode()


def cohort_page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def upload(app: AppTest, name: str, content: bytes, box: int = 0) -> AppTest:
    return app.file_uploader[box].upload(name, content, "text/csv").run()


def read(app: AppTest) -> AppTest:
    """The page that says what was read of the file."""
    return app.switch_page("pages/reading.py").run()


def asks(app: AppTest) -> AppTest:
    """The page that asks."""
    return app.switch_page("app.py").run()


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def test_a_column_that_fits_alike_is_asked_about_and_the_answer_is_read() -> None:
    app = upload(cohort_page(), "two.csv", TWO_CRP)
    assert "crp_mg_per_l" not in app.session_state["cohort"].patients
    assert any("Not clear from the file" in one.value for one in app.markdown)
    question = next(one for one in app.selectbox if "Which is it?" in one.label)
    assert question.options == ["CRP", "hs-CRP", "none of these"]
    question.select("hs-CRP")
    press(app, "Read the file with these answers")
    assert not app.exception
    assert app.session_state["cohort"].patients["crp_mg_per_l"].tolist() == [10, 20]
    assert not any("Not clear from the file" in one.value for one in app.markdown)


def test_a_saved_matching_names_the_columns_of_a_refused_file() -> None:
    app = upload(cohort_page(), "klinik.csv", b"Kennung,CRP\nA,3\nB,4\n")
    assert "It is not clear what tells the patients apart" in app.error[0].value
    assert [one.value for one in app.header][0] == "Say what its columns are"
    assert app.session_state["cohort"].synthetic
    saved = (
        b'{"format": "cdanalysis matching", "version": 1, "sheets": {}, "columns": '
        b'[{"sheet": "patients", "header": "Kennung", "column": "patient_id", "unit": "", "week": null}, '
        b'{"sheet": "patients", "header": "CRP", "column": "crp_mg_per_l", "unit": "mg/dl", "week": null}]}'
    )
    app.file_uploader(key="saved-matching").upload("matching.json", saved, "application/json").run()
    assert not app.error
    assert app.session_state["cohort"].patients["crp_mg_per_l"].tolist() == [30, 40]
    read(app).file_uploader(key="saved-matching").upload("other.json", b"[]", "application/json").run()
    assert "not a study file" in app.error[0].value
    assert app.session_state["cohort"].patients["crp_mg_per_l"].tolist() == [30, 40]


def test_the_bundled_cohort_comes_back_and_the_file_is_forgotten() -> None:
    app = upload(cohort_page(), "two.csv", TWO_CRP)
    press(app, "Use the bundled synthetic cohort")
    assert "file" not in app.session_state
    assert app.session_state["cohort"].synthetic


def test_faults_are_filtered_and_the_rest_of_the_file_is_used() -> None:
    rows = "\n".join(f"P{i},{'x' if i < 3 else '<5'},{'' if i else 'perhaps'},{i + 3},9" for i in range(6))
    app = upload(cohort_page(), "faults.csv", f"id,CRP,relapse_event,relapse_months,follow_up_months\n{rows}".encode())
    read(app)

    def columns(name: str = "Column") -> set[str]:
        return set(next(one.value for one in app.dataframe if "Found" in one.value)[name])

    assert {"crp_mg_per_l", "relapse_event"} <= columns()
    app.multiselect(key="faults-Column").select("crp_mg_per_l").run()
    assert columns() == {"crp_mg_per_l"}
    app.multiselect(key="faults-Column").unselect("crp_mg_per_l").run()
    app.multiselect(key="faults-What was done").select("used, with this warning").run()
    assert columns("What was done") == {"used, with this warning"}
    assert len(app.session_state["cohort"].patients) == 6


def test_dates_that_can_be_read_in_two_ways_are_asked_about_and_the_answer_is_read() -> None:
    content = b"id,start_date,last_follow_up_date\nA,03/04/2020,05/06/2020\nB,01/02/2020,01/02/2021\n"
    app = upload(cohort_page(), "dates.csv", content)
    assert any("Not clear from the file" in one.value for one in app.markdown)
    for header, answer in (("start", "month/day/year"), ("last", "day/month/year")):
        question = next(one for one in app.selectbox if one.label.startswith(header))
        assert question.label.endswith("day or month first?")
        question.select(answer)
    press(app, "Read the file with these answers")
    assert not app.exception
    assert app.session_state["cohort"].patients["follow_up_days"].tolist() == [93, 396]
    assert not any("Not clear from the file" in one.value for one in app.markdown)


def test_nothing_is_asked_that_the_file_s_own_columns_give() -> None:
    rows = "".join(f"K{i},{i}.5,{200 + i},{i + 3},{i % 2},{'AB'[i % 2]}\n" for i in range(8))
    whole = f"id,CRP,6-TGN,relapse_months,relapse_event,ward\n{rows}"
    app = upload(cohort_page(), "marker.csv", whole.replace("CRP", "Marker A").replace("6-TGN", "Marker B").encode())
    assert not any("Not clear from the file" in one.value for one in app.markdown)
    assert app.session_state["cohort"].markers[:2] == ("Marker A", "Marker B")
    upload(app, "none.csv", whole.replace("relapse_months,relapse_event", "Dauer,Ereignis").encode())
    question = next(one for one in app.selectbox if one.label.startswith("Dauer"))
    assert question.options == ["days", "weeks", "months", "years", "hours", "quarters", "another unit"]
    question.select("months")
    press(app, "Read the file with these answers")
    assert not any("Not clear from the file" in one.value for one in app.markdown)
    assert app.session_state["cohort"].outcomes["event"].n_events == 4


def test_what_tells_the_patients_apart_is_asked_once() -> None:
    rows = "".join(f"K{i},{i}.5,{i + 3},{i % 2}\n" for i in range(8))
    app = upload(cohort_page(), "klinik.csv", f"Kennung,CRP,relapse_months,relapse_event\n{rows}".encode())
    (question,) = (one for one in app.selectbox if "apart" in one.label or "identifier" in one.label)
    question.select("Kennung")
    press(app, "Read the file with these answers")
    assert app.session_state["cohort"].patients["patient_id"].tolist() == [f"K{i}" for i in range(8)]
    assert not any("Not clear from the file" in one.value for one in app.markdown)


def said_of_faults(app: AppTest) -> list[str]:
    """The sentence under the heading of the faults, where no fault is shown."""
    return [
        one.value
        for one in app.markdown
        if "cell" in one.value and ("Every cell" in one.value or "No cell" in one.value)
    ]


def test_every_cell_was_read_is_said_only_if_nothing_is_open() -> None:
    header = "id,CRP,relapse_months,relapse_event,follow_up_months,perianal\n"
    plain = header + "".join(f"A{i},{i + 1}.5,{3 + i},{i % 2},{9 + i},{'yes' if i % 2 else 'no'}\n" for i in range(9))
    app = upload(cohort_page(), "plain.csv", plain.encode())
    assert said_of_faults(read(app)) == ["Every cell was read as its column says."]
    coded = plain.replace("yes", "1").replace("no", "0", 3).replace("no", "2")
    upload(asks(app), "open.csv", coded.encode())
    assert said_of_faults(read(app)) == [
        "No cell is at fault; 1 question on the Cohort page still open: what is asked about is left out."
    ]
    question = next(one for one in asks(app).selectbox if one.label.startswith("perianal"))
    question.select("missing")
    press(app, "Read the file with these answers")
    assert said_of_faults(read(app)) == ["Every cell was read as its column says."]
    assert app.session_state["cohort"].patients["perianal"].isna().sum() == 2


def test_an_answer_is_shown_and_can_be_changed() -> None:
    app = upload(cohort_page(), "two.csv", TWO_CRP)
    for answer, values in (("hs-CRP", [10, 20]), ("CRP", [1, 2])):
        question = next(one for one in app.selectbox if "Which is it?" in one.label)
        question.select(answer)
        press(app, "Read the file with these answers")
        assert app.session_state["cohort"].patients["crp_mg_per_l"].tolist() == values
        assert next(one for one in app.selectbox if "Which is it?" in one.label).value == answer
        assert not any("Not clear from the file" in one.value for one in app.markdown)


def test_a_second_file_of_the_same_patients_is_joined_and_taken_away_again() -> None:
    first = b"id,CRP,relapse_months,relapse_event\nA,3,5,1\nB,4,9,0\nC,5,9,1\n"
    app = upload(cohort_page(), "patients.csv", first)
    assert "albumin_g_per_l" not in app.session_state["cohort"].patients
    upload(app, "labs.csv", b"id,albumin\nA,40\nB,41\nX,30\n", box=1)
    cohort = app.session_state["cohort"]
    assert cohort.file_name == "patients.csv + labs.csv"
    assert cohort.patients["albumin_g_per_l"].tolist()[:2] == [40, 41]
    assert len(cohort.patients) == 3
    assert any("2 patients in both, 1 in patients only, 1 in labs only" in fault.found for fault in cohort.faults)
    upload(app, "none.csv", b"%PDF-1.7", box=1)
    assert "none.csv: This is a PDF" in app.error[0].value
    assert app.session_state["cohort"].file_name == "patients.csv + labs.csv"
    upload(app, "other.csv", first.replace(b"A,", b"D,"))
    assert app.session_state["cohort"].file_name == "other.csv"
    assert app.file_uploader[1].value is None


def test_the_reader_says_what_figures_call_the_cohort_and_a_patients_name_is_not_proposed() -> None:
    app = upload(cohort_page(), "Zhang Wei 1987-03-04.csv", TWO_CRP)
    box = next(one for one in app.text_input if one.label == "Its name in figures, reports and the bundle")
    assert box.value == app.session_state["cohort"].label == "own file"
    box.input("Ward 3").run()
    assert not app.exception
    assert app.session_state["cohort"].label == "Ward 3"
    next(one for one in app.selectbox if "Which is it?" in one.label).select("hs-CRP")
    press(app, "Read the file with these answers")
    assert app.session_state["cohort"].label == "Ward 3"
    assert any(one.value.startswith("Ward 3: 2 patients") for one in app.markdown)
    upload(app, "Zhang Wei.csv", TWO_CRP + b"C,3,30,5,0,9\n")
    assert app.session_state["cohort"].label == "own file"
    next(one for one in app.text_input if one.label.startswith("Its name")).input("  ").run()
    assert app.session_state["cohort"].label == "own file"


def test_the_box_of_a_file_that_was_replaced_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text came with the upload of the next file, which was called by it."""
    state = SimpleNamespace(session_state={"cohort": cd.demo_cohort(), "results": {}})
    monkeypatch.setattr(frame, "st", state)
    monkeypatch.setattr(session_memory, "st", state)
    frame.name_cohort("Mine", "of another file")
    assert frame.whole_cohort().label == cd.demo_cohort().label
    frame.name_cohort(" Mine ", cd.demo_cohort().content_sha256)
    assert frame.whole_cohort().label == "Mine"
