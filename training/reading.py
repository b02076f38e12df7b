"""A reader in training, behind the same door as the one that ships."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from loaders.acts.network import ACT_OUTPUTS, Network
from training.network import Reader

HEAD_INPUTS = (
    "h", "near", "marked", "kinds", "ruled", "party_words", "parties", "date_words", "dates",
    "place_words", "places_near", "has_day",
)  # fmt: skip
Floats = npt.NDArray[np.float32]


class TorchNetwork(Network):
    """The network with torch weights and the whole vocabulary."""

    def __init__(self, reader: Reader, tokenizer: Tokenizer) -> None:
        self.reader, self.tokenizer = reader.eval(), tokenizer

    def _run(self, outputs: list[str], told: dict[str, Any]) -> list[Floats]:
        with torch.inference_mode():
            given = {name: torch.as_tensor(value) for name, value in told.items()}
            return [found.float().numpy() for found in self._said(outputs, given)]

    def _said(self, outputs: list[str], given: dict[str, Tensor]) -> list[Tensor]:
        if outputs == ["types"]:
            return [self.reader.types(given["h"])]
        if outputs == ["states"]:
            encoder = self.reader.encoder
            mask = torch.ones_like(given["ids"])
            x = encoder.embed(given["ids"])
            return [encoder.run(x, mask, 0, len(encoder.layers))]
        said = self.reader.heads(*(given[name] for name in HEAD_INPUTS))
        return [getattr(said, name) for name in ACT_OUTPUTS]
