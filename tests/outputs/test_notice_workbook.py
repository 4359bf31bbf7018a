"""The notice as a workbook: a reader of workbooks and LibreOffice see the numbers of ranking.csv, and no formula."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from pointscli.model.notice import Section
from pointscli.outputs.notice_xlsx import notice_workbook
from tests.cli.running import ROOT, good
from tests.outputs.notice_sample import SECTIONS, A, notice

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NASTY = '=HYPERLINK("http://x.invalid","点我")'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notice") / "state-enterprise"
    shutil.copytree(ROOT / "examples" / "state-enterprise", folder)
    roster = folder / "members.csv"
    text = roster.read_text("utf-8")
    group = text.splitlines()[1].split(",")[3]
    roster.write_text(text.replace(f",{group},", f',"{NASTY.replace(chr(34), chr(34) * 2)}",', 1), "utf-8")
    good("-C", folder, "publish", "--quarter", "2021Q3", "--audience", "wall", "--by", "王芳")
    return folder / "published" / "2021Q3" / "state-enterprise"


def ranking(folder: Path) -> list[dict[str, str]]:
    with (folder / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_sheets_and_numbers(published: Path) -> None:
    book = CalamineWorkbook.from_path(str(published / "notice.xlsx"))
    branches = list(dict.fromkeys(row["支部"] for row in ranking(published)))
    assert book.sheet_names[: 1 + len(branches)] == ["积分", *branches]
    rows = book.get_sheet_by_name("积分").to_python(skip_empty_area=False)
    head = next(n for n, row in enumerate(rows) if "总分" in row)
    columns = {str(title): n for n, title in enumerate(rows[head])}
    for wanted, row in zip(ranking(published), rows[head + 1 :], strict=False):
        assert Decimal(repr(row[columns["总分"]])) == Decimal(wanted["总分"])
        assert row[columns["编号"]] == wanted["编号"]
    texts = [str(cell) for row in rows for cell in row if cell != ""]
    assert any("制表人" in text and "监督电话" in text for text in texts)
    assert any("校验码" in text for text in texts)


def test_one_branch_has_a_chart_too(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    good("init", folder, "--template", "poverty-relief", "--empty")
    (folder / "members.csv").write_text(
        "编号,姓名,支部,类别\nA1,张三,一支部,正式党员\nA2,李四,一支部,正式党员\n", "utf-8"
    )
    good("-C", folder, "publish", "--quarter", "2021Q3", "--audience", "wall", "--by", "王芳")
    data = (folder / "published" / "2021Q3" / "poverty-relief" / "notice.xlsx").read_bytes()
    with ZipFile(BytesIO(data)) as archive:
        assert [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.get_sheet_by_name("得分分布").to_python()[-1][1] == 2


def test_nobody_scored_has_no_distribution() -> None:
    exempt = Section(A, SECTIONS[0].rows[3:])
    names = CalamineWorkbook.from_filelike(BytesIO(notice_workbook(notice(sections=(exempt,))))).sheet_names
    assert "得分分布" in CalamineWorkbook.from_filelike(BytesIO(notice_workbook(notice()))).sheet_names
    assert "得分分布" not in names
    assert "各支部情况" in names


def test_without_branches_there_is_one_list() -> None:
    rows = tuple(replace(one, branch="") for one in SECTIONS[0].rows)
    data = notice_workbook(notice(sections=(Section("", rows),), lists=(), summaries=()))
    assert CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names == ["积分", "加分、扣分明细", "得分分布"]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_computes_nothing(published: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(published / "notice.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "notice.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head = next(n for n, row in enumerate(rows) if "总分" in row)
    place, group = rows[head].index("总分"), rows[head].index("党小组")
    wanted = ranking(published)
    assert [row[place] for row in rows[head + 1 : head + 1 + len(wanted)]] == [row["总分"] for row in wanted]
    assert NASTY in [row[group] for row in rows[head + 1 :]]
