"""The cut-off panels: both on one screen, aligned whatever their labels, nothing stale while a handle moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import log

import pytest
from browser.app_page import figure, handle_at, next_frame, open_predictors, settled, share_of
from playwright.sync_api import Browser, Locator, Page, Route, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from cdanalysis.writing.escapes import file_word

pytestmark = pytest.mark.browser

CRP, TGN = "relapse-by-crp", "relapse-by-tgn"
PARTS = (
    ".cd-number",
    ".cd-bars",
    ".cd-range",
    ".cd-readout",
    ".cd-against",
    ".cd-plot",
    ".cd-plot .xaxislayer-above",
    ".cd-save",
)
NOTHING_MOVES = "() => document.documentElement.dataset.cdMoving === undefined"
GREYED = "one => Number(getComputedStyle(one).opacity) < 0.5"


def box(one: Locator) -> dict[str, float]:
    found = one.bounding_box()
    assert found is not None
    return found


def bottom(one: Locator) -> float:
    return box(one)["y"] + box(one)["height"]


def numbers_at_risk(page: Page, name: str) -> Locator:
    return figure(page, name).locator(".xy2 .textpoint").last


@pytest.fixture
def telephone(server: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def test_handle_answer_curves_and_table_of_both_markers_are_on_one_screen_and_easily_hit(page: Page) -> None:
    open_predictors(page)
    for name in (CRP, TGN):
        assert box(figure(page, name).locator(".cd-number"))["y"] > 0
        assert bottom(numbers_at_risk(page, name)) <= 900
        assert bottom(figure(page, name).locator(".cd-readout")) <= 900
    every_target_is_large_enough(page)


def every_target_is_large_enough(page: Page) -> None:
    for part in (".cd-number", ".cd-published", ".cd-range", ".cd-tick:not([hidden])", ".cd-save"):
        for one in figure(page, TGN).locator(part).all():
            assert min(box(one)["width"], box(one)["height"]) >= 24, part
    ticks = sorted(
        (box(one) for one in figure(page, TGN).locator(".cd-tick:not([hidden])").all()), key=lambda one: one["x"]
    )
    assert len(ticks) > 1
    assert all(one["x"] + one["width"] <= other["x"] for one, other in pairwise(ticks))


def test_on_a_telephone_the_handle_stays_under_the_answer_and_the_curves_of_its_marker(telephone: Page) -> None:
    open_predictors(telephone)
    shown = figure(telephone, CRP)
    handle = box(shown.locator(".cd-range"))
    assert handle["y"] + handle["height"] <= 844
    assert bottom(numbers_at_risk(telephone, CRP)) <= box(shown.locator(".cd-grip"))["y"]
    assert box(shown.locator(".cd-readout"))["y"] >= 0
    telephone.set_viewport_size({"width": 390, "height": 560})  # lying down, or with a keyboard open
    telephone.wait_for_function("() => document.querySelector('.cd-grip').getBoundingClientRect().bottom <= 561")
    assert bottom(shown.locator(".cd-grip")) == pytest.approx(560, abs=1)


def test_on_a_telephone_the_menu_leaves_the_page_that_was_chosen_free(telephone: Page) -> None:
    telephone.goto("/")
    side = telephone.get_by_test_id("stSidebar")
    telephone.get_by_test_id("stExpandSidebarButton").tap()
    expect(side).to_be_in_viewport()
    side.get_by_role("link", name="Survival curves").tap()
    expect(telephone.get_by_role("heading", name="Survival curves")).to_be_visible()
    expect(side).not_to_be_in_viewport()


def test_key_figures_have_their_room_before_their_script_has_come(page: Page) -> None:
    held: list[Route] = []
    page.route("**/static/js/Metric.*", lambda route: held.append(route))  # a builtin is no handler
    open_predictors(page)
    row = page.locator(".st-key-key-figures")
    before = box(row)["height"]
    assert page.get_by_test_id("stMetric").count() == 0
    held[0].continue_()
    expect(page.get_by_test_id("stMetric").first).to_be_visible()
    assert box(row)["height"] == before


def test_both_panels_align_whatever_they_say(page: Page) -> None:
    open_predictors(page, "?crp_cutoff=1&tgn_cutoff=600")  # not estimable, not entered: other words, other lengths
    for part in PARTS:
        one, other = (box(figure(page, name).locator(part).first) for name in (CRP, TGN))
        assert one["y"] == pytest.approx(other["y"], abs=0.01), part
        assert one["height"] == pytest.approx(other["height"], abs=0.01), part


@pytest.mark.parametrize("width", [390, 1024])
def test_no_label_of_a_narrow_panel_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_predictors(page)
    shown = figure(page, TGN)
    ends = box(shown)["x"] + box(shown)["width"]
    for part in (".legendtext", ".annotation-text-g", ".cd-unit", ".cd-told"):
        for one in shown.locator(part).all():
            assert box(one)["x"] + box(one)["width"] <= ends + 1, part
    drag_to = handle_at(page, TGN, 0.6)
    page.mouse.move(*handle_at(page, TGN, share_of(page, TGN)))
    page.mouse.down()
    page.mouse.move(*drag_to)
    next_frame(page)
    lines = shown.locator(".legendtext").first.locator("tspan.line")
    assert lines.count() == 2
    assert lines.last.text_content().startswith("(n = ")
    page.mouse.up()


def test_what_a_move_makes_old_is_grey_until_the_server_has_answered(page: Page) -> None:
    open_predictors(page)
    question, other = (
        page.get_by_text("predict relapse?").locator("xpath=ancestor::*[@data-testid='stMarkdown']"),
        figure(page, TGN),
    )
    assert not question.evaluate(GREYED)
    x, y = handle_at(page, CRP, share_of(page, CRP))
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + 20 * step, y)
        next_frame(page)
    legend = figure(page, CRP).locator(".legendtext").first
    stands = figure(page, CRP).locator(".cd-number").input_value()
    assert f"≤ {stands} mg/L (n = " in legend.text_content()
    assert figure(page, CRP).locator(".annotation text").filter(has_text=f"≤ {stands} mg/L").count() == 1
    for old in (question, other.locator(".cd-adjusted"), figure(page, "forest")):
        assert old.evaluate(GREYED)
    for new in (other.locator(".cd-told").first, figure(page, CRP).locator(".cd-adjusted")):
        assert not new.evaluate(GREYED)
    page.mouse.up()
    page.wait_for_url(re.compile("cutoffs=crp"))
    settled(page)
    page.wait_for_function(NOTHING_MOVES)
    assert not question.evaluate(GREYED)
    assert f"CRP > {stands} mg/L" in question.text_content()


def test_a_handle_that_comes_back_to_where_it_stood_leaves_nothing_grey(page: Page) -> None:
    open_predictors(page)
    handle = figure(page, CRP).locator(".cd-range")
    handle.press("ArrowRight")
    handle.press("ArrowLeft")
    expect(page).not_to_have_url(re.compile("cutoffs"))  # a slow machine commits the first step too
    page.wait_for_function(NOTHING_MOVES)
    assert figure(page, CRP).locator(".cd-moves").count() == 0


class HeldAnswers:
    """What the page and its server tell each other; while `holds`, the answers do not come."""

    def __init__(self, page: Page) -> None:
        self.holds = False
        self.sent: list[str | bytes] = []
        self.answers: list[tuple[str, Callable[[], None]]] = []  # the kind of each, and what lets it go
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def n_ends(self) -> int:
        """How many runs have ended."""
        return [kind for kind, _ in self.answers].count("script_finished")

    def only_the_last_run(self) -> None:
        """As if its answer had been drawn together with those before it."""
        starts = [at for at, (kind, _) in enumerate(self.answers) if kind == "new_session"]
        self.answers = self.answers[starts[-1] :]

    def come(self) -> None:
        """All of them, in their order."""
        while self.answers:
            self.answers.pop(0)[1]()
        self.holds = False

    def _connect(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def from_page(message: str | bytes) -> None:
            self.sent.append(message)
            server.send(message)

        def from_server(message: str | bytes) -> None:
            if not self.holds:
                route.send(message)
                return
            kind = ForwardMsg.FromString(bytes(message)).WhichOneof("type")  # pyright: ignore[reportArgumentType]
            self.answers.append((str(kind), lambda: route.send(message)))

        route.on_message(from_page)
        server.on_message(from_server)


def until(page: Page, reached: Callable[[], bool]) -> None:
    """Ten seconds of pictures at most."""
    for _ in range(600):
        if reached():
            break
        next_frame(page)


@pytest.mark.parametrize("as_one", [False, True])
def test_a_handle_moved_back_before_the_answer_came_stands_where_it_was_left(page: Page, as_one: bool) -> None:
    """The step back was taken for no step, and the answer to the first one moved the handle there again.

    as_one: both answers are drawn as one, which is as it stood: it reaches no component, and the page stayed grey.
    """
    between = HeldAnswers(page)
    open_predictors(page)
    handle, number = figure(page, CRP).locator(".cd-range"), figure(page, CRP).locator(".cd-number")
    stood, between.holds = number.input_value(), True
    between.sent.clear()
    for n, key in enumerate(("ArrowRight", "ArrowLeft"), 1):
        handle.press(key)
        until(
            page, lambda n=n: len(between.sent) >= n and bool(between.answers)
        )  # it is committed, its answer held back
    if as_one:
        until(page, lambda: between.n_ends() > 1)
        between.only_the_last_run()
    between.come()
    page.wait_for_function(NOTHING_MOVES)
    settled(page)
    expect(number).to_have_value(stood)
    expect(page).not_to_have_url(re.compile("cutoffs"))
    expect(figure(page, CRP).locator(".cd-moves")).to_have_count(0)


def test_a_typed_value_is_read_as_it_is_meant_and_what_cannot_be_a_cutoff_changes_nothing(page: Page) -> None:
    open_predictors(page)
    number, fault = figure(page, CRP).locator(".cd-number"), figure(page, CRP).locator(".cd-fault")
    for typed, said in (("77", "CRP cut-offs go from 1 to 50 mg/L."), ("ten", "Type a number, such as 25.5.")):
        number.fill(typed)
        number.press("Enter")
        expect(fault).to_have_text(said)
        expect(number).to_have_attribute("aria-invalid", "true")
    number.press("Escape")
    expect(fault).to_be_hidden()
    expect(number).to_have_value("10")
    assert "cutoffs" not in page.url
    for typed, adopted in (("10,5", "10.5"), ("> 12", "12"), (" 7.25 ", "7.25"), ("1,250", "1.25")):
        number.fill(typed)
        number.press("Enter")
        page.wait_for_url(re.compile(rf"cutoffs=crp(>|%3E){re.escape(adopted)}(&|$)"))
        expect(number).to_have_value(adopted)
        expect(fault).to_be_hidden()


def test_a_published_cutoff_is_chosen_from_the_list_and_the_stamp_follows(page: Page) -> None:
    open_predictors(page)
    stamp = figure(page, TGN).locator(".cd-stamp")
    expect(stamp).to_have_text("literature")
    figure(page, TGN).locator(".cd-published").select_option("260")
    expect(stamp).to_have_text("literature")
    page.wait_for_url(re.compile("cutoffs=tgn.*260"))
    figure(page, TGN).locator(".cd-range").press("ArrowRight")
    expect(stamp).to_have_text("data-driven")


def test_another_value_and_another_marker_are_put_under_a_handle_where_it_stands(page: Page) -> None:
    open_predictors(page)
    assert share_of(page, CRP) == pytest.approx(log(10) / log(50), abs=0.01)  # from 1 to 50 on a logarithmic way
    assert share_of(page, TGN) == pytest.approx((235 - 50) / (600 - 50), abs=0.01)
    figure(page, CRP).locator(".cd-marker").select_option(label="CRP at week 24")
    later = figure(page, f"relapse-by-{file_word('crp@landmark')}")
    expect(later.locator(".main-svg").first).to_be_visible()
    settled(page)
    expect(later.locator(".cd-marker optgroup")).to_have_count(2)
    expect(
        page.get_by_role("button", name="Markers with a slider")
    ).to_be_visible()  # the side of the page has followed
    expect(later.locator(".cd-scale").get_by_text("20", exact=True)).to_be_visible()
    later.locator(".cd-marker").select_option(label="ESR")
    expect(figure(page, "relapse-by-esr").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert figure(page, TGN).count() == 1
    assert "ESR >" in figure(page, "relapse-by-esr").locator(".cd-which").text_content()
