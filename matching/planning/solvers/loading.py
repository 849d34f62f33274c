"""Loading the solvers before the clock starts: a child process spends its time limit on solving only."""

from __future__ import annotations

__all__ = ["load_solvers"]


def load_solvers() -> None:
    """Import HiGHS and OR-Tools, which every later import then finds ready."""
    import highspy  # noqa: F401
    import ortools.graph.python.min_cost_flow
    import ortools.sat.python.cp_model  # noqa: F401
