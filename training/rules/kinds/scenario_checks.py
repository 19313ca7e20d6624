"""What can be wrong with a branching talk: its parts, and how they hang together."""

import re
from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.keys import keys_problems
from training.rules.kinds.protocol import Field, FieldProblem, Specification
from training.rules.kinds.scenario_paths import best_path, reached, scenes_that_come_back

FIELDS = ("start", "scenes", "endings")
MOST_SCENES = 40
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def scenario_problems(specification: Specification) -> list[FieldProblem]:
    """Everything that is wrong with a talk; how it hangs together only once its parts are sound."""
    problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
    problems += fields.text_problems(specification.get("start"), ("start",), 60)
    for name, check in (("scenes", _scene_problems), ("endings", _ending_problems)):
        places = specification.get(name)
        if not isinstance(places, dict) or not 1 <= len(places) <= MOST_SCENES:
            cure = f"Write 1 to {MOST_SCENES} below it, each under an id."
            problems.append(FieldProblem((name,), f"There are no {name}, or too many.", cure))
            continue
        for place, content in places.items():
            problems += _id_problems(place, (name, str(place))) + check(content, (name, str(place)))
    return problems or _whole_problems(specification)


def _id_problems(place: Any, at: Field) -> list[FieldProblem]:
    if isinstance(place, str) and _ID.fullmatch(place):
        return []
    return [FieldProblem(at, f"“{place}” is no id.", "Use small letters, digits and dashes.")]


def _scene_problems(scene: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(scene, dict):
        return [FieldProblem(at, "A scene needs choices.", "Write “says:” and “choices:” below it.")]
    problems = fields.unknown_fields(scene, ("says", "choices"), at) + _says_problems(scene.get("says"), at)
    listed = scene.get("choices")
    problems += fields.list_problems(listed, (*at, "choices"), 2, 8)
    for place, choice in enumerate(listed if isinstance(listed, list) else []):
        problems += _choice_problems(choice, (*at, "choices", place))
    there = [choice for choice in listed if isinstance(choice, dict)] if isinstance(listed, list) else []
    texts = [choice.get("text") for choice in there]
    return problems + fields.distinct_texts_problems(texts, (*at, "choices"), "text")


def _choice_problems(choice: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(choice, dict):
        return [FieldProblem(at, "A choice leads somewhere.", "Write “- text: …” and below it “to: …”.")]
    problems = fields.unknown_fields(choice, ("text", "to", "feedback"), at)
    problems += fields.text_problems(choice.get("text"), (*at, "text"))
    problems += fields.text_problems(choice.get("to"), (*at, "to"), 60)
    return problems + fields.optional_text_problems(choice.get("feedback"), (*at, "feedback"))


def _ending_problems(ending: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(ending, dict):
        return [FieldProblem(at, "An ending needs a mark.", "Write “mark: 1” below it, or less.")]
    problems = fields.unknown_fields(ending, ("says", "mark", "feedback"), at) + _says_problems(ending.get("says"), at)
    problems += fields.number_problems(ending.get("mark"), (*at, "mark"), 0, 1)
    return problems + fields.optional_text_problems(ending.get("feedback"), (*at, "feedback"))


def _says_problems(says: Any, at: Field) -> list[FieldProblem]:
    if says is None:
        return []
    problems = fields.list_problems(says, (*at, "says"), 1, 10)
    for place, turn in enumerate(says if isinstance(says, list) else []):
        here: Field = (*at, "says", place)
        if not isinstance(turn, dict):
            problems.append(FieldProblem(here, "A turn needs a speaker.", "Write “- who: …” and below it “text: …”."))
            continue
        problems += fields.unknown_fields(turn, ("who", "text"), here)
        problems += fields.text_problems(turn.get("who"), (*here, "who"), 100)
        problems += fields.text_problems(turn.get("text"), (*here, "text"))
    return problems


def _whole_problems(specification: Specification) -> list[FieldProblem]:
    scenes, endings = specification["scenes"], specification["endings"]
    both = sorted(set(scenes) & set(endings))
    problems = [
        FieldProblem(("endings", place), f"“{place}” is also a scene.", "Give one of them another id.")
        for place in both
    ]
    if specification["start"] not in scenes:
        problems.append(FieldProblem(("start",), f"There is no scene “{specification['start']}”.", "Name a scene."))
    for scene, content in scenes.items():
        for place, choice in enumerate(content["choices"]):
            if choice["to"] not in scenes and choice["to"] not in endings:
                at = ("scenes", scene, "choices", place, "to")
                problems.append(FieldProblem(at, f"There is no “{choice['to']}”.", "Name a scene or an ending."))
    return problems or _way_problems(specification)


def _way_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with the ways between scenes and endings that all exist."""
    ways = {scene: [choice["to"] for choice in one["choices"]] for scene, one in specification["scenes"].items()}
    endless = sorted(scenes_that_come_back(ways))
    if endless:
        message = f"From “{endless[0]}” the talk can come back to where it was."
        return [FieldProblem(("scenes", endless[0]), message, "Lead every choice on to a scene that comes later.")]
    found = reached(specification["start"], ways)
    problems = [
        FieldProblem((name, place), "No choice leads here.", "Lead a choice to it, or take it away.")
        for name in ("scenes", "endings")
        for place in specification[name]
        if place not in found
    ]
    if not best_path(specification):
        problems.append(FieldProblem(("endings",), "No way earns the full mark.", "Give the best ending mark: 1."))
    return problems
