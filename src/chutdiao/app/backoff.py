"""When to try again: longer each time, never together with everybody else."""

import random
from collections.abc import Callable

FIRST = 5.0
LONGEST = 1800.0


def delay(tries: int, asked: float = 0.0, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many tries; at least what the server asked for.

    The full jitter keeps a thousand offices from knocking in the same second after an outage.
    """
    longest = min(LONGEST, FIRST * 2.0 ** min(tries, 12))
    return max(asked, longest / 2 + chance() * longest / 2)
