"""Assignment: from columns to pairs at 10,000 and 100,000 learners; optimality; what changes when trainers leave.

    python -m benchmarks.matching                 10,000 learners and what follows, half a minute
    python -m benchmarks.matching --large         100,000 as well, some minutes
    python -m benchmarks.matching --learners 500 --trainers 12

Prints tables beside the goals. Times are seconds on the clock and of the processor; peak memory is all that a process
of its own ever held, making the company included. The company is made up (benchmarks/matching_company.py) and seeded.
"""

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.matching_company import company, half_a_year_later
from training.rules.matching.bound import flow_cost, proven_bound, relaxed_bound
from training.rules.matching.candidates import candidates
from training.rules.matching.changes import changes, trade_off
from training.rules.matching.settings import STAY_STEPS, Costs, Rules
from training.rules.matching.solving import Result, solve, solve_second
from training.rules.matching.unlisted import solve_over_all

PER_LEARNER = 20
ROUNDS = 4
LEAVING = 0.02
GOALS = {10_000: 1.5, 100_000: 12.0}
MEMORY_GOAL = 1024.0
CHANGE_GOAL = 0.05


class Step(NamedTuple):
    """One step: its name, seconds on the clock and of the processor, what came of it."""

    name: str
    clock: float
    processor: float
    note: str


def measured(name: str, work: Callable[[], Any], note: Callable[[Any], str]) -> tuple[Any, Step]:
    """Do the work once and note how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, Step(name, time.perf_counter() - clock, time.process_time() - processor, note(found))


def from_columns_to_pairs(learners: int, trainers: int) -> tuple[list[Step], float]:
    """The goal: candidates and pairs. Returns the steps and the peak memory in MiB."""
    situation = company(learners, trainers)
    listed, first = measured("candidates", lambda: candidates(situation, Rules(), Costs(), PER_LEARNER), _arcs)
    result, second = measured("pairs", lambda: solve(listed), _left_over)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, third = measured("proof of optimality", lambda: proven_bound(result.transport, result.flow), _beside(result))
    _, fourth = measured("second contacts", lambda: solve_second(result), _left_over)
    return [first, second, third, fourth], peak


def over_all_pairs(learners: int, trainers: int) -> list[Step]:
    """What the choice of candidates costs: pairs that were none are added until none would help."""
    situation = company(learners, trainers)
    listed = candidates(situation, Rules(), Costs(), PER_LEARNER)
    alone = solve(listed).points.total
    _, step = measured(
        "over all pairs",
        lambda: solve_over_all(listed, ROUNDS),
        lambda found: f"{alone / found[0].points.total - 1:.4%} cheaper; any pair could save {found[1]} points more",
    )
    return [step]


def by_linear_program(learners: int, trainers: int) -> list[Step]:
    """The relaxation by another solver."""
    result = solve(candidates(company(learners, trainers), Rules(), Costs(), PER_LEARNER))
    _, step = measured("linear program", lambda: relaxed_bound(result.transport, result.flow), _beside(result))
    return [step]


def when_trainers_leave(learners: int, trainers: int) -> list[str]:
    """Publish, let trainers go and evidence change, propose again at each step of staying."""
    before = company(learners, trainers)
    result = solve(candidates(before, Rules(), Costs(), PER_LEARNER))
    after = half_a_year_later(before, result.trainer_of, solve_second(result).trainer_of, LEAVING)
    listed = candidates(after, Rules(), Costs(), PER_LEARNER)
    forced = sum(reason.value == "trainer gone" for reason in changes(solve(listed)).why) / result.taught.sum()
    lines = [f"{'stay':>8}  {'pairs ended':>12}  {'worse fit':>10}   (forced: {forced:.1%})"]
    for setting in trade_off(listed, STAY_STEPS):
        default = "   default; goal at most 5 %" if setting.stay == Costs().stay else ""
        lines.append(f"{setting.stay:>8}  {setting.share:>12.2%}  {setting.above_best:>10.2%}{default}")
    return lines


def _arcs(listed: Any) -> str:
    return f"{len(listed):,} pairs"


def _left_over(result: Result) -> str:
    return f"{result.taught.sum():,} pairs, {len(result.left_over):,} left over"


def _beside(result: Result) -> Callable[[Any], str]:
    cost = flow_cost(result.transport, result.flow)
    return lambda bound: f"cost {cost:,}, bound {bound:,.0f}: {'equal' if round(bound) == cost else 'NOT EQUAL'}"


def in_own_process(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run in a fresh process, so that peak memory is that of this work."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def show(learners: int, trainers: int, with_linear_program: bool) -> None:
    """Measure one size and print it."""
    steps, peak = in_own_process(from_columns_to_pairs, learners, trainers)
    goal = GOALS.get(learners)
    print(f"\n{learners:,} learners, {trainers:,} trainers, {PER_LEARNER} candidates each")
    for step in steps[:2]:
        print(f"  {step.name:<22}{step.clock:>8.2f} s {step.processor:>8.2f} s processor   {step.note}")
    clock, processor = sum(step.clock for step in steps[:2]), sum(step.processor for step in steps[:2])
    print(
        f"  {'columns to pairs':<22}{clock:>8.2f} s {processor:>8.2f} s processor"
        + (f"   goal {goal} s" if goal else "")
    )
    print(f"  {'peak memory':<22}{peak:>8.0f} MiB                       goal {MEMORY_GOAL:.0f} MiB")
    rest = steps[2:] + in_own_process(over_all_pairs, learners, trainers)
    rest += in_own_process(by_linear_program, learners, trainers) if with_linear_program else []
    for step in rest:
        print(f"  {step.name:<22}{step.clock:>8.2f} s {step.processor:>8.2f} s processor   {step.note}")


def main() -> None:
    """Read the arguments and print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--trainers", type=int, default=250)
    parser.add_argument("--large", action="store_true", help="100,000 learners and 2,500 trainers as well")
    given = parser.parse_args()
    show(given.learners, given.trainers, with_linear_program=given.learners <= 10_000)
    if given.large:
        show(100_000, 2_500, with_linear_program=False)
    print(f"\n{LEAVING:.0%} of the trainers leave, evidence changes: {given.learners:,} learners")
    print("\n".join(in_own_process(when_trainers_leave, given.learners, given.trainers)))


if __name__ == "__main__":
    main()
