"""The pages of findings are what the codes say now; POINTS_UPDATE_FINDINGS=1 writes them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pointscli.app.codes import all_codes
from pointscli.app.findings_page import FAMILIES, findings_page
from pointscli.locale import translator

DOCS = Path(__file__).parent.parent.parent / "pointscli" / "docs"
PAGES = {"en": DOCS / "findings.md", "zh": DOCS / "findings.zh-CN.md"}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_fresh(language: str) -> None:
    text = findings_page(all_codes(), translator(language))
    if os.environ.get("POINTS_UPDATE_FINDINGS"):
        PAGES[language].write_text(text, "utf-8")
    assert PAGES[language].read_text("utf-8") == text


def test_every_family_has_a_title() -> None:
    assert {code.code[:2] for code in all_codes()} <= set(FAMILIES)


def test_links_lead_somewhere() -> None:
    text = findings_page(all_codes())
    anchors = {title.lower().replace(" ", "-") for title in re.findall(r"^### (.*)$", text, re.MULTILINE)}
    assert set(re.findall(r"\(#(.*?)\)", text)) == anchors


def test_nothing_invisible_is_shown() -> None:
    text = findings_page(all_codes())
    assert all(one == "\n" or one.isprintable() for one in text)
    text.encode("utf-8")
