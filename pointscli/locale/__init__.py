"""Messages in Chinese and English: templates are English, `zh.po` has the Chinese (compiled beside it)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

Translate = Callable[[str], str]
LANGUAGES = ("zh", "en")


def translator(language: str) -> Translate:
    """A function from an English template to the language's."""
    return _catalogue(language).gettext


@cache
def _catalogue(language: str) -> NullTranslations:
    if language != "zh":
        return NullTranslations()
    with Path(__file__).with_name("zh.mo").open("rb") as file:
        return GNUTranslations(file)


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language of messages: POINTS_LANG, else the locale; English where neither is Chinese."""
    chosen = environment.get("POINTS_LANG", "").lower()
    if chosen[:2] in LANGUAGES:
        return chosen[:2]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if sys.platform == "win32" and _windows_speaks_chinese() else "en"


def _windows_speaks_chinese() -> bool:  # pragma: no cover (Windows)
    import ctypes  # noqa: PLC0415  (Windows only)

    windll = getattr(ctypes, "windll", None)
    primary_language = 0x3FF
    chinese = 0x04
    return windll is not None and windll.kernel32.GetUserDefaultUILanguage() & primary_language == chinese


def environment() -> Mapping[str, str]:
    """The process's environment."""
    return os.environ
