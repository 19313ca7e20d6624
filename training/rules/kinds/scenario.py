"""Scenario: a talk that branches. A customer writes; what one answers decides how it goes on, and how it ends."""

from typing import Any

from training.rules.kinds import answers
from training.rules.kinds.keys import by_key, key_of, shuffled, with_keys
from training.rules.kinds.protocol import UNANSWERED, FieldProblem, Form, Graded, Part, Response, Specification, graded
from training.rules.kinds.scenario_checks import MOST_SCENES, scenario_problems
from training.rules.kinds.scenario_paths import best_path

LONGEST_TALK = MOST_SCENES


class Scenario:
    """Specification: `start`, `scenes` and `endings`, each under an id of small letters, digits and dashes.

    A scene has `says` (turns of `who` and `text`) and `choices` of `text`, `to` (a scene or an ending) and `feedback`.
    An ending has `says`, a `mark` in [0, 1] and `feedback`. The talk never comes back to a scene, so it ends.
    Response: `{"path": [keys of the choices so far]}`. Form: `path`, once for each step so far, and `answer`.
    """

    name = "scenario"
    title = "Talk"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        return scenario_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        """The talk so far and the choices now. What would come after a choice stays on the server."""
        place, steps = self._walk(specification, answers.texts_in(response or {}, "path"))
        talk = []
        for scene, choice in steps:
            talk += [{**turn, "mine": False} for turn in specification["scenes"][scene].get("says", [])]
            talk.append({"text": choice["text"], "mine": True})
        ended = place in specification["endings"]
        here = specification["endings" if ended else "scenes"][place]
        talk += [{**turn, "mine": False} for turn in here.get("says", [])]
        texts = [] if ended else [choice["text"] for choice in here["choices"]]
        choices = with_keys(specification, shuffled(specification, texts, seed))
        path = [key_of(specification, choice["text"]) for _, choice in steps]
        return {"kind": self.name, "talk": talk, "choices": choices, "path": path, "ended": ended}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        sent = answers.all_values(form, "path", LONGEST_TALK) + answers.all_values(form, "answer", 1)
        _, steps = self._walk(specification, sent)
        path = [key_of(specification, choice["text"]) for _, choice in steps]
        return {"path": path} if path else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """The mark of the ending; unanswered as long as the talk has not ended."""
        place, steps = self._walk(specification, answers.texts_in(response, "path"))
        if place not in specification["endings"]:
            return UNANSWERED
        parts = [
            Part(key_of(specification, choice["text"]), choice["text"], None, str(choice.get("feedback") or ""))
            for _, choice in steps
        ]
        ending = specification["endings"][place]
        parts.append(Part("ending", "How it ended", float(ending["mark"]), str(ending.get("feedback") or "")))
        return graded(float(ending["mark"]), tuple(parts))

    def missing(self, specification: Specification, response: Response) -> str:
        place, steps = self._walk(specification, answers.texts_in(response, "path"))
        if place in specification["endings"]:
            return ""
        return "The talk is not at its end yet." if steps else "Choose what you answer."

    def summary(self, specification: Specification, response: Response) -> str:
        _, steps = self._walk(specification, answers.texts_in(response, "path"))
        return " → ".join(choice["text"] for _, choice in steps)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"path": [key_of(specification, choice["text"]) for choice in best_path(specification)]}

    def right_answer(self, specification: Specification) -> str:
        return " → ".join(choice["text"] for choice in best_path(specification))

    def _walk(self, specification: Specification, path: list[str]) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        """Where a path leads, and its steps (scene, choice), as far as it can be followed."""
        place, steps = specification["start"], []
        for key in path:
            choices = specification["scenes"].get(place, {}).get("choices", [])
            texts = by_key(specification, (choice["text"] for choice in choices))
            choice = next((choice for choice in choices if choice["text"] == texts.get(key)), None)
            if choice is None:
                break
            steps.append((place, choice))
            place = choice["to"]
        return place, steps
