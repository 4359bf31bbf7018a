"""What a release is installed with: every file by its hash, all that is declared, nothing else."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.cli.running import ROOT

LOCK = ROOT / "requirements.lock"
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
SYSTEMS = (
    {"platform_system": "Linux", "sys_platform": "linux"},
    {"platform_system": "Windows", "sys_platform": "win32"},
)


def locked() -> dict[str, tuple[Requirement, list[str]]]:
    """Package → its line and its hashes."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for block in re.split(r"\n(?=\S)", LOCK.read_text("utf-8")):
        if not block.startswith("#"):
            line, *hashes = block.replace("\\\n", "\n").splitlines()
            one = Requirement(line)
            found[canonicalize_name(one.name)] = (one, [text.strip() for text in hashes])
    return found


def test_every_package_is_pinned_with_hashes() -> None:
    for name, (one, hashes) in locked().items():
        assert [spec.operator for spec in one.specifier] == ["=="], name
        assert len(hashes) >= 2, name  # the wheel and the source, or wheels of several systems
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text) for text in hashes), name
        assert one.url is None, name
    assert not re.search(r"^--|://", LOCK.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("text", DECLARED)
def test_what_is_declared_is_in_it(text: str) -> None:
    wanted = Requirement(text)
    one, _ = locked()[canonicalize_name(wanted.name)]
    (pinned,) = one.specifier
    assert wanted.specifier.contains(pinned.version), (text, str(one))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one["platform_system"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_what_packages_need_is_in_it(python: str, system: dict[str, str]) -> None:
    """As far as the packages installed here say, for every Python and system that is supported."""
    known = locked()
    version = {"python_version": python, "python_full_version": f"{python}.1", "extra": ""}
    environment = {**{key: str(value) for key, value in default_environment().items()}, **system, **version}
    for name in known:
        try:
            needs = [Requirement(text) for text in metadata.requires(name) or ()]
        except metadata.PackageNotFoundError:
            continue
        missing = [
            one.name
            for one in needs
            if (one.marker is None or one.marker.evaluate(environment)) and canonicalize_name(one.name) not in known
        ]
        assert missing == [], (name, missing)
