"""`python -m tests.mutation`: puts faults into the stages and says which of them no test notices.

The Python modules of parsing, rounding and masking are done by `mutmut run`, whose settings are in pyproject.toml.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from pointscli.engine import database
from tests.mutation.changes import Mutant, mutants
from tests.mutation.reasons import line_of, reason_for
from tests.mutation.suite import GENERATED, cases, fails
from tests.mutation.watch import Trial, watched

STAGES = Path(database.__file__).with_name("stages")
MACROS = "macros"
"""What stands for a stage where the fault is in the rounding that all stages use."""
_JOIN = "\n;\n"


def main() -> int:
    """Run; 1 if a mutant lives for which no reason is written down."""
    options = _options()
    texts = {path.stem: path.read_text("utf-8") for path in sorted(STAGES.glob("*.sql"))}
    chosen = options.stage or ([] if options.macros else list(texts))
    left = options.again.read_text("utf-8") if options.again else ""
    tried = {name: _only(mutants(name, texts[name]), left, options.share) for name in chosen}
    macros = _only(mutants(MACROS, _JOIN.join(database._MACROS)), left, options.share) if options.macros else []  # noqa: SLF001
    trial, suite, start = Trial(tried), cases(options.parts), time.monotonic()
    with _replaced("pointscli.engine.run.Database", watched(trial, texts)):
        for number, (name, case) in enumerate(suite):
            trial.case, trial.generated = number, name.startswith(GENERATED)
            if fails(case):
                print(f"{name} fails without any fault in the code", file=sys.stderr)
                return 2
            _progress(
                f"{number + 1}/{len(suite)} cases, {sum(map(len, trial.waiting.values()))} mutants to show", start
            )
    alive = []
    # Stages that explain, that say what tests reach, or that do the same more quickly have equalities of their own.
    found = [mutant for stage in tried if stage in trial.reached for mutant in tried[stage]]
    real = [mutant for mutant in found if mutant not in trial.broken] + macros
    for number, mutant in enumerate(real, 1):
        with _planted(mutant, texts):
            # Those by hand first: they are shorter.
            shown = trial.shown.get(mutant, range(len(suite)))
            if not any(fails(suite[case][1]) for case in reversed(shown)):
                alive.append(mutant)
                _say(f"{mutant.label}: `{line_of(mutant)}`")
        _progress(f"{number}/{len(real)} mutants, {len(alive)} alive", start)
    report = _report(real, alive)
    print(report)
    if options.output:
        options.output.write_text(report, "utf-8")
    return any(not reason_for(mutant) for mutant in alive)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--stage", action="append", help="only this stage (again for more)")
    parser.add_argument("--macros", action="store_true", help="the rounding that all stages use")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="every N-th mutant only")
    parser.add_argument("--parts", type=int, default=8, metavar="N", help="parts of the generated cases")
    parser.add_argument("--again", type=Path, metavar="FILE", help="only what lives in this table of an earlier run")
    parser.add_argument("-o", "--output", type=Path, help="write what lives as a table there")
    return parser.parse_args()


def _only(found: Iterator[Mutant], left: str, share: int) -> list[Mutant]:
    return [one for one in found if not left or f"- {one.label}: `" in left][::share]


def _planted(mutant: Mutant, texts: Mapping[str, str]) -> AbstractContextManager[None]:
    if mutant.stage == MACROS:
        return _replaced("pointscli.engine.database._MACROS", tuple(mutant.text.split(_JOIN)))
    return _replaced(
        "pointscli.engine.database._text", lambda stage: mutant.text if stage == mutant.stage else texts[stage]
    )


@contextmanager
def _replaced(target: str, value: object) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target, value)
        yield


def _progress(text: str, start: float) -> None:
    if sys.stderr.isatty() or os.environ.get("POINTS_MUTATION_LOG"):
        print(f"\r{time.monotonic() - start:.0f} s: {text}  ", end="", file=sys.stderr, flush=True)


def _say(line: str) -> None:
    """One survivor: a run takes long, and whoever waits can begin to read."""
    if os.environ.get("POINTS_MUTATION_LOG"):
        print(f"\nlives: {line}", file=sys.stderr, flush=True)


def _report(real: Sequence[Mutant], alive: Sequence[Mutant]) -> str:
    """Mutants and survivors by stage, and each survivor with its reason."""
    lines = ["| stage | mutants | noticed |", "| --- | --- | --- |"]
    for stage in dict.fromkeys(mutant.stage for mutant in real):
        here = sum(mutant.stage == stage for mutant in real)
        left = sum(mutant.stage == stage for mutant in alive)
        lines.append(f"| {stage} | {here} | {here - left} |")
    lines.append(f"| together | {len(real)} | {len(real) - len(alive)} |")
    lines += ["", *(f"- {m.label}: `{line_of(m)}`: {reason_for(m) or 'no reason known'}" for m in alive)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
