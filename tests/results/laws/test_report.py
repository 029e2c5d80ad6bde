"""Laws: the page stands on its own, tells only what the data has, and says the same twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from results.gathering import gather_plan, gather_simulation
from results.report import report_html
from results.study import StudyData
from scenarios.loading import from_data
from sim.replicate import Asked, run
from tests.results.small_study import gathered, gathered_unplanned, plan_of, runs, scenario, study

MANIFEST: Mapping[str, object] = {
    "command": "ccplan demo",
    "seed": 4,
    "versions": {"numpy": "2.1"},
    "scenarios": {"bot": "00ff"},
}
PAGES: Mapping[str, Callable[[], StudyData]] = {
    "study": gathered,
    "unplanned": gathered_unplanned,
    "run": lambda: gather_simulation(runs()[0].result),
    "run without intervals": lambda: gather_simulation(run(study().baseline, Asked(1, 2))),
    "plan": lambda: gather_plan(plan_of(study().baseline, 9, ("08:00: 70 % within 20 s",))),
}


@cache
def page_of(kind: str) -> str:
    """The report of one kind of data."""
    return report_html(PAGES[kind](), MANIFEST)


def sections(page: str) -> list[str]:
    return re.findall(r'<section id="(\w+)">', page)


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_from_outside(kind: str) -> None:
    """No script, style, font, image or link from elsewhere; names of XML dialects are no addresses to load from."""
    page = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page_of(kind))
    assert "http" not in page
    assert "//" not in re.sub(r"/\*.*?\*/", "", page, flags=re.DOTALL)
    for word in ("<script", "<link", "<img", "<iframe", "@import", "@font-face", "src="):
        assert word not in page
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', page))


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_missing_shows_as_a_word_of_the_program(kind: str) -> None:
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", page_of(kind), flags=re.DOTALL)
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|Estimate|Span\(", text)


def test_sections_without_data_are_left_out() -> None:
    everything = [
        "decision",
        "side_by_side",
        "same_people",
        "waterfall",
        "day",
        "plan",
        "sources",
        "measures",
        "remake",
    ]
    assert sections(page_of("study")) == everything
    assert sections(page_of("unplanned")) == [
        "decision",
        "side_by_side",
        "day",
        "sources",
        "measures",
        "remake",
    ]
    assert sections(page_of("run")) == ["result", "day", "sources", "measures", "remake"]
    assert sections(page_of("run without intervals")) == [
        "result",
        "sources",
        "measures",
        "remake",
    ]
    assert sections(page_of("plan")) == ["plan", "result", "day", "sources", "measures", "remake"]


def test_the_same_data_gives_the_same_bytes() -> None:
    again = StudyData.from_json(gathered().to_json())
    assert report_html(again, MANIFEST) == page_of("study")


def test_every_picture_has_a_table_after_it() -> None:
    page = page_of("study")
    assert page.count("<svg") == 2 + 1 + 3  # waterfalls, the day, plans
    for after in page.split("</svg>")[1:]:
        assert "<table" in after.split("<svg")[0]


def test_ids_are_unique_and_every_one_that_is_referred_to_is_there() -> None:
    page = page_of("study")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', page)) <= set(ids)


class Tags(HTMLParser):
    """Open tags that are never closed, and the other way round."""

    VOID = ("meta", "br", "path", "use", "line", "rect", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_tags_close_in_order() -> None:
    tags = Tags()
    tags.feed(page_of("study"))
    assert tags.open == []


def test_words_of_a_scenario_are_text_and_not_page() -> None:
    wild = replace(gathered(), title="<b>5 < 6 & $x$</b>", summary='"quoted"')
    page = report_html(wild)
    assert "<b>5" not in page
    assert "&lt;b&gt;5 &lt; 6 &amp; $x$&lt;/b&gt;" in page


def test_a_dollar_sign_in_a_label_is_no_formula() -> None:
    first = gathered().cases[0]
    labeled = replace(gathered(), cases=(replace(first, label='Costs $5 & "more$'), *gathered().cases[1:]))
    assert 'Costs $5 &amp; "more$' in report_html(labeled)


def test_assumed_figures_are_marked() -> None:
    page = page_of("study")
    assert re.search(r'assumed">assumed: none', page)
    assert re.search(r'assumed">no source given: assumed', page)
    assert not re.search(r'assumed">a record', page)


def test_seed_replications_and_manifest_are_told() -> None:
    page = page_of("study")
    assert "Seed 4, 5 replications of one day." in page
    for word in ("ccplan demo", "numpy: 2.1", "bot: 00ff"):
        assert word in page


def test_a_center_without_target_has_no_picture_of_the_day() -> None:
    bare = scenario("bare").changed({"contact_type.call.arrivals.per_h": 30}).as_dict()
    del bare["contact_type"]["call"]["service_target"]
    data = gather_simulation(run(from_data(bare), Asked(1, 2, by_interval=True)))
    assert "day" not in sections(report_html(data))
