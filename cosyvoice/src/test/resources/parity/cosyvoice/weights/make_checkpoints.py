"""Writes the checkpoints beside it: python make_checkpoints.py, with PyTorch 2.3.1."""
import torch


def dims(t):
    return [t.shape[0]] + [1] * (t.dim() - 1)


g = torch.Generator().manual_seed(3)
v, gain = torch.randn(4, 3, 5, generator=g), torch.rand(4, 1, 1, generator=g)
wide = gain.double() * v.double() / v.double().flatten(1).norm(dim=1).view(dims(v))
torch.save({"now.parametrizations.weight.original0": gain, "now.parametrizations.weight.original1": v,
            "before.weight_g": gain, "before.weight_v": v, "plain.weight": v,
            "by_torch": torch._weight_norm(v, gain, 0), "exact": wide}, "weight_norm.pt")
torch.save({"f16": torch.ones(2).half(), "bf16": torch.ones(2).bfloat16(), "f64": torch.ones(2).double(),
            "i64": torch.ones(2).long(), "f32": torch.ones(2)}, "dtypes.pt")
torch.save({"generator.conv.weight": torch.ones(1), "conv.weight": torch.ones(1)}, "clash.pt")
