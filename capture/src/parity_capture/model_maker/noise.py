"""Random numbers that are the same bits on every machine.

torch.randn is not: its last bits differ with the vector width of the processor. Here a number is the sum of four
16-bit integers from PCG64's raw stream, which is bell-shaped enough for weights and exact in any order.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

PARTS, LEVELS = 4, 1 << 16
MEAN = PARTS * (LEVELS - 1) / 2
DEVIATION = math.sqrt(PARTS * (LEVELS * LEVELS - 1) / 12)
BLOCK = 1 << 22


class Noise:
    """Draws by name: what one tensor gets depends on the seed and its name, on no other tensor and on no order."""

    def __init__(self, seed: int) -> None:
        """Start from `seed`."""
        self.seed = seed

    def normal(self, name: str, shape: Sequence[int], mean: float = 0.0, deviation: float = 1.0) -> NDArray[np.float32]:
        """Bell-shaped numbers of this mean and standard deviation, none further off than 3.5 of it."""
        out = np.empty(math.prod(shape), np.float32)
        for part, raw in self._raw(name, out):
            total = raw.view(np.uint16).reshape(-1, PARTS).sum(axis=1, dtype=np.uint32)
            part[:] = mean + (total - MEAN) * (deviation / DEVIATION)
        return out.reshape(shape)

    def uniform(self, name: str, shape: Sequence[int], low: float, high: float) -> NDArray[np.float32]:
        """Evenly spread numbers from `low` to `high`."""
        out = np.empty(math.prod(shape), np.float32)
        for part, raw in self._raw(name, out):
            part[:] = low + (raw >> np.uint64(32)) * ((high - low) / (1 << 32))
        return out.reshape(shape)

    def _raw(self, name: str, out: NDArray[np.float32]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.uint64]]]:
        """Give views of `out`, a block at a time, each with a raw number for each of its elements."""
        words = np.frombuffer(hashlib.sha256(name.encode()).digest(), "<u4").tolist()
        stream = np.random.PCG64(np.random.SeedSequence([self.seed, *words]))
        for start in range(0, out.size, BLOCK):
            part = out[start : start + BLOCK]
            yield part, stream.random_raw(part.size)
