"""The outside world as one value: streams, clock, environment, the options before the command."""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from pointscli.cli.entry import silence_stdout
from pointscli.cli.exits import Exit
from pointscli.locale import preferred_language, translator
from pointscli.model.problem import FileError, FindingsError, Problem, Refused, UsageError
from pointscli.model.progress import working

if TYPE_CHECKING:
    from pointscli.app.workspace import Sources
    from pointscli.outputs.look import Look
    from pointscli.outputs.tables import Result
    from pointscli.outputs.titles import Language

_MOST_WARNINGS = 10
_COLOURS = re.compile(r"(\x1b\[[0-9;]*m)")


@dataclass(frozen=True, slots=True)
class World:
    """Everything a command needs besides its own options."""

    workspace: Path = Path()
    rules: tuple[Path, ...] = ()
    members: tuple[Path, ...] = ()
    events: tuple[Path, ...] = ()
    event_urls: tuple[str, ...] = ()
    """The same as written: a path would lose a slash of a URL."""
    language: str = field(default_factory=lambda: preferred_language(os.environ))
    no_color: bool = False

    @property
    def today(self) -> date:
        """The day on which the command runs."""
        return date.today()  # noqa: DTZ011  (a civil day where the clerk sits)

    @property
    def outside(self) -> tuple[Path, ...]:
        """Folders that a workspace may reach besides its own (POINTS_OUTSIDE)."""
        named = os.environ.get("POINTS_OUTSIDE", "").split(os.pathsep)
        return tuple(Path(folder) for folder in named if folder)

    @property
    def sources(self) -> Sources:
        """What names files besides the workspace's own settings: the line of the command, and who allows more."""
        from pointscli.app.workspace import Sources  # noqa: PLC0415  (help needs no workspace)

        return Sources(self.rules, self.members, self.events, self.outside)

    @property
    def now(self) -> str:
        """The moment at which the command runs, for the audit file: seconds, UTC."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def most_memory(self) -> int:
        """The most memory that the process has had, in bytes; 0 where the system does not say."""
        try:
            import resource  # noqa: PLC0415  (not on Windows)
        except ImportError:  # pragma: no cover (Windows)
            return 0
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return used if sys.platform == "darwin" else used * 1024

    def clerk(self, given: str | None) -> str:
        """Who runs the command: `--by`, else POINTS_BY, else the login name."""
        named = (given or os.environ.get("POINTS_BY") or "").strip()
        if named:
            return named
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return ""

    @property
    def java_home(self) -> str | None:
        """Where Spark finds its Java, if the environment says so."""
        return os.environ.get("JAVA_HOME") or None

    @property
    def asks(self) -> bool:
        """Whether there is somebody at a terminal to answer questions."""
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    def say(self, template: str, /, **args: object) -> None:
        """A sentence on stderr, in the language of messages."""
        text = translator(self.language)(template)
        _tell(_harmless(text.format(**args) if args else text))

    def translate(self, template: str) -> str:
        """A template in the language of messages."""
        return translator(self.language)(template)

    @contextmanager
    def progress(self) -> Iterator[None]:
        """Show on a terminal what is being done, if it takes longer than a second."""
        if not _is_terminal(sys.stderr):
            yield
            return
        from pointscli.cli.progress import ProgressLine  # noqa: PLC0415  (only where somebody looks)

        with ProgressLine(sys.stderr, self.translate):
            yield

    def say_problems(self, problems: Sequence[Problem], *, most: int | None = None) -> None:
        """Findings on stderr, each with its place and what to do, then how many there are."""
        if not problems:
            return
        from pointscli.app.findings import findings_of  # noqa: PLC0415  (only where there are findings)
        from pointscli.outputs.findings.text_format import render  # noqa: PLC0415  (the same)

        files = {path: self.workspace / path for problem in problems for path in _paths(problem)}
        found = findings_of(problems, files, self.translate, most=most, colour=self.has_colour(sys.stderr))
        _tell(render(found).rstrip("\n"))

    def say_warnings(self, problems: Sequence[Problem]) -> None:
        """Warnings beside a result: the first of them and how many there are."""
        self.say_problems(problems, most=_MOST_WARNINGS)

    def has_colour(self, stream: TextIO | None) -> bool:
        """Whether a stream shows colour and the user wants it."""
        return _is_terminal(stream) and not self.no_color and not os.environ.get("NO_COLOR")

    @contextmanager
    def boundary(self) -> Iterator[None]:
        """Turn what stops a command into sentences and an exit code."""
        try:
            yield
        except FindingsError as error:
            self.say_problems(error.problems)
            raise typer.Exit(Exit.FINDINGS) from error
        except UsageError as error:
            self._say_stop(error.message, error.hint, error.args_)
            raise typer.Exit(Exit.USAGE) from error
        except Refused as error:
            self._say_stop(error.message, error.hint, error.args_)
            raise typer.Exit(Exit.FINDINGS) from error
        except FileError as error:
            self._say_stop(
                "{path}: " + translator(self.language)(error.reason), error.hint, error.args_ | {"path": error.path}
            )
            raise typer.Exit(Exit.FILE) from error
        except OSError as error:
            if error.filename is None:  # a stream
                raise
            why, path = error.strerror or type(error).__name__, os.fsdecode(error.filename)
            hint = "check the disk and the permissions, then run the command again"
            self._say_stop("{path}: it cannot be used ({why})", hint, {"path": path, "why": why})
            raise typer.Exit(Exit.FILE) from error

    def _say_stop(self, message: str, hint: str, args: dict[str, str]) -> None:
        self.say(message, **args) if args else self.say(message)
        if hint:
            _tell(_harmless("    " + translator(self.language)(hint).format(**args)))

    def look(self, language: Language, *, ids: bool) -> Look:
        """How results are shown here: width and colour of the terminal, ids or titles."""
        from pointscli.outputs.look import Look  # noqa: PLC0415  (only commands that write need the writers)

        terminal = _is_terminal(sys.stdout)
        width = 80
        if terminal:
            width = os.get_terminal_size(sys.stdout.fileno()).columns or width
        colour = terminal and not self.no_color and not os.environ.get("NO_COLOR")
        narrow = terminal and not (sys.stdout.encoding or "").lower().startswith("utf")
        return Look(language=language, ids=ids, width=width, colour=colour, wide_ambiguous=narrow)

    def write(self, result: Result, look: Look, format_name: str | None, output: Path | None) -> None:
        """A result to stdout or, whole or not at all, to a file."""
        from pointscli.outputs.formats import BINARY, FORMATS, file_bytes, format_of  # noqa: PLC0415  (the same)

        if output is not None:
            from pointscli.journal.atomic import write_output  # noqa: PLC0415  (the same)

            working("writing {path}", path=output)
            write_output(output, file_bytes(format_name or format_of(output), result, look))
            return
        name = format_name or "table"
        if name == "table" and not _is_terminal(sys.stdout):
            name = "plain"
        if name not in BINARY:
            _put(FORMATS[name](result, look))
        elif _is_terminal(sys.stdout):
            raise UsageError("a workbook cannot be shown on a terminal", "write it to a file with -o FILE.xlsx")
        else:
            _put(file_bytes(name, result, look))

    def put(self, text: str | bytes) -> None:
        """A finished text to stdout; of what could steer a terminal only our own colours get there."""
        if isinstance(text, str):
            text = "".join(part if part.startswith("\x1b") else _harmless(part) for part in _COLOURS.split(text))
        _put(text)

    @contextmanager
    def reporting(self, *, written: bool = True) -> Iterator[None]:
        """Show what a command has done: if that fails, it must not be done again because of it."""
        try:
            yield
        except FileError as error:
            if not written:
                raise
            hint = "only the report failed: what the command was to write is in the files; do not run it again"
            raise FileError(error.path, error.reason, hint, **error.args_) from error

    def put_file(self, path: Path, data: bytes) -> None:
        """A finished file, whole or not at all."""
        from pointscli.journal.atomic import write_output  # noqa: PLC0415  (only commands that write need it)

        working("writing {path}", path=path)
        write_output(path, data)


def _paths(problem: Problem) -> list[str]:
    return [problem.place.path, *(one.place.path for one in problem.related)]


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream (None: it was closed before we began)."""
    return stream is not None and stream.isatty()


def _put(text: str | bytes) -> None:
    """A result on stdout; FileError if it cannot be written whole. A reader that has seen enough is no error."""
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        why = error.strerror or str(error)
        raise FileError("stdout", "it cannot be written: {why}", "write to a file with -o", why=why) from error


def _harmless(text: str) -> str:
    """A sentence with what it was given in it: an argument, the name of a file."""
    if text.replace("\n", "").isprintable():
        return text
    from pointscli.outputs.cells import harmless  # noqa: PLC0415  (few sentences need it)

    return harmless(text)


def _tell(text: str) -> None:
    """A line on stderr; where nobody can hear it, silence."""
    with contextlib.suppress(OSError, ValueError):
        _write(sys.stderr, text + "\n")


def _write(stream: TextIO | None, text: str | bytes) -> None:
    """Write; a terminal that lacks a character shows `?`, a pipe or file always gets UTF-8."""
    if stream is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    progress = sys.modules.get("pointscli.cli.progress")
    with progress.without_line() if progress else contextlib.nullcontext():
        _write_now(stream, text)


def _write_now(stream: TextIO, text: str | bytes) -> None:
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(str(text))
        return
    encoding = (stream.encoding if stream.isatty() else None) or "utf-8"
    stream.flush()
    binary.write(text.encode(encoding, "replace") if isinstance(text, str) else text)
    binary.flush()
