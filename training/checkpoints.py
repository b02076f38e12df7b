"""Trained readers on disk: the weights that were trained, in half precision, with their setting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.corpus import WORK
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


def average(paths: Sequence[Path]) -> Trainer:
    """One reader whose weights are the mean of several that began alike ("model soup", Wortsman et
    al. 2022): as accurate as one of them, and less of an accident in single texts."""
    trainers = [load(path) for path in paths]
    states = [trainer.model.state_dict() for trainer in trainers]
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(values.dtype)
        for name, values in states[0].items()
    }
    trainers[0].model.load_state_dict(mean)
    return trainers[0]
