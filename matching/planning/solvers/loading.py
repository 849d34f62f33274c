"""Loading the solvers before the clock starts: a child process spends its time limit on solving only."""

from __future__ import annotations

__all__ = ["load_solvers"]


def load_solvers(*, network: bool = False) -> None:
    """Import the solvers that a problem needs, which every later import then finds ready.

    A `network` (only places, and at most so many of each) needs the flow solver; anything else all of them.
    """
    import ortools.graph.python.min_cost_flow

    if not network:
        import highspy  # noqa: F401
        import ortools.sat.python.cp_model  # noqa: F401
