"""The first modules of CosyVoice3's flow in PyTorch, written anew; docs/how-to/judge-your-port.md says how it is judged.

    ./parity flow --candidate "python examples/pytorch_port/port.py --in {inputs} --out {outputs}" \
        --expect examples/pytorch_port/expected.txt
"""

import os

import torch
from parity_taps import Taps
from torch import nn
from torch.nn import functional as F

# torch.nn.functional.leaky_relu's default; SLOPE=0.1 is a mistake, as elsewhere in this model the slope is 0.1.
SLOPE = float(os.environ.get("SLOPE", "0.01"))


class Lookahead(nn.Module):
    """transformer/upsample_encoder.py PreLookaheadLayer: x [1, N, C] to [1, N, C]."""

    def __init__(self, channels, inner, ahead):
        super().__init__()
        self.ahead = ahead
        self.conv1 = nn.Conv1d(channels, inner, ahead + 1)
        self.conv2 = nn.Conv1d(inner, channels, 3)

    def forward(self, x):
        """Look `ahead` tokens ahead, then two back."""
        y = F.leaky_relu(self.conv1(F.pad(x.transpose(1, 2), (0, self.ahead))), SLOPE)
        return self.conv2(F.pad(y, (2, 0))).transpose(1, 2) + x


class Flow(nn.Module):
    """As far as it is ported."""

    def __init__(self, weights):
        super().__init__()
        rows, channels = weights["input_embedding.weight"].shape
        inner, _, kernel = weights["pre_lookahead_layer.conv1.weight"].shape
        self.spk_embed_affine_layer = nn.Linear(*reversed(weights["spk_embed_affine_layer.weight"].shape))
        self.input_embedding = nn.Embedding(rows, channels)
        self.pre_lookahead_layer = Lookahead(channels, inner, kernel - 1)
        # Modules are called as upstream's are, so weights and taps have the same names.
        self.load_state_dict({name: weights[name] for name in self.state_dict()})

    def forward(self, embedding, token):
        """Both are what the decoder is conditioned on."""
        self.spk_embed_affine_layer(F.normalize(embedding, dim=1))
        self.pre_lookahead_layer(self.input_embedding(token))


def main():
    """Run the stage on the harness's inputs."""
    taps = Taps.of_command()
    given = {name: torch.from_numpy(value) for name, value in taps.inputs.items()}
    flow = Flow(torch.load(taps.model / "flow.pt", map_location="cpu", weights_only=True))
    taps.hook(flow, "flow")
    with torch.inference_mode():
        flow(given["embedding"], torch.cat([given["prompt_token"], given["token"]], dim=1))
    taps.write()


main()
