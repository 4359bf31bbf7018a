"""Where the generator's choices come from: a seed, or a search that shrinks what fails."""

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices(ABC):
    """Everything is made of one question; 0 is the simplest answer, so options stand simplest first."""

    @abstractmethod
    def below(self, number: int) -> int:
        """One of 0 … number-1."""

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options)) if len(options) > 1 else 0]

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.below(100) >= 100 - round(share * 100)

    def sample(self, options: Sequence[T], number: int) -> list[T]:
        """Some of the options, none twice."""
        left = list(options)
        return [left.pop(self.below(len(left)) if len(left) > 1 else 0) for _ in range(number)]

    def several(self, most: int, more: float) -> Iterator[int]:
        """0, 1, 2…: a loop that may go on after each round (so that a search can leave out any of them)."""
        for number in range(most):
            if not self.chance(more):
                return
            yield number


class Seeded(Choices):
    """The same choices for the same seed."""

    def __init__(self, seed: int) -> None:
        """Start from a seed."""
        self.random = random.Random(seed)

    def below(self, number: int) -> int:
        """One of 0 … number-1, all alike."""
        return self.random.randrange(number)
