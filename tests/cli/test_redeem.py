"""`points redeem` and `points balance` as a clerk uses them at the counter."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, ROOT, Answer, good, run

COMMUNITY = ROOT / "examples" / "community"
DAY = ("--date", "2021-10-12")
HEADER = "编号,日期,党员,礼品,数量,经办人"


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    """The community's workspace before anybody has redeemed anything."""
    folder = tmp_path / "fair"
    shutil.copytree(COMMUNITY, folder)
    (folder / "redemptions.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its log; nothing is written to it."""
    folder = tmp_path_factory.mktemp("community") / "c"
    shutil.copytree(COMMUNITY, folder)
    return folder


def rows(answer: Answer) -> dict[str, dict[str, object]]:
    """Rows of a JSON table by their first cell."""
    return {str(next(iter(row.values()))): row for row in answer.json["rows"]}


def balance_of(folder: Path, member: str, day: str) -> str:
    found = rows(good("-C", folder, "balance", "--date", day, "--format", "json"))
    return str(found[member]["balance"])


def test_the_year_of_gifts(fair: Path) -> None:
    """Article 1: a quarter ends, its points open, tissue and kettle are redeemed, more is refused; the next quarter."""
    early = run("-C", fair, "redeem", "C004", "抽纸", "--date", "2021-03-31")
    assert early.code == 1
    assert "no points are open on 2021-03-31; 抽纸 4 × 1 = 4\n    48 points open on 2021-04-01" in early.err
    assert not (fair / "redemptions.csv").exists()

    assert balance_of(fair, "C004", "2021-04-01") == "48.0"
    kettle = good("-C", fair, "redeem", "冯竹", "热水壶", "--date", "2021-04-09", "--by", "许经办")
    assert "R0001 on 2021-04-09" in kettle.text
    assert "Balance  48 → 18" in kettle.text
    assert "Stock    11 left" in kettle.text
    good("-C", fair, "redeem", "C004", "tissue", "--count", "2", "--date", "2021-04-09", "--by", "许经办")
    over = run("-C", fair, "redeem", "C004", "吹风机", "--date", "2021-04-09")
    assert over.code == 1
    assert "C004 冯竹: balance 10, 吹风机 40 × 1 = 40: 30 short\n    66 points open on 2021-07-01" in over.err

    assert balance_of(fair, "C004", "2021-07-09") == "76.0"
    good("-C", fair, "redeem", "C004", "吹风机", "--date", "2021-07-09", "--by", "许经办")
    assert (fair / "redemptions.csv").read_text("utf-8").splitlines() == [
        HEADER,
        "R0001,2021-04-09,C004,热水壶,1,许经办",
        "R0002,2021-04-09,C004,抽纸,2,许经办",
        "R0003,2021-07-09,C004,吹风机,1,许经办",
    ]
    assert balance_of(fair, "C004", "2022-02-01") == "55.0"  # the fourth quarter; what was left has lapsed
    assert "over-balance" not in good("-C", fair, "check", "--format", "concise").text


def test_balances_and_statement(community: Path) -> None:
    table = rows(good("-C", community, "balance", "--as-of", "2021-10-12", "--format", "json"))
    cells = {"branch": "晨光里党支部", "opens": "2022-01-01", "lapses": "2021-12-31"}
    figures = {"opened": "165.0", "spent": "40.0", "balance": "125.0", "opening": "10.0"}
    assert {key: str(table["C004"][key]) for key in cells | figures} == cells | figures
    text = good("-C", community, "balance", "C004", "--date", "2022-02-01").text
    lines = [re.split(r"\s{2,}", line) for line in text.splitlines()[4:]]
    assert [(line[0], line[1], *line[2:4]) for line in lines] == [
        ("2021-04-01", "2021年第一季度积分", "48.0", "48.0"),
        ("2021-07-01", "2021年第二季度积分", "66.0", "114.0"),
        ("2021-10-01", "2021年第三季度积分", "51.0", "165.0"),
        ("2021-10-12", "兑换吹风机 40 × 1（DH033、许经办）", "40.0", "125.0"),
        ("2021-12-31", "到期未用，失效", "125.0", "0.0"),
        ("2022-01-01", "2021年第四季度积分", "55.0", "55.0"),
    ]


def test_gifts_in_stock_on_a_day(community: Path) -> None:
    left = {
        day: rows(good("-C", community, "balance", "--gifts", "--date", day, "--format", "json"))["hair_dryer"]["left"]
        for day in ("2021-10-11", "2021-10-12")
    }
    assert left == {"2021-10-11": 3, "2021-10-12": 0}


FORMATS = {
    "csv": "C004,冯竹,晨光里党支部,165.0,40.0,125.0",
    "html": "<bdi>冯竹</bdi>",
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name: str, community: Path) -> None:
    assert FORMATS[name] in good("-C", community, "balance", *DAY, "--format", name, "--branch", "晨光里党支部").text


def test_the_sheet_of_a_quarter(community: Path, tmp_path: Path) -> None:
    page = tmp_path / "sheet.html"
    good("-C", community, "balance", "--sheet", "--quarter", "2021Q3", "-o", page)
    text = page.read_text("utf-8")
    assert "<title>社区党员量化积分管理办法 积分兑换登记表 2021年第三季度</title>" in text
    assert "吹风机40分，余3件" in text
    assert "余额截至2021-10-01" in text
    assert text.count('<th class="part"') == 3  # branches
    good("-C", community, "balance", "--sheet", "--quarter", "2021Q3", "-o", tmp_path / "sheet.xlsx")
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")
    lines = good("-C", community, "balance", "--sheet", *DAY, "--format", "csv").text.splitlines()
    assert lines[0].endswith(",热水壶 30分,兑换礼品,数量,本人签字,经办人")  # no hair dryer is left
    assert "晨光里党支部,C004,冯竹,125.0,31,25,15,8,6,4,,,," in lines


REFUSED = {
    "no such gift": (
        ("C004", "水壶"),
        1,
        "there is no gift 水壶 on 2021-10-12\n    the gifts are: tissue 抽纸, soap 香皂",
    ),
    "no such member": (("C999", "抽纸"), 1, "no member has the id or name C999"),
    "namesakes": (("王禾", "抽纸"), 1, "several members bear the name 王禾: C008 王禾, C019 王禾"),
    "points": (("C002", "热水壶", "--count", "2"), 1, "C002 谢晚舟: balance 37.5, 热水壶 30 × 2 = 60: 22.5 short"),
    "stock": (("C001", "吹风机"), 1, "吹风机: 1 wanted, 0 of 3 left"),
    "nothing open": (("C020", "抽纸"), 1, "C020 谢新苗: no points are open on 2021-10-12; 抽纸 4 × 1 = 4"),
    "nobody's file": (("C004", "抽纸", "--to", "gifts.csv"), 2, "gifts.csv is no redemption log of this workspace"),
    "given back": (("C004", "抽纸", "--count", "-1"), 1, "-1 is not a number of gifts"),
    "no scheme": (("C004", "抽纸", "--scheme", "party"), 2, "there is no scheme party"),
}
OTHER_DAYS = {
    "left": (("C018", "抽纸", "--date", "2021-10-12"), "is not on the roster on 2021-10-12"),
    "before the rules": (("C004", "抽纸", "--date", "2020-10-12"), "no gift can be redeemed on 2020-10-12"),
    "tomorrow": (("C004", "抽纸", "--date", "2099-10-12"), "2099-10-12 is after today"),
}


def refusals() -> Iterator[tuple[str, tuple[str, ...], int, str]]:
    for name, (arguments, code, text) in REFUSED.items():
        yield name, (*arguments, *DAY), code, text
    for name, (arguments, text) in OTHER_DAYS.items():
        yield name, arguments, 1, text


@pytest.mark.parametrize(("arguments", "code", "text"), [row[1:] for row in refusals()], ids=[r[0] for r in refusals()])
def test_refusals_say_the_figures_and_write_nothing(
    arguments: tuple[str, ...], code: int, text: str, community: Path
) -> None:
    before = (community / "redemptions.csv").read_bytes()
    answer = run("-C", community, "redeem", *arguments)
    assert (answer.code, answer.out) == (code, b""), answer.err
    assert text in answer.err
    assert (community / "redemptions.csv").read_bytes() == before


def test_a_row_is_appended_in_the_files_own_form(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(COMMUNITY, folder)
    before = (folder / "redemptions.csv").read_bytes()
    dry = good("-C", folder, "redeem", "C004", "抽纸", *DAY, "--dry-run")
    assert "Balance  125 → 121" in dry.text
    assert (folder / "redemptions.csv").read_bytes() == before
    good("-C", folder, "redeem", "C004", "抽纸", *DAY, "--by", "许经办")
    end = b"\r\n" if b"\r\n" in before else b"\n"
    assert (folder / "redemptions.csv").read_bytes() == before + "DH052,2021-10-12,C004,抽纸,1,许经办".encode() + end


WRONG = {
    "a wrong row stops": (("balance", *DAY), 1, "unknown-gift"),
    "or is skipped": (("balance", *DAY, "--skip-invalid", "--format", "markdown"), 0, ""),
    "and nothing is redeemed": (("redeem", "C004", "抽纸", *DAY), 1, "unknown-gift"),
    "two days": (("balance", *DAY, "--as-of", "2021-10-12"), 2, "--date and --as-of"),
    "two questions": (("balance", "C004", "--gifts", *DAY), 2, "cannot be combined"),
    "another window": (
        ("balance", "--sheet", "--month", "2021-07"),
        2,
        "do not open by periods of this length\n    write it like --quarter 2021Q3",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_rows_and_wrong_options(name: str, fair: Path) -> None:
    arguments, code, text = WRONG[name]
    wrong = "R1,2021-10-10,C004,水壶,1,许经办" if code < 2 else "R1,2021-10-10,C004,抽纸,1,许经办"
    (fair / "redemptions.csv").write_text(f"{HEADER}\n{wrong}\n", "utf-8")
    answer = run("-C", fair, *arguments)
    assert answer.code == code, answer.err
    assert text in answer.err
    if code == 0:
        assert "PARTIAL" in answer.text or "未定稿" in answer.text


def test_points_of_a_later_redemption_are_not_spent_before_it(fair: Path) -> None:
    (fair / "redemptions.csv").write_text(f"{HEADER}\nR7,2021-06-30,C004,热水壶,1,许经办\n", "utf-8")
    answer = run("-C", fair, "redeem", "C004", "雨伞", "--date", "2021-04-10")
    text = "balance 48, but redemptions of later days need 30 of it; 雨伞 20 × 1 = 20: 2 short"
    assert (answer.code, text in answer.err) == (1, True), answer.err
    assert "R8 on" in good("-C", fair, "redeem", "C004", "洗衣液", "--date", "2021-04-10").text


def test_two_clerks_cannot_spend_the_same_points(fair: Path) -> None:
    """C031 has 26.5 points: of two umbrellas at once, one is handed over; the log is new, too."""
    command = [*COMMAND, "-C", str(fair), "redeem", "C031", "雨伞", *DAY, "--by", "经办"]
    clerks = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [clerk.communicate()[1] for clerk in clerks]
    assert sorted(clerk.returncode for clerk in clerks) == [0, 1], said
    assert len((fair / "redemptions.csv").read_text("utf-8").splitlines()) == 2
