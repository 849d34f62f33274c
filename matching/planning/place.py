"""The seam: pairs with scores in, placements out; no rules, no criteria, for anyone who brings their own scores."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from matching.errors import DemandImpossible
from matching.planning.conflict import Demand, smallest_conflict
from matching.planning.question import Question, ask
from matching.planning.seam import Table, table_of_frame
from matching.planning.solve import Impossible, Solved
from matching.planning.stopgap import answered
from matching.text import Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Objective", "Placement", "place", "place_tables"]

Objective = Literal["placed-then-score", "score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Who goes where, and how good that provably is.

    `rows` are (candidate_id, work_package_id, score), ordered by id. `bound` is a proven ceiling on the total score at
    the reported number `placed`, `placed_bound` one on that number; None where nothing is proven. `gap` is the larger
    of the two shortfalls as a share of its bound. Status "optimal" needs both proven.
    """

    rows: tuple[tuple[str, str, int], ...]
    status: Literal["optimal", "within_gap", "feasible"]
    total_score: int
    placed: int
    bound: int | None
    placed_bound: int | None
    gap: float | None
    seconds: float
    notes: tuple[Sentence, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the placements as a data frame with the columns candidate_id, work_package_id and score."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=["candidate_id", "work_package_id", "score"])

    def summary(self) -> dict[str, object]:
        """Return what `--json` prints."""
        fields = asdict(self)
        order = ("status", "total_score", "placed", "bound", "placed_bound", "gap", "seconds")
        return {name: fields[name] for name in order}


def place(
    pairs: pd.DataFrame,
    packages: pd.DataFrame | None = None,
    candidates: pd.DataFrame | None = None,
    exclusive: pd.DataFrame | None = None,
    *,
    seconds: float = 60,
    objective: Objective = "placed-then-score",
    place_all: bool = False,
    seed: int = 0,
    isolated: bool = False,
) -> Placement:
    """Return the best placement of your own scores.

    pairs: candidate_id, work_package_id, score (integer) [, hours (integer)] [, allowed (0/1)]; packages:
    work_package_id [, places] [, hours_budget]; candidates: candidate_id [, max_places]; exclusive: work_package_a,
    work_package_b (nobody gets both). Unlisted packages have one place and no budget, unlisted candidates one place.
    Raises InputRefused with every problem of the tables; with `place_all` DemandImpossible with a smallest
    conflicting set; SolverFailed when no plan was found in time.

    >>> import pandas as pd
    >>> own = pd.DataFrame({"candidate_id": ["a", "b"], "work_package_id": ["x", "x"], "score": [3, 5]})
    >>> place(own).rows
    (('b', 'x', 5),)
    """
    given = {"packages": packages, "candidates": candidates, "exclusive": exclusive}
    tables = {name: None if frame is None else _table(name, frame) for name, frame in given.items()}
    return place_tables(
        _table("pairs", pairs),
        **tables,
        seconds=seconds,
        objective=objective,
        place_all=place_all,
        seed=seed,
        in_child=isolated,
    )


def _table(name: str, frame: pd.DataFrame) -> Table:
    return table_of_frame(name, frame)  # type: ignore[arg-type]


def place_tables(
    pairs: Table,
    packages: Table | None = None,
    candidates: Table | None = None,
    exclusive: Table | None = None,
    *,
    seconds: float = 60,
    objective: Objective = "placed-then-score",
    place_all: bool = False,
    seed: int = 0,
    in_child: bool = False,
) -> Placement:
    """Return the best placement of tables that `seam.table_of_text` or `seam.table_of_frame` read; see `place`."""
    count_first = objective == "placed-then-score"
    question = ask(pairs, packages, candidates, exclusive, count_first=count_first, place_all=place_all, seed=seed)
    try:
        found = answered(question.problem, seconds=seconds, lot=question.lot, in_child=in_child)
    except Impossible:
        raise _impossible(question) from None
    notes = tuple(n for t in (pairs, packages, candidates, exclusive) if t is not None for n in t.notes)
    more = () if found.note is None else (found.note,)
    return _placement(question, found.solved, count_first, (*notes, *more))


def _placement(question: Question, solved: Solved, count_first: bool, notes: tuple[Sentence, ...]) -> Placement:
    edges, judged = question.problem.edges, solved.certificate
    rows = tuple(
        sorted(
            (question.candidate_ids[edges.candidate[e]], question.package_ids[edges.package[e]], int(edges.points[e]))
            for e in judged.chosen
        )
    )
    bounds = judged.bounds if count_first else (len(rows), *judged.bounds)
    gaps = [judged.gap(stage) for stage in range(len(judged.bounds))]
    gap = None if any(g is None for g in gaps) else max((g for g in gaps if g is not None), default=0.0)
    status: Literal["optimal", "within_gap", "feasible"] = "feasible"
    if judged.status == "optimal" or judged.status == "within_gap":
        status = judged.status
    return Placement(
        rows=rows,
        status=status,
        total_score=sum(score for _, _, score in rows),
        placed=len(rows),
        bound=bounds[1],
        placed_bound=bounds[0] if count_first else None,
        gap=gap,
        seconds=round(solved.seconds, 3),
        notes=notes,
    )


def _impossible(question: Question) -> DemandImpossible:
    """Return the error that names a smallest set of demands and limits that cannot all hold."""
    found = smallest_conflict(question.problem) or ()
    conflict = [_demand(question, demand) for demand in found]
    return DemandImpossible(say("planning.impossible.one_perhaps_more", count=len(conflict)), conflict)


def _demand(question: Question, demand: Demand) -> Sentence:
    """Return one demand of the seam in words."""
    problem, at = question.problem, demand.index
    match demand.kind:
        case "person":
            alone = not bool((problem.edges.candidate == at).any())
            key = "planning.demand.person_without_pairs" if alone else "planning.demand.person"
            return say(key, candidate=question.candidate_ids[at])
        case "max_places":
            return say(
                "planning.demand.max_places", candidate=question.candidate_ids[at], places=int(problem.max_places[at])
            )
        case "places":
            return say("planning.demand.places", package=question.package_ids[at], places=int(problem.places[at]))
        case "budget":
            return say("planning.demand.budget", package=question.package_ids[at], hours=int(problem.budgets[at]))
        case "exclusive":
            one, other = problem.exclusive[at].tolist()
            return say(
                "planning.demand.exclusive", package=question.package_ids[one], other=question.package_ids[other]
            )
        case _:
            edge = problem.edges
            return say(
                f"planning.demand.{demand.kind}",
                candidate=question.candidate_ids[edge.candidate[at]],
                package=question.package_ids[edge.package[at]],
            )
