"""The legal variants of upstream, without torch: some want the environment of their process."""

from collections.abc import Mapping
from dataclasses import dataclass, field

THREADS = 1  # the captures have as many as their machine, so no variant repeats a capture bit by bit


@dataclass(frozen=True)
class Variant:
    """One legal variant. `replaced` is the set of functions of `legal.functions` that take the place of torch's."""

    name: str
    says: str
    replaced: str = ""
    onednn: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("t1", "1 thread, as in every variant"),
        Variant("nomkldnn", "without oneDNN", onednn=False),
        Variant(
            "plain",
            "sums one by one in order; convolutions tap by tap; attention, norms, Fourier spelt out; no oneDNN",
            replaced="plain",
            onednn=False,
        ),
        Variant("flip", "sums backwards in two halves; all else as in plain, but oneDNN", replaced="flip"),
        Variant(
            "phase",
            "the source's phase summed in float32 by a scan: in blocks of 8, and these likewise",
            replaced="phase",
        ),
        Variant(
            "libm", "exp, sin, cos, tanh and activations right to the last bit, not vectorised float32", replaced="libm"
        ),
        Variant(
            "avx2",
            "no instructions beyond AVX2",
            environment={
                "ATEN_CPU_CAPABILITY": "avx2",
                "ONEDNN_MAX_CPU_ISA": "AVX2",
                "MKL_ENABLE_INSTRUCTIONS": "AVX2",
            },
        ),
    )
}
