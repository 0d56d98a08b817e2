"""Time upstream's Flow and HiFT on the inputs of a benchmark, and keep what they computed.

    python bench_upstream.py MODEL_DIR INPUTS OUTPUTS [--make-inputs] [--tokens 250] [--prompt-tokens 150] [--threads N]
                             [--n-timesteps 10] [--streamed]

With --make-inputs, INPUTS is written first, and nothing is run: seeded random tokens, prompt features and a speaker
embedding. With --streamed, the utterance is spoken in chunks, as upstream's CosyVoice3Model.tts(stream=True) does.
Prints one JSON object. Needs COSYVOICE_DIR: an upstream checkout with third_party/Matcha-TTS, and its packages.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time

sys.path[:0] = [os.environ["COSYVOICE_DIR"], os.path.join(os.environ["COSYVOICE_DIR"], "third_party/Matcha-TTS")]

import torch
from hyperpyyaml import load_hyperpyyaml
from safetensors.torch import load_file, save_file

WARM_UP_TOKENS = 10
HIFT_RUNS = 3  # HiFT takes a second or two: its median of so many, after one that is not counted


def make_inputs(path, tokens, prompt_tokens):
    g = torch.Generator().manual_seed(0)
    save_file(
        {
            "token": torch.randint(0, 6561, (1, tokens), generator=g, dtype=torch.int32),
            "prompt_token": torch.randint(0, 6561, (1, prompt_tokens), generator=g, dtype=torch.int32),
            "prompt_feat": torch.randn(1, 2 * prompt_tokens, 80, generator=g) * 2 - 5,
            "embedding": torch.randn(1, 192, generator=g),
        },
        path,
    )


def load(model_dir):
    """Flow and HiFT as upstream makes them; the language model is left out, which changes none of their buffers."""
    with open(f"{model_dir}/cosyvoice3.yaml") as f:
        parts = load_hyperpyyaml(f, overrides={"llm": None, "qwen_pretrain_path": f"{model_dir}/CosyVoice-BlankEN"})
    flow, hift = parts["flow"], parts["hift"]
    flow.load_state_dict(torch.load(f"{model_dir}/flow.pt", map_location="cpu"))
    state = torch.load(f"{model_dir}/hift.pt", map_location="cpu")
    hift.load_state_dict({name.replace("generator.", ""): value for name, value in state.items()})
    return flow.eval(), hift.eval()


def solve(flow, x, streaming=False, finalize=True):
    def length(tensor):
        return torch.tensor([tensor.shape[1]], dtype=torch.int32)

    return flow.inference(
        token=x["token"], token_len=length(x["token"]),
        prompt_token=x["prompt_token"], prompt_token_len=length(x["prompt_token"]),
        prompt_feat=x["prompt_feat"], prompt_feat_len=length(x["prompt_feat"]),
        embedding=x["embedding"], streaming=streaming, finalize=finalize,
    )[0]


def take_steps(flow, n_timesteps):
    """Has the decoder take so many Euler steps; flow.inference asks for 10."""
    forward = flow.decoder.forward
    flow.decoder.forward = lambda *args, **named: forward(*args, **{**named, "n_timesteps": n_timesteps})


def chunks(prompt_tokens, tokens, look_ahead=3):
    """How many tokens each chunk is given, and whether it is the last: the loop of cli/model.py's tts."""
    offset, hop = 0, 25
    pad = -prompt_tokens % 25
    while True:
        this_hop = hop + (pad if offset == 0 else 0)
        if tokens - offset < this_hop + look_ahead:
            break
        yield offset, offset + this_hop + look_ahead, False
        offset += this_hop
        hop = min(100, 2 * hop)
    yield offset, tokens, True


def speak_in_chunks(flow, hift, x):
    """Seconds of Flow and HiFT; both run over all that there is, for every chunk."""
    seconds = {"flow": 0.0, "hift": 0.0}
    mels = []
    for offset, end, last in chunks(x["prompt_token"].shape[1], x["token"].shape[1]):
        start = time.perf_counter()
        mel = solve(flow, {**x, "token": x["token"][:, :end]}, streaming=not last, finalize=last)
        between = time.perf_counter()
        mels.append(mel[:, :, offset * 2:])
        hift.inference(speech_feat=torch.cat(mels, dim=2), finalize=last)
        seconds["flow"] += between - start
        seconds["hift"] += time.perf_counter() - between
    return seconds


def median_seconds(work):
    seconds = []
    for _ in range(HIFT_RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def peak_gigabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model_dir")
    parser.add_argument("inputs")
    parser.add_argument("outputs")
    parser.add_argument("--make-inputs", action="store_true")
    parser.add_argument("--tokens", type=int, default=250)
    parser.add_argument("--prompt-tokens", type=int, default=150)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--n-timesteps", type=int, default=10)
    parser.add_argument("--streamed", action="store_true")
    a = parser.parse_args()
    if a.make_inputs:
        make_inputs(a.inputs, a.tokens, a.prompt_tokens)
        return
    torch.set_num_threads(a.threads)
    start = time.perf_counter()
    flow, hift = load(a.model_dir)
    ready = time.perf_counter() - start
    take_steps(flow, a.n_timesteps)
    x = load_file(a.inputs)
    short = {**x, "token": x["token"][:, :WARM_UP_TOKENS]}
    hift.inference(speech_feat=solve(flow, short), finalize=True)
    if a.streamed:
        print(json.dumps({**speak_in_chunks(flow, hift, x), "peak_gb": peak_gigabytes(), "torch": torch.__version__}))
        return
    start = time.perf_counter()
    mel = solve(flow, x)
    flow_seconds = time.perf_counter() - start
    audio, source = hift.inference(speech_feat=mel, finalize=True)
    hift_seconds = median_seconds(lambda: hift.inference(speech_feat=mel, finalize=True))
    save_file({"python_flow_output": mel.clone(), "python_audio_output": audio.clone(), "python_hift_source": source.clone()}, a.outputs)
    print(json.dumps({
        "ready": ready, "flow": flow_seconds, "hift": hift_seconds,
        "peak_gb": peak_gigabytes(), "torch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
