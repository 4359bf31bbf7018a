"""Fuzz the readers: python -m tests.fuzz [TARGET…] [--seconds N]. Each target runs in a process of its own.

What is found lies in the folder of --crashes; a case of it belongs into corpus/TARGET/ once it is mended.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

CORPUS = Path(__file__).parent / "corpus"
SLOWEST = 10
"""Seconds that one input may take."""
MOST_MEMORY = 2048


def main() -> int:
    """Run each target in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the readers of people's files.")
    parser.add_argument("targets", metavar="TARGET", nargs="*", help="what to fuzz; all without any")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default 60)")
    parser.add_argument("--crashes", type=Path, default=Path("fuzz-crashes"), help="where findings are written")
    parser.add_argument("--corpus", type=Path, help="keep new inputs in TARGET folders below this one")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    import atheris  # noqa: PLC0415  (only on Linux)

    with atheris.instrument_imports(include=["pointscli"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415  (loaded under instrumentation, or it is blind)

    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are: {', '.join(TARGETS)}")
    failed = [name for name in given.targets or TARGETS if fuzz(name, TARGETS[name], given)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def fuzz(name: str, target: Target, given: argparse.Namespace) -> int:
    """Fuzz one target in a process of its own, which ends with it; its exit code."""
    print(f"== {name}", flush=True)
    given.crashes.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if child := os.fork():
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        _never_return(name, target, given, Path(folder))
    raise AssertionError(name)


def _never_return(name: str, target: Target, given: argparse.Namespace, folder: Path) -> None:
    import atheris  # noqa: PLC0415  (only on Linux)

    from tests.fuzz.targets import keep_folder  # noqa: PLC0415  (loaded above)

    keep_folder()
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), "utf-8")
    found = given.corpus / name if given.corpus else folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={given.seconds}",
        f"-max_len={target.longest}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        *([f"-dict={words}"] if target.words else []),
        f"-artifact_prefix={given.crashes}/{name}-",
        f"-seed={given.seed}",
        "-print_final_stats=1",
    ]
    atheris.Setup([name, *options, str(found), str(CORPUS / name)], target.check)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """A word as libFuzzer reads it."""
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word.encode()
    )


if __name__ == "__main__":
    sys.exit(main())
