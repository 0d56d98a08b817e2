"""Which calls of which modules a capture keeps."""

import re
from enum import Enum

# The vocoder's residual blocks are many and large; at the boundary level only what they return is kept.
INSIDE_RESBLOCK = re.compile(r"hift\.(source_)?resblocks\.\d+\..+")
INSIDE_ESTIMATOR = "flow.decoder.estimator."
EACH_EULER_STEP = ("flow.decoder.estimator", "flow.decoder.solve_euler.x")


class Level(Enum):
    """How much is kept: nothing, the first call and one in the middle, or all."""

    NONE = "none"
    BOUNDARY = "boundary"
    ALL = "all"


class KeepLlm:
    """Of a module of the language model: the prompt's call and the middle one."""

    def __init__(self, level: Level, steps: int) -> None:
        """`steps` is how often the model will run."""
        self._level = level
        self._kept = {0, steps // 2}

    def __call__(self, path: str, call: int) -> bool:
        """Whether this call is kept."""
        return self._level is Level.ALL or (self._level is Level.BOUNDARY and call in self._kept)


class KeepSpeech:
    """Of Flow and HiFT: the first and the final chunk, and of a solve the first Euler step and the middle one.

    At the first step t is 0, where a wrong time embedding does not show. Of the estimator itself every call is kept.
    """

    def __init__(self, level: Level) -> None:
        """Nothing has run yet."""
        self._level = level
        self.euler_steps = 1
        self.final = False

    def __call__(self, path: str, call: int) -> bool:
        """Whether this call is kept."""
        if self._level is not Level.BOUNDARY:
            return self._level is Level.ALL
        if path in EACH_EULER_STEP:
            return True
        if INSIDE_RESBLOCK.fullmatch(path):
            return False
        if path.startswith(INSIDE_ESTIMATOR):
            chunk, step = divmod(call, self.euler_steps)
            return step in (0, self.euler_steps // 2) and (chunk == 0 or self.final)
        return call == 0 or self.final
