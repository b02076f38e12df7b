"""Trained readers on disk: the weights that were trained, in half precision, with their setting."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.corpus import WORK, Unit, part_of
from training.prepare import prepared
from training.reading import TorchNetwork
from training.train import Setting, Trainer


def weights_file(fold: str) -> Path:
    """The trained weights of a fold."""
    return WORK / f"reader-{fold}.pt"


def seen_file(fold: str) -> Path:
    """What the reader of a fold says of the units that it was not trained on."""
    return WORK / f"seen-{fold}.pkl"


def tokenizer() -> Tokenizer:
    """The whole vocabulary, without padding or cutting."""
    found = Tokenizer.from_file(str(WORK / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def save(trainer: Trainer, path: Path) -> None:
    """Keep what was trained, and nothing of the encoder's frozen embeddings."""
    frozen = ("encoder.word", "encoder.pos", "encoder.ln", "encoder.typ")
    state = trainer.model.state_dict().items()
    kept = {name: values.half() for name, values in state if not name.startswith(frozen)}
    torch.save({"setting": json.dumps(vars(trainer.setting)), "state": kept}, path)


def load(path: Path) -> Trainer:
    """A reader as it was trained. Raises FileNotFoundError where it was not."""
    kept = torch.load(path, weights_only=False)
    trainer = Trainer(Setting(**json.loads(kept["setting"])))
    state = {name: values.float() for name, values in kept["state"].items()}
    trainer.model.load_state_dict(state, strict=False)
    trainer.model.eval()
    return trainer


def predict(fold: str, part: str, paths: Iterable[Path]) -> int:
    """Keep what the reader of a fold says of the units of a part; returns how many."""
    network = TorchNetwork(load(weights_file(fold)).model, tokenizer())
    units: list[tuple[Unit, object, object]] = [
        (unit, given, network.read(given))
        for unit, given in prepared(paths)
        if part_of(unit) == part
    ]
    seen_file(part).write_bytes(pickle.dumps(units))
    return len(units)
