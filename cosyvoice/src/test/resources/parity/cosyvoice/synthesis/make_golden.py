"""Run upstream's CosyVoice3Model with parts that only count, and note what it asks them for.

    python make_golden.py OUT.safetensors

`utterances` int32 [U, 2]: length of prompt and of tokens. `chunks` int32 [C, 6], of all utterances in a row: which
utterance, token_offset, token_hop_len, how many tokens the flow gets, streaming, finalize.
`drawn` int32 [N]: what a language model draws; `spoken` int32 [M]: what llm_job leaves of it for the flow.
Needs an upstream CosyVoice checkout on PYTHONPATH.
"""

import sys

import torch
from cosyvoice.cli.model import CosyVoice3Model
from safetensors.torch import save_file

PROMPTS = [0, 1, 24, 25, 26, 47, 50, 87, 343]
TOKENS = [1, 2, 3, 27, 28, 29, 51, 52, 53, 54, 77, 78, 79, 186, 253, 500]


class Counting:
    """Flow and vocoder at once: mel and waveform are as long as they would be, and empty of meaning."""

    pre_lookahead_len, token_mel_ratio = 3, 2

    def inference(self, speech_feat=None, finalize=None, **flow):
        if speech_feat is not None:
            return torch.zeros(1, 480 * (speech_feat.shape[2] - (0 if finalize else 8))), None
        frames = 2 * (flow["token"].shape[1] - (0 if finalize else self.pre_lookahead_len))
        self.seen.append((flow["token"].shape[1], flow["streaming"], finalize))
        return torch.zeros(1, 80, frames), None


class Drawn:
    """A language model that yields what it is told to."""

    def __init__(self, tokens):
        self.tokens = tokens

    def inference(self, **_):
        return iter(self.tokens)


def chunks(prompt, tokens):
    """Rows of one utterance. Its tokens are all there from the beginning, as in voice conversion."""
    part = Counting()
    part.seen = []
    model = CosyVoice3Model(None, part, part)
    offsets, token2wav = [], model.token2wav

    def note(**kwargs):
        offsets.append((kwargs["token_offset"], model.token_hop_len))
        return token2wav(**kwargs)

    model.token2wav = note
    prompt_token = torch.zeros(1, prompt, dtype=torch.int32)
    source = torch.zeros(1, tokens, dtype=torch.int32)
    list(model.tts(flow_prompt_speech_token=prompt_token, source_speech_token=source, stream=True))
    return [(*a, *b) for a, b in zip(offsets, part.seen, strict=True)]


def spoken(drawn):
    model = CosyVoice3Model(Drawn(drawn), None, None)
    model.tts_speech_token_dict["a"] = []
    empty = torch.zeros(1, 0, dtype=torch.int32)
    model.llm_job(empty, empty, empty, torch.zeros(0, 192), "a")
    return model.tts_speech_token_dict["a"]


def main(out):
    utterances = [(p, n) for p in PROMPTS for n in TOKENS]
    rows = [(u, *row) for u, (p, n) in enumerate(utterances) for row in chunks(p, n)]
    silent = CosyVoice3Model(None, None, None).silent_tokens
    drawn = [7, *silent, 8, *[28] * 5, 9, *[28] * 6, 10, *[1, 2] * 9, 3, 2323, 2323, 2324, *[55] * 7]
    numbers = {"utterances": utterances, "chunks": rows, "drawn": drawn, "spoken": spoken(drawn)}
    save_file({k: torch.tensor(v, dtype=torch.int32) for k, v in numbers.items()}, out, metadata={"torch": torch.__version__})
    print(len(utterances), "utterances", len(rows), "chunks", len(drawn), "drawn", len(numbers["spoken"]), "spoken")


if __name__ == "__main__":
    main(*sys.argv[1:])
