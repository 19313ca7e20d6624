"""All kinds of question, by name. A new kind is a file beside this one and a line in the table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.blanks import Blanks
from training.rules.kinds.categorise import Categorise
from training.rules.kinds.choose_in_text import ChooseInText
from training.rules.kinds.file_upload import FileUpload
from training.rules.kinds.hot_spot import HotSpot
from training.rules.kinds.likert import Likert
from training.rules.kinds.long_text import LongText
from training.rules.kinds.matching import Matching
from training.rules.kinds.multiple_choice import MultipleChoice
from training.rules.kinds.numeric import Numeric
from training.rules.kinds.ordering import Ordering
from training.rules.kinds.protocol import FieldProblem, QuestionKind, Specification
from training.rules.kinds.scenario import Scenario
from training.rules.kinds.short_text import ShortText
from training.rules.kinds.single_choice import SingleChoice
from training.rules.kinds.true_false import TrueFalse

_ALL: tuple[QuestionKind, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Numeric(),
    ShortText(),
    Matching(),
    Ordering(),
    Blanks(),
    ChooseInText(),
    Categorise(),
    HotSpot(),
    Scenario(),
    Likert(),
    LongText(),
    FileUpload(),
)

MOST_HINTS, LONGEST_HINT = 4, 500

KINDS: Mapping[str, QuestionKind] = MappingProxyType({kind.name: kind for kind in _ALL})

GRADED_BY_PEOPLE = frozenset({FileUpload.name, LongText.name})
"""Kinds whose responses wait for a person with a rubric: an attempt with one is not decided when it is finished."""

NOT_GRADED = frozenset({Likert.name})
"""Kinds without right and wrong: they take no part in a result."""


def kind_of(specification: Specification) -> QuestionKind:
    """The kind that a specification names. Raises KeyError if there is none; `validate` says it in words."""
    return KINDS[specification["kind"]]


def validate(specification: Specification) -> list[FieldProblem]:
    """Everything that is wrong with a specification of any kind, its `kind` included."""
    name = specification.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        message = "The kind of question is missing." if name is None else f"There is no kind of question {name!r}."
        return [FieldProblem(("kind",), message, f"Choose one of: {', '.join(KINDS)}.")]
    return KINDS[name].validate(specification) + _hints_problems(specification.get("hints"))


def hints_of(specification: Specification) -> list[str]:
    """What may be said after the first, second ... try that was not right; any kind may have them."""
    return list(specification.get("hints") or ())


def _hints_problems(hints: Any) -> list[FieldProblem]:
    if hints is None:
        return []
    problems = fields.list_problems(hints, ("hints",), 1, MOST_HINTS)
    for place, hint in enumerate(hints if isinstance(hints, list) else []):
        problems += fields.text_problems(hint, ("hints", place), LONGEST_HINT)
    return problems
