"""Runs a command under strace: counts its calls in a workspace, and lets one of them fail or kill the process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cli.running import ENGLISH, ROOT, Answer

STRACE = shutil.which("strace")
CALLS = (
    *("openat", "write", "fsync", "ftruncate", "mkdir", "mkdirat", "rmdir", "chmod", "fchmodat", "flock"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat"),
)
SPACE = ("write", "openat", "mkdir", "mkdirat", "fsync", "rename", "renameat", "renameat2")
"""Calls for which a disk may be full."""
LINE = re.compile(r"(?P<process>\d+) +(?P<call>\w+)\((?P<rest>.*)")


@dataclass(frozen=True)
class Call:
    """The how-manieth call of its kind in the whole process, and what it does."""

    name: str
    number: int
    line: str

    @property
    def writes(self) -> bool:
        return self.name != "openat" or "O_RDONLY" not in self.line

    @property
    def faults(self) -> Iterator[Fault]:
        """Everything that can happen at this call; a file that is only read can fail, too."""
        yield Fault(self, "error=EIO")
        if self.writes:
            yield Fault(self, "signal=KILL")
        if self.writes and self.name in SPACE:
            yield Fault(self, "error=ENOSPC")


@dataclass(frozen=True)
class Fault:
    call: Call
    what: str

    @property
    def kills(self) -> bool:
        return "KILL" in self.what

    def __str__(self) -> str:
        return f"{self.what} at {self.call.name} {self.call.number}: {self.call.line}"


def traced(arguments: Sequence[str], log: Path, *options: str) -> Answer:
    """Run a command line in a traced process of its own."""
    tracer = [str(STRACE), "-f", "-qq", "-y", "-s", "8", "-o", str(log)]
    if not any("signal=" in option for option in options):
        tracer.append("--seccomp-bpf")  # only what is traced is slow, but signals do not arrive
    calls = "trace=" + ",".join(f"?{call}" for call in CALLS)
    done = subprocess.run(
        [*tracer, "-e", calls, *options, os.path.realpath(sys.executable), "-m", "pointscli", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def environment() -> dict[str, str]:
    """The same calls in every run: no bytecode is written, no hash is random."""
    fixed = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    return {**os.environ, **ENGLISH, **fixed}


def count_calls(arguments: Sequence[str], folder: Path) -> list[Call]:
    """Run a command without a fault; its calls in a folder, those of the first thread."""
    log = folder.with_suffix(".trace")
    answer = traced(arguments, log)
    assert answer.code == 0, answer.err
    return list(_calls(log, folder))


def _calls(log: Path, folder: Path) -> Iterator[Call]:
    seen: Counter[str] = Counter()
    main = ""
    for line in log.read_text("utf-8", "replace").splitlines():
        match = LINE.match(line)
        main = main or (match["process"] if match else "")
        if match and match["process"] == main:
            seen[match["call"]] += 1
            if str(folder) in match["rest"]:
                yield Call(match["call"], seen[match["call"]], match["rest"].replace(str(folder), "."))


class NotHitError(Exception):
    """The call that was to fail was another one than in the run that counted them."""


def inject(arguments: Sequence[str], folder: Path, fault: Fault) -> Answer:
    """Run a command in which a call fails; NotHitError if that call is none in the folder."""
    log = folder.with_suffix(".trace")
    answer = traced(arguments, log, "-e", f"inject={fault.call.name}:{fault.what}:when={fault.call.number}")
    lines = log.read_text("utf-8", "replace").splitlines()
    main = lines[0].split()[0]
    mine = [line for line in lines if line.startswith(f"{main} ") and LINE.match(line)]
    hit = mine[-1] if fault.kills else next((line for line in mine if "(INJECTED)" in line), "")
    if str(folder) not in hit:
        raise NotHitError(f"{fault} was not hit: {hit}")
    assert f" {fault.call.name}(" in hit, hit
    return answer
