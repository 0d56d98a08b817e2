"""What upstream makes of the sample in ways that the sample's capture does not show.

    python make_modes.py SAMPLES_DIR OUT.safetensors

`stream.token#i` int32 [1, n], `stream.python_flow_output#i` [1, 80, M]: what each chunk was given and returned when
the prompt's own tokens are streamed, the tables `stream.token_offset`, `stream.token_hop_len` int32 [C], and
`stream.attn_mask#i` bool [T, T].
`vc.python_flow_output` [1, 80, M]: the prompt's own tokens spoken with the prompt untrimmed, as voice conversion does.
`cross-lingual.llm_logp`, `instruct2.llm_logp` [2, 6761]: the language model without what these modes do not give it, on
the sample's first two tokens; cross-lingual reads prompt and text as one text.
Upstream's own model.tts() runs; in the vocoder's place stands silence. Needs an upstream CosyVoice checkout on
PYTHONPATH.
"""

import sys

import torch
from cosyvoice.cli.model import CosyVoice3Model
from cosyvoice.flow.DiT import dit
from hyperpyyaml import load_hyperpyyaml
from safetensors.torch import load_file, save_file


class Silence:
    """A vocoder whose waveform is as long as it would be."""

    def inference(self, speech_feat, finalize):
        return torch.zeros(1, 480 * (speech_feat.shape[2] - (0 if finalize else 8))), None


def spoken(flow, stream, **inputs):
    """Of each chunk token_offset, token_hop_len, token, mel and attention mask."""
    model = CosyVoice3Model(None, flow, Silence())
    chunks, token2wav, inference, masked = [], model.token2wav, flow.inference, dit.add_optional_chunk_mask

    def note_chunk(**kwargs):
        chunks.append([kwargs["token_offset"], model.token_hop_len])
        return token2wav(**kwargs)

    def note_flow(**kwargs):
        mel, cache = inference(**kwargs)
        chunks[-1][2:2] = [kwargs["token"].int(), mel.clone()]
        return mel, cache

    def note_mask(xs, *args):
        mask = masked(xs, *args)
        chunks[-1][2:] = [mask[0].expand(xs.shape[1], -1).clone()]
        return mask

    model.token2wav, flow.inference, dit.add_optional_chunk_mask = note_chunk, note_flow, note_mask
    try:
        list(model.tts(stream=stream, **inputs))
    finally:
        del flow.inference
        dit.add_optional_chunk_mask = masked
    return chunks


def logp(llm, text, prompt_text, tokens):
    """The log-probabilities behind each of the tokens, without the prompt's speech."""
    seen, forced = [], iter([*tokens, llm.stop_token_ids[0]])

    def draw(scores, *_, **__):
        seen.append(scores.clone())
        return next(forced)

    llm.sampling_ids = draw
    empty = torch.zeros(1, 0, dtype=torch.int32)
    lengths = {f"{k}_len": torch.tensor([v.shape[1]], dtype=torch.int32) for k, v in (("text", text), ("prompt_text", prompt_text))}
    list(llm.inference(text=text, prompt_text=prompt_text, prompt_speech_token=empty, **lengths,
                       prompt_speech_token_len=torch.tensor([0], dtype=torch.int32), embedding=torch.zeros(0, 192), uuid="a"))
    return torch.stack(seen[: len(tokens)])


def main(samples, out):
    with open(f"{samples}/model/cosyvoice3.yaml") as f:
        qwen = f"{samples}/model/CosyVoice-BlankEN"
        parts = load_hyperpyyaml(f, overrides={"hift": None, "qwen_pretrain_path": qwen})
    flow, llm = parts["flow"], parts["llm"]
    for name, part in (("flow", flow), ("llm", llm)):
        part.load_state_dict(torch.load(f"{samples}/model/{name}.pt", map_location="cpu"))
        part.eval()
    full = load_file(f"{samples}/capture/debug_artifacts.safetensors")
    front = load_file(f"{samples}/capture/frontend_artifacts.safetensors")
    flow.decoder.rand_noise = full["rand_noise"]
    tensors = {}
    prompt = {"flow_prompt_speech_token": full["prompt_token"], "prompt_speech_feat": full["prompt_feat"]}
    chunks = spoken(flow, True, source_speech_token=front["speech_tokens"], flow_embedding=full["embedding"], **prompt)
    for i, (_, _, token, mel, mask) in enumerate(chunks):
        tensors |= {f"stream.token#{i}": token, f"stream.python_flow_output#{i}": mel, f"stream.attn_mask#{i}": mask}
    for column, name in enumerate(["token_offset", "token_hop_len"]):
        tensors[f"stream.{name}"] = torch.tensor([chunk[column] for chunk in chunks], dtype=torch.int32)
    prompt = {"flow_prompt_speech_token": front["speech_tokens"], "prompt_speech_feat": front["speech_feat"]}
    converted = spoken(flow, False, source_speech_token=front["speech_tokens"], flow_embedding=full["embedding"], **prompt)
    tensors["vc.python_flow_output"] = converted[0][3]
    text, prompt_text, tokens = full["text"], full["prompt_text"], full["token"][0, :2].tolist()
    empty = torch.zeros(1, 0, dtype=torch.int32)
    tensors["cross-lingual.llm_logp"] = logp(llm, torch.cat([prompt_text, text], dim=1), empty, tokens)
    tensors["instruct2.llm_logp"] = logp(llm, text, prompt_text, tokens)
    save_file({k: v.contiguous() for k, v in tensors.items()}, out, metadata={"torch": torch.__version__, "source": "samples"})
    print({k: tuple(v.shape) for k, v in tensors.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
