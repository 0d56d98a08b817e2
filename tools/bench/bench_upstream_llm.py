"""Time upstream's language model, and keep what it was given and drew.

    python bench_upstream_llm.py MODEL_DIR OUT.safetensors [--steps 100] [--prompt-tokens 150] [--threads N]

Its own llm.inference draws STEPS tokens after a seeded random prompt; no token stops it. A first, short run is not counted.
Prints one JSON object: seconds to the first token, tokens per second after it. Needs COSYVOICE_DIR: an upstream checkout
with third_party/Matcha-TTS, and its packages.
"""

import argparse
import json
import os
import resource
import sys
import time

sys.path[:0] = [os.environ["COSYVOICE_DIR"], os.path.join(os.environ["COSYVOICE_DIR"], "third_party/Matcha-TTS")]

import torch
from hyperpyyaml import load_hyperpyyaml
from safetensors.torch import save_file

END_OF_PROMPT = 151646
STEPS_PER_TEXT_TOKEN = 20  # upstream's greatest length
WARM_UP_STEPS = 20
SEED = 0


def make_inputs(steps, prompt_tokens):
    g = torch.Generator().manual_seed(SEED)

    def ids(most, count):
        return torch.randint(0, most, (1, count), generator=g, dtype=torch.int32)

    return {
        "prompt_text": torch.cat([ids(150000, 6), torch.tensor([[END_OF_PROMPT]]), ids(150000, 13)], dim=1).int(),
        "text": ids(150000, steps // STEPS_PER_TEXT_TOKEN),
        "llm_prompt_speech_token": ids(6561, prompt_tokens),
    }


def load(model_dir):
    with open(f"{model_dir}/cosyvoice3.yaml") as f:
        overrides = {"flow": None, "hift": None, "qwen_pretrain_path": f"{model_dir}/CosyVoice-BlankEN"}
        llm = load_hyperpyyaml(f, overrides=overrides)["llm"]
    llm.load_state_dict(torch.load(f"{model_dir}/llm.pt", map_location="cpu"))
    llm.stop_token_ids = []
    return llm.eval()


def speak(llm, x):
    """Tokens, and when each was there."""
    def length(tensor):
        return torch.tensor([tensor.shape[1]], dtype=torch.int32)

    torch.manual_seed(SEED)
    tokens, times = [], [time.perf_counter()]
    for token in llm.inference(
        text=x["text"], text_len=length(x["text"]), prompt_text=x["prompt_text"],
        prompt_text_len=length(x["prompt_text"]), prompt_speech_token=x["llm_prompt_speech_token"],
        prompt_speech_token_len=length(x["llm_prompt_speech_token"]), embedding=torch.zeros(1, 192),
    ):
        tokens.append(token)
        times.append(time.perf_counter())
    return tokens, times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model_dir")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--prompt-tokens", type=int, default=150)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    start = time.perf_counter()
    llm = load(a.model_dir)
    ready = time.perf_counter() - start
    speak(llm, make_inputs(WARM_UP_STEPS, a.prompt_tokens))
    x = make_inputs(a.steps, a.prompt_tokens)
    tokens, times = speak(llm, x)
    save_file({**x, "speech_tokens": torch.tensor([tokens], dtype=torch.int32)}, a.out)
    print(json.dumps({
        "ready": ready,
        "prompt": times[1] - times[0],
        "tokens_per_s": (len(tokens) - 1) / (times[-1] - times[1]),
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
        "torch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
