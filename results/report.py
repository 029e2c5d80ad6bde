"""The report: one page that opens from disk, prints well, and needs nothing from outside.

Takes the plain data of a study, a run or a plan, and the manifest of its run folder. Gives HTML; sections without
data are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from jinja2 import Environment, Template
from markupsafe import Markup

from results.sections import Section, sections_of
from results.study import StudyData

TEMPLATE = "report.html.j2"
MADE_BY = "Made by ccplan, the contact-center planner."
FOOTER = f"{MADE_BY} Every figure comes from the data in the run folder beside this page."


def report_html(data: StudyData, manifest: Mapping[str, object] | None = None) -> str:
    """The page. The same data and manifest give the same bytes."""
    return page_html(data.title, data.summary, subtitle(data), sections_of(data, manifest or {}), FOOTER)


def page_html(
    title: str, summary: str, facts: Iterable[str], sections: Sequence[Section], footer: str
) -> str:
    """A page of sections in the look of all our pages; `facts` stand in a line below its summary."""
    return _template().render(title=title, summary=summary, facts=facts, sections=sections, footer=footer)


def subtitle(data: StudyData) -> Iterable[str]:
    """What was simulated, in a few words each."""
    days = data.horizon.days
    length = "one day" if days == 1 else f"{days} days"
    yield f"{length} from {data.horizon.start}" if data.horizon.start else length
    yield from data.targets
    yield f"money in {data.currency}"


def _template() -> Template:
    folder = files("results") / "templates"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["lines"] = lambda text: Markup("<br>").join(str(text).split("\n"))
    return environment.from_string((folder / TEMPLATE).read_text(encoding="utf-8"))
