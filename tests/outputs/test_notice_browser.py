"""The notice in a browser: quiet, sorted by its headings, opened by its names, printed on A4 and A3."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pointscli.model.notice import Section
from pointscli.outputs.notice_html import render_notice
from tests.outputs.chromium import EXECUTABLE, Browser, chromium
from tests.outputs.notice_sample import HOSTILE, SECTIONS, A, notice, row, spoiled

pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="Chromium is not installed")

SPOILED = "".join(given for given, _ in HOSTILE.values())
MANY = tuple(row(n, f"M{n:03}", f"党员{n}", A, f"{100 - n}.00 0.00", 0) for n in range(1, 90))
PAGES = {
    "plain": notice(),
    "spoiled": spoiled(SPOILED),
    "english": notice(language="en"),
    "long": notice(sections=(Section(A, MANY),)),
    "wide": notice(
        columns=notice().columns * 6,
        sections=tuple(
            replace(one, rows=tuple(replace(each, columns=each.columns * 6) for each in one.rows)) for one in SECTIONS
        ),
    ),
}
NAMES = "[...document.querySelector('table').querySelectorAll('tbody .row td.name bdi:first-of-type')]"
FIRST = "阿依古丽·买买提"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    for name, one in PAGES.items():
        (place / f"{name}.html").write_text(render_notice(one), "utf-8", newline="")
    return place


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


def names(browser: Browser) -> list[str]:
    return list(browser.run(f"{NAMES}.filter(one => one.closest('summary')).map(one => one.textContent)"))


def display(browser: Browser, selector: str) -> str:
    return str(browser.run(f"getComputedStyle(document.querySelector({selector!r})).display"))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_quiet_and_asks_for_nothing(browser: Browser, folder: Path, name: str) -> None:
    browser.open(folder / f"{name}.html")
    browser.click("thead button")
    assert browser.said() == []
    assert browser.asked_for() == [(folder / f"{name}.html").as_uri()]


def test_the_script_hash_is_what_lets_it_run(browser: Browser, folder: Path) -> None:
    changed = folder / "changed.html"
    changed.write_text(render_notice(notice()).replace('"use strict";', '"use strict"; '), "utf-8")
    browser.open(changed)
    assert "Content Security Policy" in "".join(browser.said())
    assert browser.run("document.querySelector('[data-script]').hidden") is True


def test_sorting(browser: Browser, folder: Path) -> None:
    browser.open(folder / "plain.html")
    published = ["张伟", FIRST, "欧阳娜娜", "ئايگۈل"]
    assert names(browser) == published
    heads = browser.run(
        "[...document.querySelectorAll('table')[0].querySelectorAll('thead button')].map(b => b.innerText)"
    )
    duty = f"table tr:last-child th:nth-child({heads.index('履职分') + 1})"
    for order, expected in (
        ("descending", ["张伟", "欧阳娜娜", FIRST, "ئايگۈل"]),
        ("ascending", ["ئايگۈل", FIRST, "欧阳娜娜", "张伟"]),
    ):
        browser.click(f"{duty} button")
        assert names(browser) == expected
        assert browser.run(f"document.querySelector({duty!r}).getAttribute('aria-sort')") == order
        assert browser.run("document.querySelectorAll('table')[0].querySelectorAll('[aria-sort]').length") == 1
    browser.click(f"table tr:last-child th:nth-child({heads.index('归一化') + 1}) button")
    assert names(browser) == published, "equal values stay as published, none comes last"
    pairs = "b => b.rows[1].id === b.querySelector('summary').getAttribute('aria-controls')"
    assert browser.run(f"[...document.querySelector('table').tBodies].every({pairs})")


def test_sorting_by_keyboard(browser: Browser, folder: Path) -> None:
    browser.open(folder / "plain.html")
    browser.run("document.querySelector('thead button').focus()")
    browser.press_enter()
    assert browser.run("document.querySelector('thead th[aria-sort]').getAttribute('aria-sort')") == "descending"
    assert names(browser) == [FIRST, "欧阳娜娜", "张伟", "ئايگۈل"]


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [1200, 360])
def test_details_open_behind_a_name(browser: Browser, folder: Path, width: int, *, scripts: bool) -> None:
    browser.open(folder / "plain.html", width, scripts=scripts)
    open_one = "table-row" if width > 640 else "block"
    assert display(browser, "#m1-2") == "none"
    browser.click("tbody:nth-of-type(2) summary")
    assert display(browser, "#m1-2") == open_one
    assert display(browser, "#m1-1") == "none"
    assert "七月主题党日" in browser.run("document.querySelector('#m1-2').innerText")
    browser.click("tbody:nth-of-type(2) summary")
    assert display(browser, "#m1-2") == "none"
    browser.click("#all")
    assert [display(browser, f"#m1-{n}") for n in (1, 2, 4)] == [open_one] * 3


@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_sideways(browser: Browser, folder: Path, name: str) -> None:
    browser.open(folder / f"{name}.html")
    browser.run("document.querySelectorAll('#all').forEach(one => one.click())")
    for width in (1200, 1024, 768, 360):
        browser.resize(width)
        assert browser.run("document.documentElement.scrollWidth") <= width


def test_numbers_end_below_each_other(browser: Browser, folder: Path) -> None:
    browser.open(folder / "plain.html")
    end = (
        "one => { const range = document.createRange(); range.selectNodeContents(one);"
        " return Math.round(range.getBoundingClientRect().right); }"
    )
    ends = f"[...new Set([...document.querySelectorAll('td.score')].map({end}))]"
    assert len(browser.run(ends)) == 1


def test_hostile_text_is_text(browser: Browser, folder: Path) -> None:
    browser.open(folder / "spoiled.html")
    seen = "".join(seen for _, seen in HOSTILE.values())
    for selector in ("h1", "h2", "summary", ".credits .why bdi", ".badge", "figure g text"):
        text = browser.run(f"document.querySelector({selector!r}).textContent")
        assert text.startswith(seen[:20])
    assert browser.run("document.querySelector('.credits .why bdi').textContent") == seen
    assert browser.run("document.querySelectorAll('img, b, script:not(:last-child)').length") == 0


def test_light_and_dark(browser: Browser, folder: Path) -> None:
    found = []
    for scheme in ("light", "dark"):
        browser.open(folder / "plain.html", scheme=scheme)
        style = "getComputedStyle(document.body)"
        found.append([browser.run(f"{style}.backgroundColor"), browser.run(f"{style}.color")])
    assert found[0] == ["rgb(255, 255, 255)", "rgb(28, 26, 24)"]
    assert found[1] == ["rgb(23, 24, 26)", "rgb(235, 231, 226)"]


SHEETS = {
    "plain": ("", 595, 842),
    "long": ("", 595, 842),
    "wide": ("", 842, 595),
    "spoiled": ("", 842, 595),
    "large": ("document.querySelector('#large').click()", 842, 1191),
}


@pytest.mark.parametrize("name", SHEETS)
def test_paper(browser: Browser, folder: Path, name: str) -> None:
    action, width, height = SHEETS[name]
    browser.open(folder / f"{'long' if action else name}.html")
    browser.run(action)
    data = browser.pdf()
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([0-9.]+) ([0-9.]+) ?\]", data)
    assert boxes
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(width, height)}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_headings_stand_on_every_page(browser: Browser, folder: Path) -> None:
    browser.open(folder / "long.html")
    (folder / "long.pdf").write_bytes(browser.pdf())
    line = ["pdftotext", "-layout", "-enc", "UTF-8", str(folder / "long.pdf"), "-"]
    text = subprocess.run(line, capture_output=True, check=True).stdout.decode()
    pages = [page for page in text.split("\f") if re.search(r"党员\d", page)]
    assert len(pages) > 1
    for page in pages:
        assert "名次" in page
        assert "总分" in page
        assert A in page
        assert re.search(r"\d+ ?/ ?\d+", page)
    found = [int(number) for number in re.findall(r"党员(\d+)", text)]
    assert found == list(range(1, 90)), "every row once, in order"
