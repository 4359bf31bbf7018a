"""The refusal of invalid input."""


class Refused(Exception):  # noqa: N818 - named as callers read it
    """Invalid input, with every reason that was found."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep all the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons
