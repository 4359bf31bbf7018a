"""Files that are there and cannot be read: named, with what the system says, and nothing is made of the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pointscli.app.publish_profile import read_publishing
from pointscli.model.problem import FileError
from tests.check.folders import write
from tests.cli.running import run

if sys.platform != "linux":
    pytest.skip("a file of the kernel's that cannot be read", allow_module_level=True)

UNREADABLE = Path("/proc/self/mem")
"""An ordinary file whose first byte nobody can read, whoever asks."""
SAID = "it cannot be read: Input/output error\n    check the file\n"
FILES = {
    "settings": ("points.yaml", ("tally",), f"points.yaml: {SAID}"),
    "tests": ("rules/a.test.yaml", ("rules", "test"), f"rules/a.test.yaml: {SAID}"),
    "rules": ("rules/b.yaml", ("check",), "rules/b.yaml: error P101 [unreadable-file] this rule file cannot be read"),
}


@pytest.mark.parametrize(("name", "arguments", "said"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read(name: str, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (write(tmp_path) / name).symlink_to(UNREADABLE)
    answer = run("-C", tmp_path, *arguments, env={"POINTS_OUTSIDE": "/proc"})
    assert answer.code == 3
    assert (answer.text or answer.err).startswith(said)


def test_settings_of_publications(tmp_path: Path) -> None:
    (tmp_path / "points.yaml").symlink_to(UNREADABLE)
    with pytest.raises(FileError) as failed:
        read_publishing(tmp_path)
    assert (failed.value.path, failed.value.args_) == ("points.yaml", {"why": "Input/output error"})
