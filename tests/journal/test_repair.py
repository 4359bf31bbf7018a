"""A torn piece is taken out as a whole, or the file is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.journal.chain import CHAIN
from pointscli.journal.repair import Torn, find_torn, put_back, take_out
from pointscli.model.problem import FileError
from tests.journal.acts import HEAD, add

PIECE = b"E2,2021-07"


@pytest.fixture
def torn(tmp_path: Path) -> Torn:
    """A log that ends in a piece of a record."""
    add(tmp_path, ("a.csv", b"E1,2021-07-01,M1\n"))
    with (tmp_path / "a.csv").open("ab") as file:
        file.write(PIECE)
    (found,) = find_torn(tmp_path, [tmp_path / "a.csv"])
    return found


def test_what_was_taken_out_can_be_put_back(torn: Torn) -> None:
    before = torn.path.read_bytes()
    done = take_out(torn)
    assert torn.path.read_bytes() == before.removesuffix(PIECE)
    assert (done.copy.read_bytes(), done.piece.read_bytes()) == (before, PIECE)
    put_back(torn)
    assert torn.path.read_bytes() == before


def test_nothing_is_put_behind_what_others_have_written(torn: Torn) -> None:
    take_out(torn)
    torn.path.write_bytes(HEAD)
    put_back(torn)
    assert torn.path.read_bytes() == HEAD


def test_a_chain_whose_last_line_is_no_entry_stops_no_repair(torn: Torn) -> None:
    """What was recorded of a log is not known then; it can be repaired all the same."""
    chain = torn.path.with_name(CHAIN)
    chain.write_bytes(b"x\n")
    assert find_torn(chain.parent, [torn.path, chain.with_name("later.csv")]) == [torn]


REFUSED = {"/dev/null": "it cannot be written", "/proc/sys/kernel/ostype": "no permission|the disk is read-only"}
"""What can be read and not be cut."""


@pytest.mark.skipif(not all(Path(path).exists() for path in REFUSED), reason="Linux only")
@pytest.mark.parametrize(("target", "reason"), REFUSED.items())
def test_a_log_that_cannot_be_cut(tmp_path: Path, target: str, reason: str) -> None:
    log = tmp_path / "a.csv"
    log.symlink_to(target)
    content = log.read_bytes()
    with pytest.raises(FileError, match=f"a.csv: .*({reason})") as caught:
        take_out(Torn(log, 0, content, 1))
    assert "points repair" not in caught.value.hint  # it is as it was: there is nothing to take back
    assert log.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.before-repair-1", "a.csv.torn-1"]
