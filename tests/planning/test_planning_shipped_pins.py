"""What the pins of the shipped pool cost, against plans of the pool without them."""

import datetime as dt

import matching
from matching.planning import pin_costs
from matching.planning.wishes import KeepPrevious


def test_each_pin_of_the_shipped_pool_costs_what_a_pool_without_it_gains():
    pool = matching.read_pool("data/synthetic", as_of=dt.date(2026, 11, 1))
    asked = matching.Assignment(matching.score(pool))
    plan = asked.solve()
    costs = pin_costs(asked, plan)
    assert len(costs) == sum(one.held == "pinned" for one in plan.proposals) > 0
    for cost in costs:
        pair = cost.candidate_id, cost.work_package_id
        left = [a for a in pool.agreements if a.kind != "pin" or (a.candidate_id, a.work_package_id) != pair]
        free = matching.Assignment(matching.score(pool.agreed(left)))
        other = free.with_wishes(KeepPrevious.of(plan.pairs)).solve()
        assert (other.placed - plan.placed, other.points - plan.points) == (cost.places, cost.points)
        assert cost.proven and cost.places >= 0 and (cost.places > 0 or cost.points >= 0)
