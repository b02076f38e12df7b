"""Trains the reader on all parts but one and tells what it reads in that one."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from loaders.acts.act_features import ActFeatures, act_features
from loaders.acts.network import ends
from loaders.acts.reader_input import ReaderInput
from loaders.acts.windows import Window, windows_of
from training.corpus import WORK, part_of
from training.encoder import PAD, load_encoder
from training.labels import NO_DAY, Labels, labels_of
from training.network import ActStates, Reader
from training.prepare import prepared

TINY = 1e-6


@dataclass(frozen=True)
class Setting:
    """How a reader is trained. layers: of the encoder; frozen: lower ones not trained (their
    states are kept); rate: of the encoder, the heads learn `faster` times as fast."""

    layers: int = 9
    frozen: int = 5
    epochs: int = 10
    batch: int = 4
    rate: float = 1.5e-4
    faster: float = 8.0
    seed: int = 0
    threads: int = 1


@dataclass
class Example:
    """A unit ready for training."""

    id: str
    lang: str
    part: str
    given: ReaderInput
    windows: list[Window]
    labels: Labels
    features: ActFeatures | None
    lower: list[Tensor] | None = None


def examples(paths: list[Path], tokenizer: Tokenizer) -> list[Example]:
    """Prepared units (training.prepare) as examples."""
    found = []
    for unit, given in prepared(paths):
        labels = labels_of(unit, given)
        words = [act.words for act in labels.acts]
        features = act_features(given, words) if words else None
        windows = windows_of(given, tokenizer)
        found.append(
            Example(unit["id"], unit["lang"], part_of(unit), given, windows, labels, features)
        )
    return found


def pad_ids(windows: list[Window]) -> tuple[Tensor, Tensor]:
    """(ids, mask) of windows, padded to the longest."""
    longest = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), longest), PAD)
    mask = torch.zeros(len(windows), longest)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.from_numpy(window.ids)
        mask[row, : len(window.ids)] = 1
    return ids, mask


def word_states(example: Example, states: list[Tensor]) -> Tensor:
    """States of pieces -> states of words, the mean of a word's pieces: (words, hidden)."""
    width = states[0].shape[-1]
    count = len(example.given.words)
    total = torch.zeros(count, width)
    pieces = torch.zeros(count, 1)
    for window, state in zip(example.windows, states, strict=True):
        inside = torch.from_numpy(np.flatnonzero(window.word_of >= 0))
        owner = torch.from_numpy(window.word_of[window.word_of >= 0] + window.first_word)
        total = total.index_add(0, owner, state[inside])
        pieces = pieces.index_add(0, owner, torch.ones(len(owner), 1))
    return total / pieces.clamp(min=1)


class Trainer:
    """A reader in training."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        torch.manual_seed(setting.seed)
        torch.set_num_threads(setting.threads)
        self.random = random.Random(setting.seed)
        self.model = Reader(load_encoder(WORK / "e5-small-q4.bin", setting.layers))
        self._freeze()

    def _freeze(self) -> None:
        encoder = self.model.encoder
        encoder.typ.requires_grad_(False)
        for module in (encoder.word, encoder.pos, encoder.ln):
            module.requires_grad_(False)
        for layer in list(encoder.layers)[: self.setting.frozen]:
            layer.requires_grad_(False)

    def lower(self, example: Example) -> list[Tensor]:
        """The states of the frozen layers, computed once for each window."""
        if example.lower is None:
            encoder, kept = self.model.encoder, []
            was = encoder.training
            encoder.eval()
            with torch.inference_mode():
                for window in example.windows:
                    ids, mask = pad_ids([window])
                    x = encoder.run(encoder.embed(ids), mask, 0, self.setting.frozen)
                    kept.append(x[0].clone())
            encoder.train(was)
            example.lower = kept
        return example.lower

    def words(self, batch: list[Example]) -> list[Tensor]:
        """The word states of each example of a batch."""
        rows = [(e, n) for e in batch for n in range(len(e.windows))]
        _, mask = pad_ids([e.windows[n] for e, n in rows])
        x = torch.zeros(*mask.shape, self.lower(batch[0])[0].shape[-1])
        for row, (example, n) in enumerate(rows):
            state = self.lower(example)[n]
            x[row, : len(state)] = state
        with torch.autocast("cpu", torch.bfloat16):
            x = self.model.encoder.run(x, mask, self.setting.frozen, self.setting.layers)
        x = x.float()
        by: dict[str, list[Tensor]] = {}
        for row, (example, n) in enumerate(rows):
            by.setdefault(example.id, []).append(x[row, : len(example.windows[n].ids)])
        return [word_states(example, by[example.id]) for example in batch]

    def train(self, train: list[Example], log: Path) -> None:
        """All epochs; a line each in the log."""
        s = self.setting
        own = [p for n, p in self.model.named_parameters() if not n.startswith("encoder.")]
        deep = [p for p in self.model.encoder.parameters() if p.requires_grad]
        groups = [{"params": deep, "lr": s.rate}, {"params": own, "lr": s.rate * s.faster}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = s.epochs * len(self._batches(train))
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, [s.rate, s.rate * s.faster], total_steps=steps + s.epochs, pct_start=0.1
        )
        began = time.time()
        for epoch in range(s.epochs):
            self.model.train()
            total: Counter[str] = Counter()
            for batch in self._batches(train):
                losses = [self.losses(e, h) for e, h in zip(batch, self.words(batch), strict=True)]
                loss = torch.stack([sum(found.values(), torch.zeros(())) for found in losses])
                optimizer.zero_grad()
                loss.mean().backward()
                nn.utils.clip_grad_norm_([*deep, *own], 1.0)
                optimizer.step()
                schedule.step()
                for found in losses:
                    total.update({k: float(v.detach()) for k, v in found.items()})
            told = {k: round(v / len(train), 2) for k, v in total.items()}
            with log.open("a") as file:
                print(f"epoch {epoch + 1} {told} {time.time() - began:.0f} s", file=file)

    def _batches(self, train: list[Example]) -> list[list[Example]]:
        """Examples of like length together, in random order."""
        order = list(train)
        self.random.shuffle(order)
        size = self.setting.batch
        batches = []
        for at in range(0, len(order), 8 * size):
            block = sorted(order[at : at + 8 * size], key=lambda e: len(e.given.words))
            batches += [block[n : n + size] for n in range(0, len(block), size)]
        self.random.shuffle(batches)
        return batches

    def heads(self, example: Example, h: Tensor, features: ActFeatures) -> ActStates:
        given = example.given
        near = (features.words, features.marked, features.kinds)
        found: ActStates = self.model.heads(
            h,
            *(torch.from_numpy(numbers) for numbers in near),
            torch.from_numpy(ends(given.parties)),
            torch.from_numpy(features.parties),
            torch.from_numpy(ends(given.dates)),
            torch.from_numpy(features.dates),
            torch.from_numpy(ends(given.places)),
            torch.from_numpy(features.places),
            torch.tensor(float(given.published is not None)),
        )
        return found

    def losses(self, example: Example, h: Tensor) -> dict[str, Tensor]:
        """The losses of a unit, each scaled to weigh about as much as the others."""
        labels = example.labels
        logits = self.model.types(h).log_softmax(1)
        target = torch.from_numpy(labels.types)
        weights = torch.from_numpy(labels.weights)
        found = {"type": -((target * logits).sum(1) * weights).sum() / 12}
        if not labels.acts or example.features is None:
            return found
        said = self.heads(example, h, example.features)
        return found | act_losses(labels, example.features, said)


def act_losses(labels: Labels, features: ActFeatures, said: ActStates) -> dict[str, Tensor]:
    """Losses of the heads for the acts of a unit."""
    roles, namers = said.roles.softmax(-1), said.namers.log_softmax(-1)
    days = said.days.softmax(-1)
    places = said.places.softmax(-1)
    role, name, sector, day, place = [], [], [], [], []
    for n, act in enumerate(labels.acts):
        for side in (0, 1, 2):
            role += _role_loss(roles[n, side], act.sides[side])
        for side in (0, 1):
            if not act.retelling:
                name.append(_namer_loss(namers[n, side], act.spans[side], features.words[n]))
            if act.sectors[side] >= 0:
                sector.append((n, side, act.sectors[side]))
        right = [d if d >= 0 else days.shape[1] + (-2 if d == NO_DAY else -1) for d in act.days]
        if act.places:
            place.append(-(places[n, act.places].sum() + TINY).log())
        if right:
            day.append(-(days[n, right].sum() + TINY).log())
    found = {
        "role": torch.stack(role).sum() / 6,
        "name": torch.stack(name or [roles.sum() * 0]).sum() / 20,
    }
    if sector:
        rows, sides, targets = (list(column) for column in zip(*sector, strict=True))
        found["sector"] = (
            F.cross_entropy(said.sectors[rows, sides], torch.tensor(targets), reduction="sum") / 16
        )
    if day:
        found["day"] = torch.stack(day).sum() / 6
    if place:
        found["place"] = torch.stack(place).sum() / 12
    found["status"] = _choice_loss(said.statuses, [act.status for act in labels.acts]) / 12
    found["weight"] = _choice_loss(said.weights, [act.weight for act in labels.acts]) / 16
    found["pair"] = _pair_loss(said.pairs, [act.act for act in labels.acts])
    return found


def _role_loss(shares: Tensor, right: list[list[int]] | None) -> list[Tensor]:
    """Each right code should have its share of the probability; nobody or elsewhere all of it."""
    if right is None:
        return [-(shares[-1] + TINY).log()]
    if not right:
        return [-(shares[-2] + TINY).log()]
    codes = [-(shares[rows].sum() + TINY).log() for rows in right]
    return [torch.stack(codes).mean()]


def _namer_loss(logs: Tensor, words: list[int], near: Any) -> Tensor:
    places = np.flatnonzero(np.isin(near, words)) if words else np.zeros(0, dtype=int)
    if not len(places):
        return -logs[-1]
    return -torch.logsumexp(logs[torch.from_numpy(places)], 0)


def _choice_loss(logits: Tensor, right: list[int]) -> Tensor:
    return F.cross_entropy(logits, torch.tensor(right), ignore_index=-1, reduction="sum")


def _pair_loss(logits: Tensor, acts: list[int]) -> Tensor:
    same = torch.tensor(acts)
    target = (same[:, None] == same[None]).float()
    above = torch.triu(torch.ones_like(target), 1).bool()
    if not above.any():
        return logits.sum() * 0
    both = (logits + logits.T) / 2
    lost = F.binary_cross_entropy_with_logits(both[above], target[above], reduction="sum")
    return lost / math.sqrt(float(above.sum())) / 4
