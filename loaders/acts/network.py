"""The learned reader at run time: which words tell an act, of which type, and what belongs to it.

The model is one ONNX file beside its tokenizer in data/models/reader (card.toml says what it was
made of). Without it the program reads by words alone, and says so. No request leaves the machine.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Tokenizer

from events import settings
from events.ontology import EVENT_TYPES
from loaders.acts.act_features import act_features
from loaders.acts.act_words import act_words
from loaders.acts.reader_input import ReaderInput
from loaders.acts.sections import sections
from loaders.acts.windows import windows_of

FOLDER = Path(__file__).resolve().parents[2] / "data" / "models" / "reader"
MODEL, VOCABULARY = FOLDER / "reader.onnx", FOLDER / "tokenizer.json"
TYPES_NAMED = "types"  # the entry of the file that names its types, in order
ACT_OUTPUTS = ("roles", "namers", "sectors", "days", "places", "statuses", "weights", "pairs")
Floats = npt.NDArray[np.float32]
_LOCK = threading.Lock()


@dataclass(frozen=True)
class ActReading:
    """What the network says of an article's acts, as probabilities (rows add up to 1).

    types: (words, 17), class 0 no act. acts: the words of each. roles: (A, 3, M + 2) for doer,
    acted upon, teller over the party mentions, then nobody and elsewhere. namers: (A, 2, W + 1)
    over the words near the act. sectors: (A, 2, S). days: (A, D + 2) over the dates, then no day
    and the story's own day. places: (A, P + 1), the last not told. statuses: (A, 4). weights:
    (A, 3). pairs: (A, A), whether two acts are one.
    """

    types: Floats
    acts: list[list[int]]
    roles: Floats
    namers: Floats
    sectors: Floats
    days: Floats
    places: Floats
    statuses: Floats
    weights: Floats
    pairs: Floats


class Network:
    """The model with its vocabulary. Thread-safe."""

    def __init__(self, model: Path = MODEL, vocabulary: Path = VOCABULARY) -> None:
        """Raises FileNotFoundError where a file is missing, RuntimeError where one is no model."""
        self.tokenizer = Tokenizer.from_file(str(vocabulary))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(
            model.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self.inputs = {i.name: i for i in self.session.get_inputs()}
        self.columns = _columns(self.session.get_modelmeta().custom_metadata_map)
        self.partly = ort.RunOptions()
        self.partly.only_execute_path_to_fetches = True

    def read(self, given: ReaderInput) -> ActReading:
        """The acts of an article."""
        return self.heads(given, *self._acts(given))

    def read_in_sections(self, given: ReaderInput) -> Iterator[tuple[ReaderInput, ActReading]]:
        """The same for an article of any length: (section, its acts), mostly one."""
        h, types, acts = self._acts(given)
        for part in sections(given, acts):
            words = slice(part.first, part.last)
            yield part.given, self.heads(part.given, h[words], types[words], part.acts)

    def _acts(self, given: ReaderInput) -> tuple[Floats, Floats, list[list[int]]]:
        """States and types of the words, and which words tell acts."""
        h = self.states(given)
        if not len(h):
            return h, np.zeros((0, 1 + len(EVENT_TYPES)), np.float32), []
        shares = _softmax(self._run(["types"], {"h": h})[0])
        types = np.zeros((len(h), 1 + len(EVENT_TYPES)), np.float32)
        types[:, self.columns] = shares
        return h, types, act_words(given, types)

    def states(self, given: ReaderInput) -> Floats:
        """One vector a word, the mean of its pieces: (words, 384)."""
        total = np.zeros((len(given.words), 384), np.float32)
        pieces = np.zeros((len(given.words), 1), np.float32)
        for window in windows_of(given, self.tokenizer):
            found = self._run(["states"], {"ids": window.ids[None]})[0][0]
            inside = window.word_of >= 0
            owner = window.word_of[inside] + window.first_word
            np.add.at(total, owner, found[inside])
            np.add.at(pieces, owner, 1)
        return np.divide(total, np.maximum(pieces, 1), dtype=np.float32)

    def heads(
        self, given: ReaderInput, h: Floats, types: Floats, acts: list[list[int]]
    ) -> ActReading:
        """What belongs to the acts."""
        if not acts:
            return ActReading(types, [], *(np.zeros((0, 0, 0), np.float32),) * 8)
        f = act_features(given, acts)
        told = {
            "h": h,
            "near": f.words,
            "marked": f.marked,
            "kinds": f.kinds,
            "party_words": ends(given.parties),
            "parties": f.parties,
            "date_words": ends(given.dates),
            "dates": f.dates,
            "place_words": ends(given.places),
            "places_near": f.places,
            "has_day": np.asarray(given.published is not None, np.float32),
        }
        found = dict(zip(ACT_OUTPUTS, self._run(list(ACT_OUTPUTS), told), strict=True))
        pairs = (found["pairs"] + found["pairs"].T) / 2
        shares = {name: _softmax(found[name]) for name in ACT_OUTPUTS if name != "pairs"}
        same = (1 / (1 + np.exp(-pairs))).astype(np.float32)
        return ActReading(types, acts, **shares, pairs=same)

    def _run(self, outputs: list[str], told: dict[str, Any]) -> list[Floats]:
        """Only what leads to these outputs is computed; the other inputs are filled in."""
        fed = {name: told[name] if name in told else _empty(i) for name, i in self.inputs.items()}
        found: list[Floats] = self.session.run(outputs, fed, self.partly)
        return found


def _columns(told: dict[str, str]) -> list[int]:
    """The column of each class of the file in the order of the ontology, "no act" first. Raises
    ValueError for a class that the ontology does not have."""
    order = ("", *EVENT_TYPES)
    return [order.index(name) for name in ("", *told[TYPES_NAMED].split(","))]


def ends(mentions: Sequence[Any]) -> npt.NDArray[np.int64]:
    """First and last word of each mention: (mentions, 2)."""
    return np.asarray([(m.first, m.last) for m in mentions], np.int64).reshape(-1, 2)


def _empty(given: Any) -> npt.NDArray[Any]:
    kind = np.float32 if "float" in given.type else np.int64
    return np.zeros([n if isinstance(n, int) else 1 for n in given.shape], kind)


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def network() -> Network | None:
    """The learned reader, loaded once; None where it is switched off or its file is missing."""
    wanted = settings.value("loading.models") and settings.value("loading.reader")
    if not wanted or not MODEL.exists():
        return None
    with _LOCK:
        return _load()


def reader_notes() -> tuple[str, ...]:
    """What the report says where events are read without the learned reader."""
    if network() is not None:
        return ()
    return ("no learned reader: events are read by words alone, with lower confidence",)


@functools.cache
def _load() -> Network:
    return Network()
