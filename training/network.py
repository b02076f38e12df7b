"""The reader's network: one pass over the article, then each act looked at once more.

words (encoder) -> types of each word; for each act its neighbourhood is read again with the act
marked, by two small layers; from these states come the parties (a pointer over all mentions of the
article, nobody and not known among them), the words that name them, sectors, the day (a pointer
over the dates, no day, the story's own day), status, weight, and whether two acts are one.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from events.ontology import STATUSES
from loaders.acts.act_features import (
    DISTANCES,
    FORMS,
    KINDS,
    PLACE_KINDS,
    PRECISIONS,
    RANKS,
    REACH,
    SENTENCES,
    STANDINGS,
)
from loaders.linking.evidence import SECTOR_CODES
from training.corpus import CLASSES
from training.encoder import DROPOUT, Encoder, Layer

HIDDEN = 384
NARROW = 256
OFFSETS = 2 * REACH + 1


def perceptron(inputs: int, outputs: int, hidden: int = NARROW) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(DROPOUT),
        nn.Linear(inputs, hidden),
        nn.GELU(),
        nn.Dropout(DROPOUT),
        nn.Linear(hidden, outputs),
    )


@dataclass
class ActStates:
    """What the heads say of A acts: logits.

    roles: (A, 3, M + 2) of doer, acted upon and teller, the last two nobody and elsewhere; namers:
    (A, 2, W + 1), the last "no word"; sectors: (A, 2, S); days: (A, D + 2), the last two no day and
    the story's own; places: (A, P + 1), the last not told; statuses: (A, 4); weights: (A, 3);
    pairs: (A, A).
    """

    roles: Tensor
    namers: Tensor
    sectors: Tensor
    days: Tensor
    places: Tensor
    statuses: Tensor
    weights: Tensor
    pairs: Tensor


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.types = perceptron(HIDDEN, len(CLASSES), HIDDEN)
        self.heads = ActHeads()
        with torch.no_grad():
            self.types[-1].bias[0] = 2.5  # type: ignore[union-attr, operator]


class ActHeads(nn.Module):
    """All that is said of an act once its words are known."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Linear(HIDDEN, NARROW)
        self.mark = nn.Embedding(2, NARROW)
        self.offset = nn.Embedding(OFFSETS, NARROW)
        self.kind = nn.Embedding(len(KINDS), NARROW)
        self.enter = nn.LayerNorm(NARROW)
        self.layers = nn.ModuleList(Layer(NARROW, 4, 2 * NARROW) for _ in range(2))
        self.namer = nn.Linear(NARROW, 2)
        self.no_namer = nn.Linear(NARROW, 2)
        sizes = (DISTANCES, SENTENCES, len(KINDS), len(FORMS), RANKS)
        self.party_embeddings = nn.ModuleList(nn.Embedding(n, 16) for n in sizes)
        self.party_key = nn.Linear(HIDDEN, NARROW)
        self.roles = nn.ModuleList(perceptron(5 * NARROW + 80, 1) for _ in range(3))
        self.no_role = perceptron(2 * NARROW, 6)
        self.sector = perceptron(3 * NARROW + 2, len(SECTOR_CODES))
        of_dates = (DISTANCES, SENTENCES, len(PRECISIONS), 2, STANDINGS)
        self.date_embeddings = nn.ModuleList(nn.Embedding(n, 16) for n in of_dates)
        self.day = perceptron(3 * NARROW + 80, 1)
        self.no_day = perceptron(2 * NARROW, 2)
        of_places = (DISTANCES, SENTENCES, len(PLACE_KINDS), 2)
        self.place_embeddings = nn.ModuleList(nn.Embedding(n, 16) for n in of_places)
        self.place = perceptron(3 * NARROW + 64, 1)
        self.no_place = perceptron(2 * NARROW, 1)
        self.status = perceptron(NARROW, len(STATUSES))
        self.weight = perceptron(2 * NARROW, 3)
        self.pair = perceptron(4 * NARROW, 1)
        for embedding in (self.mark, self.offset, self.kind):
            nn.init.normal_(embedding.weight, std=0.02)

    def forward(
        self,
        h: Tensor,
        near: Tensor,
        marked: Tensor,
        kinds: Tensor,
        party_words: Tensor,
        parties: Tensor,
        date_words: Tensor,
        dates: Tensor,
        place_words: Tensor,
        places: Tensor,
        has_day: Tensor,
    ) -> ActStates:
        """h: (words, 384); near, marked, kinds: (A, W); party_words: (M, 2) first and last;
        parties: (A, M, 5); date_words: (D, 2); dates: (A, D, 5); place_words: (P, 2); places:
        (A, P, 4); has_day: () 1 where the publication day is known."""
        inside = (near >= 0).float()
        x = self._marked_states(h, near, marked, kinds, inside)
        mine = marked.float() * inside
        act = (x * mine[..., None]).sum(1) / mine.sum(1, keepdim=True).clamp(min=1)
        whole = self.narrow(h.mean(0, keepdim=True)).expand_as(act)
        both = torch.cat([act, whole], 1)
        namers = self._namers(x, act, inside)
        shares = namers.softmax(-1)[..., :-1]
        named = torch.einsum("arw,awh->arh", shares, x)
        roles = self._roles(h, x, near, act, named, party_words, parties, both)
        sectors = self._sectors(h, act, named, roles, party_words)
        days = self._days(h, act, date_words, dates, both, has_day)
        where = self._pointed(h, act, place_words, places, self.place_embeddings, self.place)
        where = torch.cat([where, self.no_place(both)], 1)
        pairs = self._pairs(act, h, near, mine)
        return ActStates(
            roles, namers, sectors, days, where, self.status(act), self.weight(both), pairs
        )

    def _marked_states(
        self, h: Tensor, near: Tensor, marked: Tensor, kinds: Tensor, inside: Tensor
    ) -> Tensor:
        rows = self.narrow(h)[near.clamp(min=0)]
        x = rows + self.mark(marked) + self.kind(kinds) + self.offset.weight
        x = self.enter(x)
        bias = (1.0 - inside[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _namers(self, x: Tensor, act: Tensor, inside: Tensor) -> Tensor:
        logits = self.namer(x).permute(0, 2, 1) + (1.0 - inside[:, None]) * -1e4
        return torch.cat([logits, self.no_namer(act)[..., None]], 2)

    def _roles(
        self,
        h: Tensor,
        x: Tensor,
        near: Tensor,
        act: Tensor,
        named: Tensor,
        party_words: Tensor,
        parties: Tensor,
        both: Tensor,
    ) -> Tensor:
        a, m = parties.shape[0], parties.shape[1]
        key = self.party_key((h[party_words[:, 0]] + h[party_words[:, 1]]) / 2)[None]
        key = key.expand(a, m, NARROW)
        place = party_words[None, :, 1] - near[:, REACH : REACH + 1] + REACH
        seen = ((place >= 0) & (place < x.shape[1])).float()[..., None]
        index = place.clamp(0, x.shape[1] - 1)[..., None].expand(a, m, NARROW)
        local = torch.gather(x, 1, index) * seen
        found = [e(parties[..., n]) for n, e in enumerate(self.party_embeddings)]
        numbers = torch.cat(found, -1)
        subject = act[:, None].expand(a, m, NARROW)
        sides = []
        for side, score in enumerate(self.roles):
            words = named[:, side % 2][:, None].expand(a, m, NARROW)
            row = torch.cat([subject, key, local, words * key, subject * local, numbers], -1)
            sides.append(score(row)[..., 0])
        none = self.no_role(both).view(a, 3, 2)
        return torch.cat([torch.stack(sides, 1), none], 2)

    def _sectors(
        self, h: Tensor, act: Tensor, named: Tensor, roles: Tensor, party_words: Tensor
    ) -> Tensor:
        key = self.party_key((h[party_words[:, 0]] + h[party_words[:, 1]]) / 2)
        pointed = torch.einsum("arm,mh->arh", roles[:, :2].softmax(-1)[..., :-2], key)
        side = torch.eye(2)[None].expand(act.shape[0], 2, 2)
        return self.sector(torch.cat([act[:, None].expand_as(named), named, pointed, side], -1))

    def _days(
        self, h: Tensor, act: Tensor, words: Tensor, dates: Tensor, both: Tensor, has_day: Tensor
    ) -> Tensor:
        told = self._pointed(h, act, words, dates, self.date_embeddings, self.day)
        none = self.no_day(both)
        none = none + torch.stack([torch.zeros(()), (1.0 - has_day) * -1e4])
        return torch.cat([told, none], 1)

    def _pointed(
        self,
        h: Tensor,
        act: Tensor,
        words: Tensor,
        numbers: Tensor,
        embeddings: nn.ModuleList,
        score: nn.Module,
    ) -> Tensor:
        """The score of each candidate (first and last word, numbers) for each act."""
        a, c = numbers.shape[0], numbers.shape[1]
        key = self.narrow((h[words[:, 0]] + h[words[:, 1]]) / 2)[None].expand(a, c, NARROW)
        subject = act[:, None].expand(a, c, NARROW)
        found = [e(numbers[..., n]) for n, e in enumerate(embeddings)]
        logits: Tensor = score(torch.cat([subject, key, subject * key, *found], -1))[..., 0]
        return logits

    def _pairs(self, act: Tensor, h: Tensor, near: Tensor, mine: Tensor) -> Tensor:
        plain = self.narrow(h)[near.clamp(min=0)]
        words = (plain * mine[..., None]).sum(1) / mine.sum(1, keepdim=True).clamp(min=1)
        n = act.shape[0]
        left, right = words[:, None].expand(n, n, NARROW), words[None].expand(n, n, NARROW)
        a, b = act[:, None].expand(n, n, NARROW), act[None].expand(n, n, NARROW)
        row = torch.cat([left * right, (left - right).abs(), a * b, (a - b).abs()], -1)
        return self.pair(row)[..., 0]
