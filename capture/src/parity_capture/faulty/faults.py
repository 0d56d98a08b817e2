"""The faults, without torch: what each is, and the tensors by which a harness may name it."""

from collections.abc import Sequence
from dataclasses import dataclass

LAYER = "llm.llm.model.model.layers.0"
ESTIMATOR = "flow.decoder.estimator"
BLOCK = f"{ESTIMATOR}.transformer_blocks.0"


@dataclass(frozen=True)
class Fault:
    """One class of bugs of ports, as a change to upstream.

    `expected` are beginnings of the names that a harness may give the first divergence: the first tensor that comes out
    wrong, or the module whose own code has the fault, between its parts. Names without a call end in `#`: `a.b#` is a.b
    in any call and nothing inside it, `a.b` is also what is inside it, or beside it (`a.b_c`).
    """

    kind: str
    says: str
    expected: Sequence[str]

    def named_by(self, name: str) -> bool:
        """Whether a first divergence of this name is where the fault is."""
        return (name if "#" in name else f"{name}#").startswith(tuple(self.expected))


FAULTS = {
    fault.kind: fault
    for fault in (
        Fault("llm-norm-eps", "RMSNorm adds 1e-5 to the variance, not 1e-6", (f"{LAYER}.input_layernorm#",)),
        Fault("llm-rope-theta", "rotary base 10000, not the model's", ("llm.llm.model.model.rotary_emb",)),
        Fault(
            "llm-cache-positions",
            "each step after the prompt is at position 0, whatever the cache holds",
            ("llm.llm.model.model.rotary_emb",),
        ),
        Fault("llm-mlp-gelu", "GELU in the feed-forward, not SiLU", (f"{LAYER}.mlp.act_fn#",)),
        Fault(
            "llm-attention-scale",
            "scores divided by the root of the whole width, not of a head's",
            (f"{LAYER}.self_attn.o_proj", f"{LAYER}.self_attn.0#", f"{LAYER}.self_attn#"),
        ),
        Fault(
            "llm-hidden-state",
            "logits of the last layer's input, not of its normalised output",
            ("llm.llm_decoder", "llm.llm#", "llm#"),
        ),
        Fault("flow-norm-eps", "LayerNorm of the modulation adds 1e-5, not 1e-6", (f"{BLOCK}.attn_norm.norm#",)),
        Fault("flow-gelu-exact", "GELU by the error function, not by tanh", (f"{BLOCK}.ff.ff.0.1#",)),
        Fault(
            "flow-rope-every-head",
            "rotary positions on every head, not on the first alone",
            (f"{BLOCK}.attn.to_out.0", f"{BLOCK}.attn#"),
        ),
        Fault("flow-guidance-rate", "guidance rate 0.5, not the model's", ("flow.decoder.solve_euler.x#",)),
        Fault(
            "flow-linear-time",
            "Euler steps of equal length, not on a cosine",
            ("flow.decoder.solve_euler.x#", f"{ESTIMATOR}:t#"),
        ),
        Fault(
            "flow-noise-layout",
            "the noise is the buffer's first numbers, not each channel's first frames",
            (f"{ESTIMATOR}:x#0", f"{ESTIMATOR}.input_embed:x#0", f"{ESTIMATOR}.input_embed.proj", "flow.decoder#"),
        ),
        Fault(
            "flow-guided-twice",
            "the row without guidance is given mu as well",
            (
                f"{ESTIMATOR}:mu#",
                f"{ESTIMATOR}.input_embed:text_embed#",
                f"{ESTIMATOR}.input_embed.proj",
                "flow.decoder#",
            ),
        ),
        Fault("flow-time-order", "time embedding cosine first, then sine", (f"{ESTIMATOR}.time_embed.time_embed#",)),
        Fault(
            "flow-attention-residual",
            "a block's attention replaces what went in, is not added to it",
            (f"{BLOCK}.ff_norm", f"{BLOCK}#"),
        ),
        Fault("flow-feed-forward-residual", "a block's feed-forward replaces what went in", (f"{BLOCK}#",)),
        Fault("flow-scale-shift", "the last modulation takes shift for scale", (f"{ESTIMATOR}.norm_out#",)),
        Fault("flow-lookahead-side", "the look-ahead looks back", ("flow.pre_lookahead_layer",)),
        Fault(
            "flow-conv-pos-padding",
            "the convolutions of the position embedding are padded on both sides, not on the left",
            (f"{ESTIMATOR}.input_embed.conv_pos_embed",),
        ),
        Fault(
            "flow-speaker-norm", "the speaker's embedding is not normalised", ("flow.spk_embed_affine_layer", "flow#")
        ),
        Fault("hift-f0-elu", "ELU with alpha 0.5, not 1, in the F0 predictor", ("hift.f0_predictor.condnet.1#",)),
        Fault("hift-voiced-threshold", "voiced above 5 Hz, not above 10", ("hift.m_source.l_sin_gen",)),
        Fault("hift-phase", "the source's phase is interpolated, not a staircase", ("hift.m_source.l_sin_gen",)),
        Fault("hift-noise", "the source's noise is normal, not uniform", ("nsf_sine_waves",)),
        Fault("hift-window", "the window of the STFT is symmetric, not periodic", ("hift._stft",)),
        Fault("hift-stft-edges", "the STFT is padded with zeros, not by reflection", ("hift._stft",)),
        Fault("hift-conv-pre-side", "the first convolution looks back, not ahead", ("hift.conv_pre",)),
        Fault("hift-leaky-slope", "slope 0.01, not 0.1, before the upsampling", ("hift.ups.0", "hift#")),
        Fault("hift-upsample-linear", "upsampling is linear, not nearest", ("hift.ups.0.upsample",)),
        Fault("hift-snake", "Snake without 1 / alpha", ("hift.source_resblocks.0",)),
        Fault("hift-dilation", "no dilation in the residual blocks", ("hift.resblocks.0",)),
        Fault("hift-istft-sign", "the spectrum's imaginary part with the other sign", ("hift._istft",)),
        Fault("frontend-resampling", "linear resampling, not by a windowed sinc", ("speech_16k#", "speech_24k#")),
        Fault("frontend-whisper-ln", "natural logarithm in the tokeniser's mel, not to base 10", ("whisper_mel#",)),
        Fault("frontend-fbank-window", "Hamming window in the speaker's features, not Povey's", ("fbank#",)),
        Fault("frontend-fbank-mean", "the mean is not taken off the speaker's features", ("speaker_embedding#",)),
        Fault("frontend-mel-fmax", "Flow's mel ends at 8 kHz, not at 12", ("speech_feat#",)),
    )
}
