"""What the reader of a fold says of the units that it has not seen, read as it would ship: from a
file in 8 bits, since what the weights are fitted on must be what they meet."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

from loaders.acts.network import Network
from training.checkpoints import load, seen_file, weights_file
from training.corpus import WORK, part_of
from training.export import ship
from training.prepare import prepared


def predict(fold: str, paths: Sequence[Path]) -> int:
    """Keep what the reader of a fold says of the fold's units; returns how many."""
    folder = WORK / f"reader-{fold}"
    network = Network(*ship(load(weights_file(fold)), paths, folder))
    units = [
        (unit, given, network.read(given))
        for unit, given in prepared(paths)
        if part_of(unit) == fold
    ]
    seen_file(fold).write_bytes(pickle.dumps(units))
    return len(units)
