"""Signatures of published folders: `manifest.json.sig` beside the manifest, which has every other file's digest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pointscli.app.manifest import NAME
from pointscli.journal.signing import Signed, check_signature, sign

SIGNATURE = f"{NAME}.sig"


def signed_files(files: Mapping[str, bytes], key: Path | None) -> Mapping[str, bytes]:
    """A folder's files with the signature of its manifest; without a key as they are."""
    return files if key is None else {**files, SIGNATURE: sign(files[NAME], key)}


def is_signed(folder: Path) -> bool:
    """Whether a published folder has a signature."""
    return (folder / SIGNATURE).exists()


def check_signed(folder: Path, signers: Path) -> Signed | None:
    """Who signed a published folder; None if nobody did."""
    if not is_signed(folder):
        return None
    return check_signature((folder / NAME).read_bytes(), folder / SIGNATURE, signers)
