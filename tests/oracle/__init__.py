"""An independent oracle for the points language: naive, exact, one member at a time."""

from .refused import Refused
from .tally import tally

__all__ = ["Refused", "tally"]
