"""One run: learners at work while the server is killed again and again, then the judge; and a calm one for figures."""

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from flask import Flask

from benchmarks.attempts.faults import Fault, plant_in_database
from benchmarks.attempts.judge import Verdict, judge
from benchmarks.attempts.learners import Learner, Log, TooManyErrors
from benchmarks.attempts.server import Parent, Server
from benchmarks.attempts.world import QUESTIONS, SLUG, SignedIn, make_world

MOST_AT_ONCE = 64


@dataclass(frozen=True)
class Size:
    """How much is done in a run: `attempts` for each learner."""

    learners: int
    attempts: int
    kills: int

    @property
    def answers(self) -> int:
        """How many answers are given in all, those under way at a submit left out."""
        return self.learners * self.attempts * QUESTIONS


@dataclass(frozen=True)
class Result:
    """What came of a run."""

    size: Size
    log: Log
    verdict: Verdict
    seconds: float


def run(app: Flask, parent: Parent, server: Server, size: Size, seed: int, fault: Fault | None = None) -> Result:
    """Let learners work, kill the server `size.kills` times and once more at the end, and judge."""
    with app.app_context():
        if fault is not None:
            plant_in_database(fault)
        signed_in = make_world(app, size.learners)
    log, rng = Log(), random.Random(seed)
    began = time.monotonic()
    server.start(parent)
    workers = _work(signed_in, server.port, size, log, rng)
    for mark in sorted(rng.sample(range(1, size.answers), size.kills)):
        while len(log.saved) < mark and any(worker.is_alive() for worker in workers):
            time.sleep(0.005)
        server.kill()
        server.start(parent)
    for worker in workers:
        worker.join()
    seconds = time.monotonic() - began
    server.kill()
    with app.app_context():
        return Result(size, log, judge(log, SLUG), seconds)


def measure(app: Flask, parent: Parent, server: Server, learners: int, seconds: float, think: float, seed: int) -> Log:
    """Learners who think between two steps, for so many seconds, on a server that nobody kills."""
    with app.app_context():
        signed_in = make_world(app, learners)
    log, rng = Log(), random.Random(seed)
    server.start(parent)
    all_of_them = [Learner(who, server.port, log, random.Random(rng.random()), think) for who in signed_in]
    threads = [threading.Thread(target=_sit, args=(one, 1000)) for one in all_of_them]
    for thread in threads:
        time.sleep(think / len(threads))
        thread.start()
    time.sleep(think)
    log.seconds.clear()  # how learners begin is another figure
    time.sleep(seconds)
    for learner in all_of_them:
        learner.stop.set()
    for thread in threads:
        thread.join()
    server.kill()
    return log


def _work(signed_in: Sequence[SignedIn], port: int, size: Size, log: Log, rng: random.Random) -> list[threading.Thread]:
    """Start threads through which all learners go, a limited number at a time."""
    waiting: SimpleQueue[Learner] = SimpleQueue()
    for who in signed_in:
        waiting.put(Learner(who, port, log, random.Random(rng.random())))

    def work() -> None:
        while True:
            try:
                _sit(waiting.get_nowait(), size.attempts)
            except Empty:
                return

    workers = [threading.Thread(target=work) for _ in range(min(MOST_AT_ONCE, size.learners))]
    for worker in workers:
        worker.start()
    return workers


def _sit(learner: Learner, attempts: int) -> None:
    try:
        learner.sit(attempts)
    except TooManyErrors:
        pass
    except Exception as error:  # whatever ends a learner's work is a fault that the judge must hear of
        learner.log.errors.append(f"a learner gave up: {error!r}")
