"""Learners at work: each answers, changes its mind, submits twice at once, and asks again until it is told.

What the server acknowledged is written down here, and nowhere else; the judge holds the database against it.
"""

import http.client
import random
import re
import secrets
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.attempts.world import MODULE, QUESTIONS, SLUG, SignedIn

SECONDS_TO_GIVE_UP = 60
MOST_ERRORS = 50
"""After so many wrong answers of the server nobody goes on: the run has failed."""
CHANGES = 2
"""So many questions of an attempt are left open, and as many answered a second time: QUESTIONS answers in all."""
_ATTEMPT = re.compile(r"/attempts/(\d+)")


@dataclass(frozen=True)
class Acknowledged:
    """An answer that the server said it has saved."""

    attempt_id: int
    position: int
    page: str
    page_sequence: int
    answer: str


@dataclass
class Log:
    """What learners were told. Filled by many threads: only appending, which needs no lock."""

    saved: list[Acknowledged] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class TooManyErrors(RuntimeError):  # noqa: N818 - the name says it
    """The server answered wrongly so often that going on tells nothing new."""


class Learner:
    """One learner in one browser. `think` is the mean pause between two steps, in seconds."""

    def __init__(self, who: SignedIn, port: int, log: Log, rng: random.Random, think: float = 0.0) -> None:
        self.who, self.port, self.log, self.rng, self.think = who, port, log, rng, think
        self.stop = threading.Event()
        self._line: http.client.HTTPConnection | None = None

    def sit(self, attempts: int) -> None:
        """Sit so many attempts, one after the other, or until `stop` is set."""
        for _ in range(attempts):
            attempt_id = self._start()
            for position in self._order():
                self._pause()
                if self.stop.is_set():
                    return
                self._answer(attempt_id, position)
            self._pause()
            self._submit_twice_at_once(attempt_id)

    def _order(self) -> list[int]:
        """Questions in the order in which they are answered; the last ones change an answer that was given."""
        order = list(range(1, QUESTIONS + 1 - CHANGES))
        return order + self.rng.sample(order, CHANGES)

    def _start(self) -> int:
        status, location, _ = self._ask("start", f"/course/{SLUG}/{MODULE}", {})
        found = _ATTEMPT.match(location)
        if status != 302 or found is None:
            raise RuntimeError(f"An attempt did not start: {status} {location}")
        return int(found[1])

    def _answer(self, attempt_id: int, position: int) -> None:
        given = self._acknowledgement(attempt_id, position)
        status, _, _ = self._ask("save", f"/attempts/{attempt_id}/{position}/save", _form(given))
        if status == 200:
            self.log.saved.append(given)
        else:
            self._complain(f"answer {given} was refused with {status}")

    def _acknowledgement(self, attempt_id: int, position: int) -> Acknowledged:
        right = self.rng.random() < 0.7
        answer = str(position if right else self.rng.randint(100, 999_999))
        return Acknowledged(attempt_id, position, secrets.token_hex(8), 1, answer)

    def _submit_twice_at_once(self, attempt_id: int) -> None:
        """Two submits on two lines, and on a third an answer that is still under way."""
        late = self._acknowledgement(attempt_id, QUESTIONS)
        ends = time.monotonic() + SECONDS_TO_GIVE_UP
        while time.monotonic() < ends:
            lines = [http.client.HTTPConnection("127.0.0.1", self.port, timeout=30) for _ in range(3)]
            began = time.perf_counter()
            submit = f"/attempts/{attempt_id}/finish"
            asked = [self._send(lines[0], submit, {}), self._send(lines[1], submit, {})]
            asked.append(self._send(lines[2], f"/attempts/{attempt_id}/{QUESTIONS}/save", _form(late)))
            told = [self._receive(line) if sent else None for line, sent in zip(lines, asked, strict=True)]
            for line in lines:
                line.close()
            self._note(told, began, late)
            if any(one is not None and one[0] == 302 for one in told[:2]):
                self.log.finished.append(attempt_id)
                return
            time.sleep(0.02)
        raise RuntimeError("A submit was not answered within a minute.")

    def _note(self, told: list[tuple[int, str, bytes] | None], began: float, late: Acknowledged) -> None:
        for one in told[:2]:
            if one is not None and one[0] == 302:
                self.log.seconds["finish"].append(time.perf_counter() - began)
            elif one is not None:
                self._complain(f"a submit of attempt {late.attempt_id} was answered with {one[0]}")
        if told[2] is not None and told[2][0] == 200:
            self.log.saved.append(late)
        elif told[2] is not None and told[2][0] not in (200, 409):
            self._complain(f"an answer of attempt {late.attempt_id} was answered with {told[2][0]}")

    def _ask(self, kind: str, path: str, form: dict[str, str]) -> tuple[int, str, bytes]:
        """Send until there is an answer: a server that is down is asked again, as the page does."""
        ends = time.monotonic() + SECONDS_TO_GIVE_UP
        while time.monotonic() < ends:
            if self._line is None:
                self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            began = time.perf_counter()
            told = self._receive(self._line) if self._send(self._line, path, form) else None
            if told is not None and told[0] < 500:
                self.log.seconds[kind].append(time.perf_counter() - began)
                return told
            if told is not None:
                self._complain(f"{path} was answered with {told[0]}")
            self._line.close()
            self._line = None
            time.sleep(0.02)
        raise RuntimeError(f"{path} was not answered within a minute.")

    def _send(self, line: http.client.HTTPConnection, path: str, form: dict[str, str]) -> bool:
        headers = {"Cookie": self.who.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request("POST", path, urlencode({**form, "csrf_token": self.who.form_token}), headers)
        except (OSError, http.client.HTTPException):
            return False
        return True

    def _receive(self, line: http.client.HTTPConnection) -> tuple[int, str, bytes] | None:
        try:
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        except (OSError, http.client.HTTPException):
            return None

    def _complain(self, error: str) -> None:
        self.log.errors.append(error)
        if len(self.log.errors) > MOST_ERRORS:
            raise TooManyErrors

    def _pause(self) -> None:
        if self.think:
            self.stop.wait(self.rng.uniform(0.5, 1.5) * self.think)


def _form(given: Acknowledged) -> dict[str, str]:
    return {"answer": given.answer, "page": given.page, "page_sequence": str(given.page_sequence)}
