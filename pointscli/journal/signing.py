"""Signatures by OpenSSH's `ssh-keygen`: made and checked offline, with keys that people have already."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pointscli.model.problem import FileError

NAMESPACE = "points-manifest"
"""A signature made for anything else is none for us."""
_PROGRAM = "ssh-keygen"


@dataclass(frozen=True, slots=True)
class Signed:
    """Whether a signature is good, and whose key made it: a name in the list of signers, or nobody's in it."""

    good: bool
    name: str = ""


def sign(data: bytes, key: Path) -> bytes:
    """The signature of some bytes; a passphrase is asked for on the terminal.

    Raises:
        FileError: The key cannot be used, or the program is not installed.
    """
    _require(key)
    done = _run(["sign", "-n", NAMESPACE, "-f", str(key)], data)
    if done.returncode or not done.stdout.strip():
        hint = "name a private key of yours, such as ~/.ssh/id_ed25519; ssh-keygen -t ed25519 makes one"
        raise FileError(str(key), "ssh-keygen cannot sign with this key: {why}", hint, why=_why(done))
    return done.stdout.replace(b"\r\n", b"\n")


def check_signature(data: bytes, signature: Path, signers: Path) -> Signed:
    """Compare a signature with the bytes and with a list of signers (`NAME ssh-ed25519 AAAA…`, a line each).

    Raises:
        FileError: A file cannot be read, or the program is not installed.
    """
    _require(signature)
    _require(signers)
    found = _run(["find-principals", "-s", str(signature), "-f", str(signers)], b"")
    names = [line.strip() for line in found.stdout.decode("utf-8", "replace").splitlines()]
    known = [name for name in names if name and not name.startswith("!")] if found.returncode == 0 else []
    for name in known:
        asked = ["verify", "-f", str(signers), "-I", name, "-n", NAMESPACE, "-s", str(signature)]
        if _run(asked, data).returncode == 0:
            return Signed(good=True, name=name)
    return Signed(good=False, name=known[0] if known else "")


def _require(path: Path) -> None:
    """FileError if a file cannot be read: the program would only say so in its own words."""
    try:
        path.open("rb").close()
    except OSError as error:
        hint = "check the path given on the command line"
        raise FileError(str(path), "it cannot be read: {why}", hint, why=error.strerror or error) from error


def _run(arguments: Sequence[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run([_PROGRAM, "-Y", *arguments], input=data, capture_output=True, check=False)
    except FileNotFoundError as error:
        hint = (
            "install OpenSSH (Windows: Settings, Optional features, OpenSSH Client); without it nothing can be signed"
        )
        raise FileError(_PROGRAM, "the program is not installed", hint) from error


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """The last thing that the program said."""
    lines = [line.strip() for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else str(done.returncode)
