"""File upload: a picture, a page, a recording, graded by a person with a rubric."""

import re
from typing import Any

from training.rules.kinds import answers, fields
from training.rules.kinds.protocol import (
    UNANSWERED,
    FieldProblem,
    Form,
    Graded,
    Response,
    Specification,
    State,
)
from training.rules.kinds.rubric import rubric_problems

FIELDS = ("rubric", "endings", "most_files", "most_megabytes")
KNOWN_ENDINGS = ("pdf", "png", "jpg", "jpeg", "webp", "txt", "md", "csv", "docx", "odt", "pptx", "odp", "mp3", "mp4")
USUAL_ENDINGS = ("pdf", "png", "jpg", "jpeg", "txt")
MOST_FILES = 5
_STORED = re.compile(r"(?P<id>[0-9a-f]{16,64}) (?P<name>\S.{0,199})")


class FileUpload:
    """Specification: `rubric`, `endings` of names allowed, `most_files`, `most_megabytes` for each.

    The view stores a file under an id before it makes the response, and checks size and content there.
    Response: `{"files": ["id name", ...]}`. Form: `file`, once for each stored file.
    """

    name = "file_upload"
    title = "File upload"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + rubric_problems(specification.get("rubric"))
        endings = specification.get("endings", list(USUAL_ENDINGS))
        problems += fields.list_problems(endings, ("endings",), 1, len(KNOWN_ENDINGS))
        for place, ending in enumerate(endings if isinstance(endings, list) else []):
            problems += fields.one_of_problems(ending, ("endings", place), KNOWN_ENDINGS)
        problems += fields.whole_number_problems(specification.get("most_files", 1), ("most_files",), 1, MOST_FILES)
        megabytes = specification.get("most_megabytes", 10)
        return problems + fields.whole_number_problems(megabytes, ("most_megabytes",), 1, 100)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        return {
            "kind": self.name,
            "endings": list(specification.get("endings", USUAL_ENDINGS)),
            "most_files": specification.get("most_files", 1),
            "most_megabytes": specification.get("most_megabytes", 10),
            "criteria": [criterion["criterion"] for criterion in specification["rubric"]],
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        files = self._known(specification, answers.all_values(form, "file"))
        return {"files": files} if files else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """Waits for a person, who grades with `rubric.grade_by_rubric`."""
        files = self._known(specification, answers.texts_in(response, "files"))
        return Graded(0.0, State.NEEDS_GRADING) if files else UNANSWERED

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if self.summary(specification, response) else "Add a file."

    def summary(self, specification: Specification, response: Response) -> str:
        files = self._known(specification, answers.texts_in(response, "files"))
        return "; ".join(file.partition(" ")[2] for file in files)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {}

    def right_answer(self, specification: Specification) -> str:
        return ""

    def _known(self, specification: Specification, files: list[str]) -> list[str]:
        endings = tuple(f".{ending}" for ending in specification.get("endings", USUAL_ENDINGS))
        known = [
            file
            for file in dict.fromkeys(files)
            if file.isprintable() and _STORED.fullmatch(file) and file.lower().endswith(endings)
        ]
        return known[: specification.get("most_files", 1)]
