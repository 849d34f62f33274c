"""The same integers by a pandas join of every person with every package: the baseline of the bench of scoring.

It gets the answers of all criteria and rules as tables of classes, for nothing: only joining, looking up, weighing,
leaving out what is excluded and taking the best k of both sides is timed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def tables_of(scores):
    """Return both sides as frames of class numbers, the tables of points and of exclusions, and the weights."""
    groups, pool = scores.groups, scores.pool
    people = pd.DataFrame({"person": np.arange(len(pool.candidates)), "stale": pool.stale})
    work = pd.DataFrame({"package": np.arange(len(pool.packages)), "card": groups.of_package})
    every = np.arange(len(pool.packages))
    points, excluding, weights = {}, {}, {}
    for number, group in enumerate(groups.groups):
        counted = zip(group.encoding.layers, group.yardstick.counted, strict=True)
        weights[number] = {one.key: one.weight for _, one in counted}
        for layer in (*group.encoding.layers, *group.encoding.conflicts):
            kind = points if layer in group.encoding.layers else excluding
            name = layer.asked.key if kind is points else f"not_{layer.asked.key}"
            if name in kind:
                continue
            number_of = layer.lines_of(every)
            kind[name] = np.stack(layer.lines).T, getattr(layer.asked, "needs_fresh_profile", False)
            people[f"left_{name}"], work[f"right_{name}"] = layer.codes, number_of
    weighing = pd.DataFrame(weights).T.fillna(0).astype(np.int64)
    return people, work, points, excluding, weighing


def joined(people, work, points, excluding, weighing, k):
    """Return all possible pairs with their totals, and the best k of every package and of every person."""
    pairs = people.merge(work, how="cross")
    total = np.zeros(len(pairs), dtype=np.int64)
    for name, (table, _) in points.items():
        answers = table[pairs[f"left_{name}"].to_numpy(), pairs[f"right_{name}"].to_numpy()]
        total += answers * weighing[name].to_numpy()[pairs["card"].to_numpy()]
    out = np.zeros(len(pairs), dtype=bool)
    for name, (table, fresh) in excluding.items():
        hit = table[pairs[f"left_{name}"].to_numpy(), pairs[f"right_{name}"].to_numpy()].astype(bool)
        out |= hit & ~pairs["stale"].to_numpy() if fresh else hit
    pairs = pairs[["person", "package"]].assign(total=total)[~out]
    ordered = pairs.sort_values("total", ascending=False)
    return pairs, ordered.groupby("package").head(k), ordered.groupby("person").head(k)
