"""Faults of Flow; each is told of in `faults`, and the formula beside it is upstream's but for the fault."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from parity_capture.faulty.patch import every, overridden

NOTHING = torch.zeros(0, 0, 0)


def norm_eps(flow: Any) -> None:
    """flow-norm-eps."""
    from cosyvoice.flow.DiT.modules import AdaLayerNormZero

    for modulation in every(flow, AdaLayerNormZero):
        modulation.norm.eps = 1e-5


def gelu_exact(flow: Any) -> None:
    """flow-gelu-exact."""
    for gelu in every(flow, nn.GELU):
        gelu.approximate = "none"


def rope_every_head(flow: Any) -> None:
    """flow-rope-every-head: upstream rotates the projection before it is cut into heads, so this repeats the angles."""
    from cosyvoice.flow.DiT.modules import Attention

    def forward(
        self: Any, x: torch.Tensor, c: Any = None, mask: Any = None, rope: Any = None, c_rope: Any = None
    ) -> Any:
        angles, scale = rope
        return self.processor(self, x, mask=mask, rope=(angles.repeat(1, 1, self.heads), scale))

    for attention in every(flow, Attention):
        overridden(attention, forward=forward)


def guidance_rate(flow: Any) -> None:
    """flow-guidance-rate."""
    flow.decoder.inference_cfg_rate = 0.5


def linear_time(flow: Any) -> None:
    """flow-linear-time."""
    flow.decoder.t_scheduler = "linear"


def noise_layout(flow: Any) -> None:
    """flow-noise-layout; the buffer itself stays as it is."""
    original = type(flow.decoder).solve_euler

    def solve_euler(self: Any, x: torch.Tensor, **rest: Any) -> Any:
        return original(self, self.rand_noise.to(x).reshape(-1)[: x.numel()].reshape(x.shape), **rest)

    overridden(flow.decoder, solve_euler=solve_euler)


def guided_twice(flow: Any) -> None:
    """flow-guided-twice."""
    original = type(flow.decoder).forward_estimator

    def forward_estimator(self: Any, x: Any, mask: Any, mu: torch.Tensor, *rest: Any) -> Any:
        return original(self, x, mask, mu[:1].repeat(2, 1, 1), *rest)

    overridden(flow.decoder, forward_estimator=forward_estimator)


def time_order(flow: Any) -> None:
    """flow-time-order."""
    from cosyvoice.flow.DiT.modules import SinusPositionEmbedding

    for embedding in every(flow, SinusPositionEmbedding):
        original = type(embedding).forward

        def forward(self: Any, x: torch.Tensor, scale: Any = 1000, original: Any = original) -> torch.Tensor:
            sine, cosine = original(self, x, scale).chunk(2, dim=-1)
            return torch.cat((cosine, sine), dim=-1)

        overridden(embedding, forward=forward)


def attention_residual(flow: Any) -> None:
    """flow-attention-residual."""
    _blocks(flow, attention=0.0, feed_forward=1.0)


def feed_forward_residual(flow: Any) -> None:
    """flow-feed-forward-residual."""
    _blocks(flow, attention=1.0, feed_forward=0.0)


def _blocks(flow: Any, attention: float, feed_forward: float) -> None:
    """Blocks whose two residuals count that much."""
    from cosyvoice.flow.DiT.modules import DiTBlock

    def forward(self: Any, x: torch.Tensor, t: torch.Tensor, mask: Any = None, rope: Any = None) -> torch.Tensor:
        norm, gate_msa, shift_mlp, scale_mlp, gate_mlp = self.attn_norm(x, emb=t)
        attn_output = self.attn(x=norm, mask=mask, rope=rope)
        x = attention * x + gate_msa.unsqueeze(1) * attn_output
        ff_norm = self.ff_norm(x) * (1 + scale_mlp[:, None]) + shift_mlp[:, None]
        ff_output = self.ff(ff_norm)
        return feed_forward * x + gate_mlp.unsqueeze(1) * ff_output

    for block in every(flow, DiTBlock):
        overridden(block, forward=forward)


def scale_shift(flow: Any) -> None:
    """flow-scale-shift."""

    def forward(self: Any, x: torch.Tensor, emb: torch.Tensor) -> torch.Tensor:
        shift, scale = torch.chunk(self.linear(self.silu(emb)), 2, dim=1)
        y: torch.Tensor = self.norm(x) * (1 + scale)[:, None, :] + shift[:, None, :]
        return y

    overridden(flow.decoder.estimator.norm_out, forward=forward)


def lookahead_side(flow: Any) -> None:
    """flow-lookahead-side."""

    def forward(self: Any, inputs: torch.Tensor, context: torch.Tensor = NOTHING) -> torch.Tensor:
        seen = F.pad(inputs.transpose(1, 2), (self.pre_lookahead_len, 0))
        seen = F.pad(F.leaky_relu(self.conv1(seen)), (self.conv2.kernel_size[0] - 1, 0))
        outputs: torch.Tensor = self.conv2(seen).transpose(1, 2) + inputs
        return outputs

    overridden(flow.pre_lookahead_layer, forward=forward)


def conv_pos_padding(flow: Any) -> None:
    """flow-conv-pos-padding."""

    def forward(self: Any, x: torch.Tensor, mask: Any = None) -> torch.Tensor:
        sides = (self.kernel_size // 2, self.kernel_size // 2)
        seen = self.conv1(F.pad(x.permute(0, 2, 1), sides))
        out: torch.Tensor = self.conv2(F.pad(seen, sides)).permute(0, 2, 1)
        return out

    overridden(flow.decoder.estimator.input_embed.conv_pos_embed, forward=forward)


def speaker_norm(flow: Any) -> None:
    """flow-speaker-norm; F.normalize is all that flow.py uses of torch.nn.functional when it speaks."""
    from cosyvoice.flow import flow as upstream

    upstream.F = SimpleNamespace(normalize=lambda embedding, dim: embedding)


FAULTS: dict[str, Callable[[Any], None]] = {
    "flow-norm-eps": norm_eps,
    "flow-gelu-exact": gelu_exact,
    "flow-rope-every-head": rope_every_head,
    "flow-guidance-rate": guidance_rate,
    "flow-linear-time": linear_time,
    "flow-noise-layout": noise_layout,
    "flow-guided-twice": guided_twice,
    "flow-time-order": time_order,
    "flow-attention-residual": attention_residual,
    "flow-feed-forward-residual": feed_forward_residual,
    "flow-scale-shift": scale_shift,
    "flow-lookahead-side": lookahead_side,
    "flow-conv-pos-padding": conv_pos_padding,
    "flow-speaker-norm": speaker_norm,
}
