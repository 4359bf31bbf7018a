"""What must hold after a fault, whatever it was: old or new, said truly, and the same command completes once."""

from __future__ import annotations

import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from pointscli.journal.audit import check_chain
from pointscli.journal.chain import CHAIN
from pointscli.model.problem import Severity
from tests.cli.running import Answer, good, run
from tests.faults.space import State, arguments, state, tear
from tests.faults.tracing import Call, Fault, NotHitError, count_calls, inject

COPIES = re.compile(r".+\.(before-repair|torn)-[0-9]+")
_TRIES = 3
ALONE = threading.Lock()
"""Commands that run in this process take its streams."""
UNREADABLE = "[unreadable-file]"
"""A rule file that cannot be read is a finding."""
WRITTEN = "the file was written"
"""In the sentence of a command that failed after the point of no return."""


@dataclass(frozen=True)
class Flow:
    """A command in a workspace: what the workspace is before it and after it."""

    command: str
    base: Path
    old: State
    new: State
    calls: list[Call]

    @property
    def faults(self) -> list[Fault]:
        return [fault for call in self.calls for fault in call.faults]


def prepare(command: str, base: Path, folder: Path) -> Path:
    """A fresh workspace in which the command has something to do."""
    shutil.copytree(base, folder)
    if command == "repair":
        tear(folder)
    return folder


def flow_of(command: str, base: Path, parent: Path) -> Flow:
    """Run the command without a fault."""
    folder = prepare(command, base, parent / f"{command}-0")
    old = state(folder)
    calls = count_calls(arguments(command, folder), folder)
    return Flow(command, base, old, state(folder), calls)


def suffer(flow: Flow, fault: Fault, folder: Path) -> None:
    """Run a command with a fault and judge what it left."""
    for tries in range(_TRIES, -1, -1):  # on a busy machine a run may make a call more
        prepare(flow.command, flow.base, folder)
        try:
            answer = inject(arguments(flow.command, folder), folder, fault)
        except NotHitError:
            assert tries, f"{fault} was not hit in any of {_TRIES + 1} runs"
            shutil.rmtree(folder)
        else:
            judge(flow, folder, answer, str(fault))
            shutil.rmtree(folder)
            return


def judge(flow: Flow, folder: Path, answer: Answer, what: str) -> None:
    """Old or new, as the command said; then the same command again."""
    found = state(folder)
    _every_file_is_whole(flow, found, what)
    if answer.code >= 0:
        _what_was_said_is_true(flow, found, answer, what)
        left = [path.name for path in folder.rglob(".points-*")]
        assert left == [], (what, left)
    half = answer.code < 0 or flow.command == "repair"  # what is torn is there before the repair, too
    chain = [one for one in check_chain(folder) if not half or one.name != "changed-outside"]
    assert chain == [], (what, chain)
    with ALONE:
        _again(flow, folder, what)


def _every_file_is_whole(flow: Flow, found: State, what: str) -> None:
    """Each file is the old or the new one, and none is lost; the audit file has the old entries and some new ones."""
    for name in {*flow.old, *flow.new, *found} - {CHAIN}:
        allowed = [flow.old.get(name), flow.new.get(name)]
        assert found.get(name) in allowed, (what, name, found.get(name))
    entries = found[CHAIN]
    assert isinstance(entries, list)
    assert entries[: len(flow.old[CHAIN])] == flow.old[CHAIN], what  # type: ignore[arg-type]
    assert entries == flow.new[CHAIN][: len(entries)], what  # type: ignore[index]


def _what_was_said_is_true(flow: Flow, found: State, answer: Answer, what: str) -> None:
    for text in (answer.err, answer.text):
        assert "Traceback" not in text, (what, text)
        assert "Errno" not in text, (what, text)
    if answer.code == 0:
        assert found == flow.new, what
        return
    assert answer.code == 3 or (answer.code == 1 and UNREADABLE in answer.err), (what, answer.code, answer.err)
    assert 1 <= len(answer.err.splitlines()) <= 4, (what, answer.err)
    if flow.command == "import" and found["events.csv"] == flow.old["events.csv"]:
        return  # words are kept in points.yaml before the events are written: they do no harm alone
    same = {name: one for name, one in found.items() if not COPIES.fullmatch(name)}
    if flow.command == "repair" and COPIES.search(answer.err.split(":")[0]):
        assert same == flow.old, (what, answer.err)  # the copy is written, and the log is still as it was
        return
    if WRITTEN in answer.err:
        assert found == flow.new, (what, answer.err)
        return
    assert same == flow.old, (what, answer.err)


def _again(flow: Flow, folder: Path, what: str) -> None:
    """The same command completes what is missing, and does nothing twice."""
    before = state(folder)
    answer = run(*arguments(flow.command, folder))
    after = state(folder)
    assert answer.code in (0, 1), (what, answer.code, answer.err)
    for name in {*flow.new, *after} - {CHAIN}:
        copied = COPIES.fullmatch(name) and name not in flow.new
        assert copied or after.get(name) == flow.new.get(name), (what, name, answer.err, after.get(name))
    if answer.code == 1:
        assert after == before, (what, answer.err)
    serious = [one for one in check_chain(folder) if one.severity is Severity.ERROR]
    assert serious == [], (what, serious)
    audit = good("-C", folder, "check", "--audit", "--format", "concise")
    assert ": error " not in audit.text, (what, audit.text)
