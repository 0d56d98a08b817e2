"""Puts a fault into a loaded model."""

from typing import Any

from parity_capture.faulty import in_flow, in_frontend, in_hift, in_llm


def put_in(kind: str, tts: Any) -> None:
    """`tts` is upstream's CosyVoice3; only what is said of `kind` is changed, for the rest of the process."""
    for part, faults in (
        (tts.model.llm, in_llm.FAULTS),
        (tts.model.flow, in_flow.FAULTS),
        (tts.model.hift, in_hift.FAULTS),
        (tts.frontend, in_frontend.FAULTS),
    ):
        if kind in faults:
            faults[kind](part)
            return
    raise ValueError(f"{kind}: told of, but not made")
