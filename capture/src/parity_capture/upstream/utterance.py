"""From texts and recordings to what upstream's model is given: cli/cosyvoice.py's inference_* up to model.tts()."""

import inspect
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from parity_capture.errors import CaptureError
from parity_capture.tap.lines import Lines, lines_seen
from parity_capture.upstream.request import Mode, Request

# Of upstream's package: where texts are normalised and cut.
FILES = ("cli/frontend.py", "utils/frontend_utils.py")


def none_given() -> torch.Tensor:
    """What model.tts() takes where a mode has no such tokens: int32 [1, 0]."""
    return torch.zeros(1, 0, dtype=torch.int32)


@dataclass(frozen=True)
class Texts:
    """The segments to speak, and the prompt's text as the language model reads it."""

    prompt: str
    segments: list[str]
    lines: Lines

    def metadata(self, index: int) -> dict[str, str]:
        """What the capture of segment `index` says of its texts."""
        return {
            "prompt_text_normalized": self.prompt,
            "tts_text_segment": self.segments[index],
            "segments": json.dumps(self.segments, ensure_ascii=False),
            "segment_index": str(index),
            "text_frontend_lines": json.dumps(self.lines.by_file(), separators=(",", ":")),
        }


def normalize(front: Any, request: Request) -> Texts:
    """Upstream's text frontend: prompt whole, text in segments."""
    package = Path(inspect.getfile(type(front))).parents[1]
    with lines_seen(package, FILES) as lines:
        segments = front.text_normalize(request.tts_text, split=True, text_frontend=True)
    if not segments:
        raise CaptureError(
            f"--tts-text '{request.tts_text}': upstream's text frontend leaves no segment of it to speak; "
            "give a text with words"
        )
    match request.mode:
        case Mode.ZERO_SHOT:
            prompt = front.text_normalize(request.prompt_text, split=False, text_frontend=True)
        case Mode.INSTRUCT2:
            prompt = request.instruct_text
        case _:
            prompt = ""
    return Texts(prompt, segments, lines)


def chosen(texts: Texts, request: Request) -> list[int]:
    """The segments that were asked for."""
    count = len(texts.segments)
    if request.segment is None:
        return list(range(count))
    if not 0 <= request.segment < count:
        raise CaptureError(
            f"--segment-index {request.segment}: the text has {count} segment{'s' if count > 1 else ''}, "
            f"0 to {count - 1}; give one of these, or all"
        )
    return [request.segment]


@dataclass(frozen=True)
class Utterance:
    """What model.tts() is given for one segment, by its own argument names."""

    inputs: dict[str, torch.Tensor] = field(repr=False)

    def llm_inputs(self) -> dict[str, torch.Tensor]:
        """Arguments of llm.inference as cli/model.py's llm_job passes them; lengths are made anew, it changes them."""
        text = self.inputs["text"]
        prompt_text = self.inputs.get("prompt_text", none_given())
        prompt_speech = self.inputs.get("llm_prompt_speech_token", none_given())
        return {
            "text": text,
            "text_len": length(text),
            "prompt_text": prompt_text,
            "prompt_text_len": length(prompt_text),
            "prompt_speech_token": prompt_speech,
            "prompt_speech_token_len": length(prompt_speech),
            "embedding": self.inputs["llm_embedding"],
        }

    def tensors(self) -> dict[str, torch.Tensor]:
        """The inputs under the names of a capture."""
        tensors = {
            "prompt_token": self.inputs["flow_prompt_speech_token"],
            "prompt_feat": self.inputs["prompt_speech_feat"],
            "embedding": self.inputs["flow_embedding"],
        }
        if "text" in self.inputs:
            llm = self.llm_inputs()
            tensors |= {
                "text": llm["text"],
                "prompt_text": llm["prompt_text"],
                "llm_prompt_speech_token": llm["prompt_speech_token"],
                "llm_embedding": llm["embedding"],
            }
        return tensors


def prepare(front: Any, request: Request, texts: Texts | None, index: int, sample_rate: int) -> Utterance:
    """Run upstream's frontend_* of the mode for segment `index`."""
    wav = str(request.prompt_wav)
    if texts is None:
        return Utterance(front.frontend_vc(str(request.source_wav), wav, sample_rate))
    segment = texts.segments[index]
    match request.mode:
        case Mode.ZERO_SHOT:
            return Utterance(front.frontend_zero_shot(segment, texts.prompt, wav, sample_rate, ""))
        case Mode.CROSS_LINGUAL:
            return Utterance(front.frontend_cross_lingual(segment, wav, sample_rate, ""))
        case Mode.INSTRUCT2:
            return Utterance(front.frontend_instruct2(segment, texts.prompt, wav, sample_rate, ""))
        case Mode.VC:
            raise ValueError("voice conversion has no text")


def length(tensor: torch.Tensor) -> torch.Tensor:
    """What upstream is told beside a tensor [1, n]: int32 [1]."""
    return torch.tensor([tensor.shape[1]], dtype=torch.int32)
