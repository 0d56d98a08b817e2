"""Faults of the language model."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from parity_capture.faulty.patch import every, overridden

THETA = 10_000.0


def norm_eps(llm: Any) -> None:
    """llm-norm-eps."""
    from transformers.models.qwen2.modeling_qwen2 import Qwen2RMSNorm

    for norm in every(llm, Qwen2RMSNorm):
        norm.variance_epsilon = 1e-5


def rope_theta(llm: Any) -> None:
    """llm-rope-theta."""
    from transformers.models.qwen2.modeling_qwen2 import Qwen2RotaryEmbedding

    for rotary in every(llm, Qwen2RotaryEmbedding):
        half = rotary.inv_freq.numel()
        rotary.inv_freq = THETA ** -(torch.arange(half, dtype=torch.float32) / half)


def cache_positions(llm: Any) -> None:
    """llm-cache-positions."""
    from transformers.models.qwen2.modeling_qwen2 import Qwen2RotaryEmbedding

    for rotary in every(llm, Qwen2RotaryEmbedding):
        original = type(rotary).forward

        def forward(self: Any, x: Any, position_ids: torch.Tensor, original: Any = original) -> Any:
            return original(self, x, position_ids - position_ids[:, :1])

        overridden(rotary, forward=forward)


def mlp_gelu(llm: Any) -> None:
    """llm-mlp-gelu."""
    from transformers.models.qwen2.modeling_qwen2 import Qwen2MLP

    for mlp in every(llm, Qwen2MLP):
        mlp.act_fn = nn.GELU()


def attention_scale(llm: Any) -> None:
    """llm-attention-scale."""
    from transformers.models.qwen2.modeling_qwen2 import Qwen2Attention

    for attention in every(llm, Qwen2Attention):
        attention.scaling = attention.config.hidden_size**-0.5


def hidden_state(llm: Any) -> None:
    """llm-hidden-state."""

    def forward_one_step(self: Any, xs: torch.Tensor, masks: torch.Tensor, cache: Any = None) -> Any:
        outs = self.model(
            inputs_embeds=xs,
            attention_mask=masks[:, -1, :],
            output_hidden_states=True,
            return_dict=True,
            use_cache=True,
            past_key_values=cache,
        )
        return outs.hidden_states[-2], outs.past_key_values

    overridden(llm.llm, forward_one_step=forward_one_step)


FAULTS: dict[str, Callable[[Any], None]] = {
    "llm-norm-eps": norm_eps,
    "llm-rope-theta": rope_theta,
    "llm-cache-positions": cache_positions,
    "llm-mlp-gelu": mlp_gelu,
    "llm-attention-scale": attention_scale,
    "llm-hidden-state": hidden_state,
}
