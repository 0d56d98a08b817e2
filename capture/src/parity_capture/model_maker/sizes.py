"""How large the models are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Dimensions that differ between sizes; all others are the release's."""

    llm_hidden: int
    llm_layers: int
    llm_heads: int
    llm_kv_heads: int
    llm_ffn: int
    dit_dim: int
    dit_depth: int
    dit_heads: int
    dit_dim_head: int
    lookahead_channels: int
    hift_channels: int
    f0_channels: int
    speaker_width: int
    tokenizer_width: int
    stops: tuple[float, float]
    whole_embeddings: bool
    bytes_on_disk: int


SIZES = {
    # As small as every part keeps its meaning: several heads, fewer key heads, two layers, 16 groups of the position
    # convolution, two channels at the vocoder's last stage. samples/ is made of it.
    "tiny": Size(32, 2, 4, 2, 64, 32, 2, 4, 8, 32, 32, 16, 16, 24, (1.6, 1.7), False, 10 << 20),
    # Other proportions, so that no two dimensions are equal by chance.
    "small": Size(48, 3, 6, 2, 96, 96, 2, 3, 32, 48, 32, 24, 32, 48, (1.3, 1.35), False, 14 << 20),
    # The release's own.
    "full": Size(896, 24, 14, 2, 4864, 1024, 22, 16, 64, 1024, 512, 512, 32, 48, (1.3, 1.35), True, 8 << 30),
}
