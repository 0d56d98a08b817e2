"""What the stages returned, chunk by chunk and joined, and the same in float64 minus that."""

from typing import Any

import torch

from parity_capture.upstream.speech import Speech


def output_tensors(speech: Speech) -> dict[str, torch.Tensor]:
    """What Flow was given and what the stages returned; of several chunks, what was heard of each, joined."""
    last = speech.chunks[-1]
    return {
        "token": last.token.to(torch.int32),
        "python_flow_output": last.speech_feat,
        "python_hift_source": last.source,
        "python_audio_output": torch.cat([c.new_audio(c.audio) for c in speech.chunks], dim=1),
    }


def buffers(model: Any, samples: int) -> dict[str, torch.Tensor]:
    """The random numbers that upstream drew at construction, as far as `samples` of sound use them."""
    nsf = model.hift.m_source.l_sin_gen
    return {
        "rand_noise": model.flow.decoder.rand_noise,
        "nsf_rand_ini": nsf.rand_ini,
        "nsf_sine_waves": nsf.sine_waves[:, :samples],
    }


def chunk_tensors(speech: Speech) -> dict[str, torch.Tensor]:
    """The schedule of a streaming run as tables, and what each chunk was given and returned."""
    chunks = speech.chunks
    tensors = {
        name: torch.tensor([getattr(c, name) for c in chunks], dtype=torch.int32)
        for name in ("token_offset", "token_hop_len", "speech_offset")
    }
    tensors |= {name: torch.tensor([getattr(c, name) for c in chunks]) for name in ("streaming", "finalize")}
    for i, c in enumerate(chunks):
        tensors |= {
            f"token#{i}": c.token.to(torch.int32),
            f"attn_mask#{i}": c.attn_mask,
            f"python_flow_output#{i}": c.mel,
            f"speech_feat#{i}": c.speech_feat,
            f"python_hift_source#{i}": c.source,
            f"python_audio_output#{i}": c.audio,
        }
    return tensors


def chunk_truths(speech: Speech) -> dict[str, torch.Tensor]:
    """What each chunk would have been in float64, minus what it was."""
    truths: dict[str, torch.Tensor] = {}
    for i, (chunk, exact) in enumerate(zip(speech.chunks, speech.exact, strict=False)):
        was = {"python_flow_output": chunk.mel, "python_hift_source": chunk.source, "python_audio_output": chunk.audio}
        truths |= {f"{name}#{i}": wide - was[name.split(".")[0]].double() for name, wide in exact.items()}
    return truths


def output_truths(speech: Speech, ratio: int) -> dict[str, torch.Tensor]:
    """The outputs of the stages in float64, minus what they were; of several chunks, joined as the outputs are."""
    if not speech.exact:
        return {}
    pairs = list(zip(speech.chunks, speech.exact, strict=True))
    last, exact = pairs[-1]
    audio = torch.cat([c.new_audio(c.audio) for c, _ in pairs], dim=1).double()

    def heard(name: str) -> torch.Tensor:
        return torch.cat([c.new_audio(e[name]) for c, e in pairs], dim=1) - audio

    mel = torch.cat([c.new_mel(e["python_flow_output"], ratio) for c, e in pairs], dim=2)
    return {
        "python_flow_output": mel - last.speech_feat.double(),
        "python_hift_source": exact["python_hift_source"] - last.source.double(),
        "python_audio_output": heard("python_audio_output"),
        "python_audio_output.from_source": heard("python_audio_output.from_source"),
        "python_audio_output.end_to_end": heard("python_audio_output.end_to_end"),
    }
