"""What upstream's sampling chooses (utils/common.py:138-167), for scores of which some are hard to choose from.

    python make_sampling.py OUT.safetensors

For each case K: `K.scores` float32 [n], log-probabilities; `K.decoded` int32 [d], tokens so far; `K.parameters` float64
[top_p, top_k, win_size, tau_r]; `K.token` int32 [20], what is chosen after manual_seed(i).
Needs an upstream CosyVoice checkout on PYTHONPATH.
"""

import sys

import torch
from cosyvoice.utils.common import ras_sampling
from safetensors.torch import save_file

SEEDS = 20
RELEASE = dict(top_p=0.8, top_k=25, win_size=10, tau_r=0.1)


def spread(seed, n, scale):
    return (scale * torch.randn(n, generator=torch.Generator().manual_seed(seed))).log_softmax(0)


def cases():
    flat, steep = spread(1, 6761, 1.0), spread(2, 6761, 6.0)
    yield "flat", flat, [], {}
    yield "steep", steep, [], {}
    masked = steep.clone()
    masked[steep.argmax()] = -float("inf")
    yield "masked", masked, [], {}
    one = torch.full((50,), -20.0)
    one[7] = 0.0
    yield "one_holds_all", one.log_softmax(0), [], {}
    yield "one_holds_all_and_is_said", one.log_softmax(0), [7], {}
    top = int(steep.argmax())
    yield "said_ten_ago", steep, [top] + [0] * 9, {}
    yield "said_eleven_ago", steep, [top] + [0] * 10, {}
    yield "all_equal", torch.zeros(100).log_softmax(0), list(range(25)), {}
    ties = torch.tensor([0.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 0.0]).log_softmax(0)
    yield "ties_at_the_edge", ties, [], dict(top_k=4)
    # 0.7 is larger in float64 than in float32, in which it is compared.
    edge = torch.tensor([0.7, 0.2, 0.1]).log()
    yield "just_enough", edge, [], dict(top_p=0.7)
    yield "window_of_none_is_all", steep, [top] + [0] * 30, dict(win_size=0, tau_r=0.1)
    yield "twice_is_too_often", steep, [top, 0, 0], dict(win_size=10, tau_r=0.15)
    yield "twice_was_too_often", steep, [top, 0, top], dict(win_size=10, tau_r=0.15)


def main(out):
    tensors = {}
    for name, scores, decoded, changed in cases():
        parameters = RELEASE | changed
        tokens = []
        for seed in range(SEEDS):
            torch.manual_seed(seed)
            tokens.append(ras_sampling(scores.clone(), list(decoded), 25, **parameters))
        tensors[f"{name}.scores"] = scores
        tensors[f"{name}.decoded"] = torch.tensor(decoded, dtype=torch.int32)
        tensors[f"{name}.parameters"] = torch.tensor(list(parameters.values()), dtype=torch.float64)
        tensors[f"{name}.token"] = torch.tensor(tokens, dtype=torch.int32)
    save_file({k: v.clone() for k, v in tensors.items()}, out, metadata={"torch": torch.__version__})
    print({k: v.tolist() for k, v in tensors.items() if k.endswith(".token")})


if __name__ == "__main__":
    main(*sys.argv[1:])
