"""A folder is there with all its files, or nothing of it is, and what was there before is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.journal.new_folder import fill_folder, is_left_over, new_folder_audited
from pointscli.model.problem import FileError
from tests.journal.acts import ACT, files
from tests.journal.test_audit import BROKEN

FILES = {"a.csv": b"a", "rules/b.yaml": b"b"}


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "rules").write_bytes(b"")
    with pytest.raises(FileError, match=r"rules/b\.yaml: it cannot be written") as caught:
        fill_folder(tmp_path, FILES)
    assert caught.value.args_ == {"detail": "File exists"}
    assert files(tmp_path) == {"rules": b""}


def test_a_file_in_place_of_a_folder_above(tmp_path: Path) -> None:
    (tmp_path / "published").write_bytes(b"")
    with pytest.raises(FileError, match=r"published/2021: a part of the path is not a folder"):
        new_folder_audited(tmp_path, ACT, tmp_path / "published" / "2021" / "small", FILES)
    assert files(tmp_path) == {"published": b""}


def test_a_link_to_nothing_in_place_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.symlink_to("nothing")
    with pytest.raises(FileError, match="w: a part of the path is not a folder"):
        fill_folder(folder, FILES)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(not BROKEN.exists(), reason="no file here that cannot be read")
def test_a_folder_with_a_file_that_cannot_be_read_is_not_the_same(tmp_path: Path) -> None:
    fill_folder(tmp_path / "w", FILES)
    assert is_left_over(tmp_path, tmp_path / "w", FILES)
    (tmp_path / "w" / "a.csv").unlink()
    (tmp_path / "w" / "a.csv").symlink_to(BROKEN)
    assert not is_left_over(tmp_path, tmp_path / "w", FILES)
