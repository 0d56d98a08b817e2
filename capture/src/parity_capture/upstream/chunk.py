"""What Flow and HiFT were given and returned once."""

from dataclasses import dataclass, field
from typing import Any

import torch


@dataclass
class Chunk:
    """One pass through Flow and HiFT; an unstreamed utterance is one chunk.

    flow: arguments of flow.inference. attn_mask bool [T, T]. mel [1, 80, M]. speech_feat [1, 80, F], the mel of all
    chunks so far. audio [1, 480 F] (less the look-ahead), source [1, 1, 480 F]. piece: what was yielded of it.
    """

    token_offset: int
    token_hop_len: int
    streaming: bool
    finalize: bool
    speech_offset: int = 0
    n_timesteps: int = 0
    flow: dict[str, Any] = field(default_factory=dict)
    attn_mask: torch.Tensor = field(default_factory=lambda: torch.zeros(0, 0, dtype=torch.bool))
    mel: torch.Tensor = field(default_factory=lambda: torch.zeros(0))
    speech_feat: torch.Tensor = field(default_factory=lambda: torch.zeros(0))
    source: torch.Tensor = field(default_factory=lambda: torch.zeros(0))
    audio: torch.Tensor = field(default_factory=lambda: torch.zeros(0))

    @property
    def token(self) -> torch.Tensor:
        """What Flow was given: int32 [1, n]."""
        token: torch.Tensor = self.flow["token"]
        return token

    def new_mel(self, mel: torch.Tensor, ratio: int) -> torch.Tensor:
        """What of this chunk's `mel` is not in an earlier one."""
        return mel[:, :, self.token_offset * ratio :]

    def new_audio(self, audio: torch.Tensor) -> torch.Tensor:
        """What of this chunk's `audio` was not yielded before."""
        return audio[:, self.speech_offset :]
