"""The documents of a published folder: tables, the notice in two forms, and further papers on request."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.app.derivation import Derived
from pointscli.model.notice import Notice
from pointscli.model.table import Table
from pointscli.outputs.formats import file_bytes
from pointscli.outputs.look import Look
from pointscli.outputs.notice_html import render_notice
from pointscli.outputs.notice_tables import details_table, outcomes_table, ranking_table
from pointscli.outputs.notice_xlsx import notice_workbook


def render_documents(
    notice: Notice, derived: Derived, documents: tuple[str, ...], changes: Table | None
) -> Mapping[str, bytes]:
    """File name → bytes. `details.csv` is left out where the audience sees no details."""
    del derived, documents
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
