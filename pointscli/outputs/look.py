"""How a result is to be written: what the caller knows and a writer may not find out by itself."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.outputs.titles import Language, Words


@dataclass(frozen=True, slots=True)
class Look:
    """Options of all writers; each uses what concerns it."""

    language: Language = "zh"
    ids: bool = False
    """`--headers ids`: ids instead of titles, and cells as ids where they have one."""
    to_file: bool = False
    """The text goes to a file that Excel and WPS should open, not to standard output."""
    width: int = 80
    """Columns of the terminal."""
    colour: bool = False
    wide_ambiguous: bool = False
    """The console shows characters of ambiguous width (`·`, `…`, `①`) two cells wide, as the CP936 console does."""

    @property
    def words(self) -> Words:
        """Titles and words in the language."""
        return Words(self.language)
