"""The documents of a published folder: tables, the notice in two forms, and further papers on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pointscli.app.publish_basis import Basis
from pointscli.app.publish_cards import build_cards
from pointscli.app.publish_commendation import build_commendation
from pointscli.app.publish_profile import Publishing
from pointscli.app.publish_report import build_report, report_tables
from pointscli.app.publish_talks import build_talks
from pointscli.model.notice import Audience, Notice
from pointscli.model.problem import UsageError
from pointscli.model.table import Table
from pointscli.outputs.formats import file_bytes
from pointscli.outputs.look import Look
from pointscli.outputs.notice_html import render_notice
from pointscli.outputs.notice_tables import details_table, outcomes_table, ranking_table
from pointscli.outputs.notice_xlsx import notice_workbook
from pointscli.outputs.paper_html import render_paper
from pointscli.outputs.paper_xlsx import tables_workbook

PAPERS = {"cards": build_cards, "talks": build_talks, "report": build_report, "commendation": build_commendation}


def check_documents(documents: Sequence[str], audience: Audience, publishing: Publishing) -> None:
    """UsageError for a paper that this audience may not see."""
    if "talks" in documents and audience != "internal":
        raise UsageError(
            "talk notices are between the organisation and one member: they are not for {audience}",
            "publish them with --audience internal",
            audience=audience,
        )
    if "cards" in documents and not publishing.profiles[audience].details:
        raise UsageError(
            "record cards consist of details, which {audience} does not see",
            "publish them with --audience internal, or write details: show in publish: audiences: of points.yaml",
            audience=audience,
        )


def render_documents(notice: Notice, changes: Table | None) -> Mapping[str, bytes]:
    """File name → bytes. `details.csv` is left out where the audience sees no details."""
    look = Look(language=notice.language, to_file=True)
    files = {"ranking.csv": file_bytes("csv", ranking_table(notice), look)}
    details = details_table(notice)
    if details.rows:
        files["details.csv"] = file_bytes("csv", details, look)
    files["outcomes.csv"] = file_bytes("csv", outcomes_table(notice), look)
    if changes is not None:
        files["changes.csv"] = file_bytes("csv", changes, look)
    files["notice.xlsx"] = notice_workbook(notice)
    files["notice.html"] = render_notice(notice).encode()
    return files


def render_papers(documents: Sequence[str], basis: Basis) -> Mapping[str, bytes]:
    """The further papers asked for: file name → bytes."""
    files = {}
    for name in documents:
        paper = PAPERS[name](basis)
        files[f"{name}.html"] = render_paper(paper).encode()
        if name == "report":
            files["report.xlsx"] = tables_workbook(paper, report_tables(paper), basis.tally.period.end)
    return files
