"""`ccplan report`: the page of a run folder, made again from what the run left there."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report", short_help="The report of a run folder, as one HTML file.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def report(folder: Path) -> None:
    """Write report.html into a run folder and print its path. The page opens from disk and needs nothing else."""
    from results.store import MANIFEST, STUDY
    from scenarios import Fault, FaultyInput

    texts = {}
    faults = []
    for name in (STUDY, MANIFEST):
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except OSError:
            expected = "a run folder, as simulate, compare, plan and demo leave it"
            faults.append(Fault(str(folder), "", f"has no {name}", expected))
    if faults:
        raise FaultyInput(faults)
    click.echo(write_report(folder, texts[STUDY], texts[MANIFEST]))


def write_report(folder: Path, study: str, manifest: str) -> Path:
    """Make the page from the two files' texts; gives its path."""
    import json

    from results.report import report_html
    from results.study import StudyData
    from scenarios import Fault, FaultyInput

    try:
        html = report_html(StudyData.from_json(study), json.loads(manifest))
    except (ValueError, KeyError, TypeError) as error:
        found = f"holds what this version cannot read ({error})"
        raise FaultyInput([Fault(str(folder), "", found, "a run folder of this version")]) from error
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path
