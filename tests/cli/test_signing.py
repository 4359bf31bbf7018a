"""`publish --sign` and `verify --signers`: keys of OpenSSH say who stands behind a published folder."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, Answer, good, run, run_process
from tests.faults.space import write_space

KEYGEN = shutil.which("ssh-keygen")
PUBLISH = ("publish", "--quarter", "2021Q1", "--audience", "wall", "--by", "王芳")
FOLDER = Path("published") / "2021Q1" / "saving"
SIGNATURE = "manifest.json.sig"
NOT_SIGNED = "there is no manifest.json.sig in the folder"
NOT_THE_SAME = "manifest.json is not what was signed, or it was signed for another purpose"

pytestmark = pytest.mark.skipif(KEYGEN is None, reason="ssh-keygen is not installed")


def make_key(folder: Path, name: str, passphrase: str = "") -> Path:
    """A private key; its public half is beside it."""
    key = folder / name
    command = [str(KEYGEN), "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", str(key)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return key


def write_signers(path: Path, **keys: Path) -> Path:
    lines = [f"{name} {key.with_suffix('.pub').read_text('utf-8')}" for name, key in keys.items()]
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two keys, and a list with both owners."""
    folder = tmp_path_factory.mktemp("keys")
    mine, other = make_key(folder, "mine"), make_key(folder, "other")
    make_key(folder, "locked", "a secret")
    (folder / "broken").write_text("no key\n", "utf-8")
    write_signers(folder / "signers", 王芳=mine, 李明=other)
    write_signers(folder / "others", 李明=other)
    return folder


@pytest.fixture(scope="module")
def signed(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a signed folder; tests change copies of it."""
    space = write_space(tmp_path_factory.mktemp("signing") / "w")
    good("-C", space, *PUBLISH, "--sign", keys / "mine")
    return space


def verify(space: Path, *options: str | Path) -> Answer:
    return run("-C", space, "verify", space / FOLDER, *options)


def test_a_signed_folder(signed: Path, keys: Path) -> None:
    assert (signed / FOLDER / SIGNATURE).read_text("ascii").startswith("-----BEGIN SSH SIGNATURE-----\n")
    answer = verify(signed, "--signers", keys / "signers")
    assert (answer.code, answer.err) == (0, ""), answer.text
    assert answer.text.splitlines()[1:] == [
        "  intact: yes",
        "  reproducible: yes",
        "  valid: yes",
        "  signed by 王芳: yes",
    ]
    asked = verify(signed)
    assert (asked.code, asked.err) == (0, "")
    assert "  signed: not checked\n    name the list of those who may sign: --signers FILE\n" in asked.text
    assert "0 errors" in good("-C", signed, "check", "--audit").text
    assert f'"path":"{FOLDER.as_posix()}/{SIGNATURE}"' in (signed / "points.audit.jsonl").read_text("utf-8")


def test_the_same_signature_for_the_same_files(keys: Path, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    found = []
    for name in ("first", "second"):
        shutil.copytree(space, tmp_path / name)
        good("-C", tmp_path / name, *PUBLISH, "--sign", keys / "mine")
        found.append((tmp_path / name / FOLDER / SIGNATURE).read_bytes())
    assert found[0] == found[1]


def reword(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"audience": "wall"', b'"audience": "internal"'))


def unsign(folder: Path) -> None:
    (folder / SIGNATURE).unlink()


def damage(folder: Path) -> None:
    (folder / SIGNATURE).write_text("nonsense\n", "utf-8")


def keep(folder: Path) -> None:
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("change", "signers", "lines"),
    [
        pytest.param(reword, "signers", ["  signed by 王芳: NO", f"    {NOT_THE_SAME}"], id="changed"),
        pytest.param(unsign, "signers", ["  signed: NO", f"    {NOT_SIGNED}"], id="taken-away"),
        pytest.param(damage, "signers", ["  signed: NO", "    the key is none of {signers}"], id="damaged"),
        pytest.param(keep, "others", ["  signed: NO", "    the key is none of {signers}"], id="somebody-else"),
    ],
)
def test_what_stands_against_a_signature(
    change: Callable[[Path], None], signers: str, lines: list[str], signed: Path, keys: Path, tmp_path: Path
) -> None:
    space = tmp_path / "w"
    shutil.copytree(signed, space)
    change(space / FOLDER)
    answer = verify(space, "--signers", keys / signers)
    assert answer.code == 1
    assert answer.text.splitlines()[-2:] == [line.format(signers=keys / signers) for line in lines]
    assert "Traceback" not in answer.err


def test_a_signature_for_another_purpose(signed: Path, keys: Path, tmp_path: Path) -> None:
    """Whoever signs letters with the same key has not signed a manifest."""
    space = tmp_path / "w"
    shutil.copytree(signed, space)
    unsign(space / FOLDER)
    manifest = str(space / FOLDER / "manifest.json")
    command = [str(KEYGEN), "-q", "-Y", "sign", "-n", "file", "-f", str(keys / "mine"), manifest]
    subprocess.run(command, check=True, capture_output=True)
    assert (space / FOLDER / SIGNATURE).exists()
    answer = verify(space, "--signers", keys / "signers")
    assert (answer.code, answer.text.splitlines()[-1]) == (1, f"    {NOT_THE_SAME}")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(("--sign", "nowhere"), "nowhere: it cannot be read", id="no-key"),
        pytest.param(("--sign", "broken"), "ssh-keygen cannot sign with this key", id="broken-key"),
        pytest.param(("--sign", "locked"), "ssh-keygen cannot sign with this key", id="no-terminal-for-a-passphrase"),
    ],
)
def test_a_key_that_cannot_be_used(options: tuple[str, str], words: str, keys: Path, tmp_path: Path) -> None:
    """Nothing is published; where nobody can be asked, the passphrase is missing."""
    space = write_space(tmp_path / "w")
    setsid = shutil.which("setsid")
    command = (*((setsid, "-w") if setsid else ()), *COMMAND)
    answer = run_process("-C", space, *PUBLISH, options[0], keys / options[1], command=command, env={"DISPLAY": ""})
    assert answer.code == 3, answer.err
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert not (space / "published").exists()


def test_without_the_program(signed: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = run("-C", space, *PUBLISH, "--sign", keys / "mine")
    assert (answer.code, answer.out) == (3, b"")
    assert answer.err.startswith("ssh-keygen: the program is not installed\n    install OpenSSH")
    assert not (space / "published").exists()
    assert verify(signed, "--signers", keys / "signers").code == 3
    assert verify(signed).code == 0


def test_a_list_of_signers_that_is_not_there(signed: Path, keys: Path) -> None:
    answer = verify(signed, "--signers", keys / "nobody")
    assert answer.code == 3
    assert "nobody: it cannot be read" in answer.err
