"""The form of each kind of question, and when to choose which."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from training.rules.authoring.controls import Control, Fields, Rows, Type
from training.rules.kinds.file_upload import KNOWN_ENDINGS, USUAL_ENDINGS

PARTS = (("partial", "a share for each right part"), ("all_or_nothing", "all or nothing"))
MARKING = Control("marking", "Marks", Type.ONE_OF, default="partial", options=PARTS)
SHUFFLE = Control("shuffle", "Show them in a new order each time", Type.FLAG, default=True)
FEEDBACK = Control("feedback", "Said to whoever takes it", Type.TEXT)
MARK = Control("mark", "Mark, if not all or nothing", Type.NUMBER, "from -1 to 1", default=None)
RIGHT = Control("right", "Right", Type.FLAG, default=False)
CHOICE = (Control("text", "Choice"), RIGHT, FEEDBACK, MARK)
GAP_HINT = "Write [[1]] where the first gap is, [[2]] where the second is."
FORGIVEN = (
    Control("near_miss", "Slips of the keyboard that are forgiven", Type.NUMBER, "0 to 3", default=0),
    Control("case_sensitive", "Capitals matter", Type.FLAG, default=False),
    Control("accent_sensitive", "Accents matter", Type.FLAG, default=False),
)
ACCEPTED = (
    Control("text", "Answer", hint="* stands for anything"),
    Control("mark", "Mark, if not the whole", Type.NUMBER, "from 0 to 1", default=1),
    Control("feedback", "Said to whoever writes it", Type.TEXT),
)
SAYS = Rows(
    "says",
    "What is said",
    "turn",
    (Control("who", "Who"), Control("text", "Says", Type.TEXT)),
    least=1,
)
RUBRIC = Rows(
    "rubric",
    "Rubric: what the person who grades looks at",
    "criterion",
    (
        Control("criterion", "Criterion"),
        Rows(
            "levels",
            "Levels, the best first",
            "level",
            (Control("text", "Reached when"), Control("mark", "Mark", Type.NUMBER, default=None)),
            plain="",
        ),
    ),
    least=1,
)


@dataclass(frozen=True)
class KindForm:
    """One kind for an author: what it is good for, and its fields."""

    good_for: str
    fields: Fields


def _choices(marking: tuple[Control, ...] = ()) -> tuple[Control | Rows, ...]:
    return (Rows("choices", "Choices", "choice", CHOICE, least=3), *marking, SHUFFLE)


_WEIGHTED = Control(
    "marking", "Marks", Type.ONE_OF, default="partial", options=(*PARTS, ("weighted", "the marks written beside them"))
)
_LINE = (Control("text", "Text"),)

KIND_FORMS: Mapping[str, KindForm] = MappingProxyType(
    {
        "single_choice": KindForm("One of a few answers is right. The usual kind: quick to write.", _choices()),
        "multiple_choice": KindForm("Several answers are right: what belongs to it?", _choices((_WEIGHTED,))),
        "true_false": KindForm(
            "One statement, true or false. Guessing gets half of them.",
            (
                Control("right", "The statement is", Type.TRUTH, options=(("true", "true"), ("false", "false"))),
                Control("feedback_true", "Said to whoever takes “true”", Type.TEXT),
                Control("feedback_false", "Said to whoever takes “false”", Type.TEXT),
            ),
        ),
        "numeric": KindForm(
            "A number: how many, how long, how much.",
            (
                Control("right", "Right number", Type.NUMBER, default=None),
                Control("tolerance", "May be off by", Type.NUMBER, default=0),
                Control(
                    "tolerance_kind",
                    "Meant as",
                    Type.ONE_OF,
                    default="absolute",
                    options=(
                        ("absolute", "so much"),
                        ("relative", "a share (0.05 is 5 %)"),
                        ("significant_figures", "so many figures that must agree"),
                    ),
                ),
                Control("unit", "Unit", hint="such as km; may be left out in the answer"),
                Rows(
                    "other_units",
                    "Other units that are understood",
                    "unit",
                    (Control("name", "Unit"), Control("factor", "One of it makes", Type.NUMBER, default=None)),
                    least=1,
                    plain="factor",
                    keyed="name",
                ),
            ),
        ),
        "short_text": KindForm(
            "A word or two, typed: a name, a term.",
            (Rows("accept", "Answers that count", "answer", ACCEPTED, plain="text"), *FORGIVEN),
        ),
        "matching": KindForm(
            "Lines that belong to each other: case and channel, term and meaning.",
            (
                Rows("pairs", "Pairs", "pair", (Control("left", "Left"), Control("right", "Right")), least=3),
                Rows("extra", "Right sides that belong to none", "right side", _LINE, least=1, plain="text"),
                MARKING,
                SHUFFLE,
            ),
        ),
        "ordering": KindForm(
            "Steps in their right order.",
            (Rows("items", "Steps, the first first", "step", _LINE, least=4, plain="text", ordered=True), MARKING),
        ),
        "blanks": KindForm(
            "A text with gaps to be typed.",
            (
                Control("text", "Text with gaps", Type.TEXT, GAP_HINT),
                Rows(
                    "gaps",
                    "What fills the gaps, in the order of their numbers",
                    "gap",
                    (Rows("accept", "Answers that count", "answer", ACCEPTED, least=1, plain="text"), *FORGIVEN),
                ),
                MARKING,
            ),
        ),
        "choose_in_text": KindForm(
            "A text with gaps to be chosen from short lists.",
            (
                Control("text", "Text with gaps", Type.TEXT, GAP_HINT),
                Rows(
                    "gaps",
                    "Choices for the gaps, in the order of their numbers",
                    "gap",
                    (Rows("choices", "Choices", "choice", CHOICE),),
                ),
                MARKING,
            ),
        ),
        "categorise": KindForm(
            "Things to be put into a few boxes.",
            (
                Rows("categories", "Boxes", "box", _LINE, plain="text", ordered=True),
                Rows(
                    "items",
                    "Things",
                    "thing",
                    (Control("text", "Thing"), Control("category", "Belongs into", listed=("categories",))),
                    least=3,
                ),
                MARKING,
            ),
        ),
        "hot_spot": KindForm(
            "A place in a picture.",
            (
                Control("picture", "Picture", hint="its name, such as pictures/shop-page.png"),
                Control("description", "What the picture shows, for those who do not see it", Type.TEXT),
                Control("width", "Width in pixels", Type.NUMBER, default=None),
                Control("height", "Height in pixels", Type.NUMBER, default=None),
                Rows(
                    "areas",
                    "Areas that can be chosen",
                    "area",
                    (
                        Control("text", "What is there"),
                        RIGHT,
                        FEEDBACK,
                        MARK,
                        Control(
                            "shape",
                            "Shape",
                            Type.SHAPE,
                            "circle: x, y, radius; box: x, y, width, height; polygon: x y, x y, x y",
                        ),
                    ),
                    least=2,
                ),
            ),
        ),
        "scenario": KindForm(
            "A talk that branches: each answer leads on. The nearest to real work.",
            (
                Control("start", "Begins with the scene", listed=("scenes",)),
                Rows(
                    "scenes",
                    "Scenes",
                    "scene",
                    (
                        Control("id", "Name of the scene", hint="small letters, digits, dashes"),
                        SAYS,
                        Rows(
                            "choices",
                            "What one may answer",
                            "answer",
                            (
                                Control("text", "Answer"),
                                Control("to", "Leads to", listed=("scenes", "endings")),
                                FEEDBACK,
                            ),
                        ),
                    ),
                    least=1,
                    keyed="id",
                ),
                Rows(
                    "endings",
                    "Endings",
                    "ending",
                    (
                        Control("id", "Name of the ending"),
                        SAYS,
                        Control("mark", "Mark", Type.NUMBER, "from 0 to 1; the best has 1", default=None),
                        Control("feedback", "Said at the end", Type.TEXT),
                    ),
                    keyed="id",
                ),
            ),
        ),
        "likert": KindForm(
            "An opinion. Never graded.",
            (
                Rows("statements", "Statements", "statement", _LINE, least=1, plain="text", ordered=True),
                Rows("scale", "Scale, from one end to the other", "step", _LINE, least=4, plain="text", ordered=True),
            ),
        ),
        "long_text": KindForm(
            "A text of the learner's own. A person grades it.",
            (
                RUBRIC,
                Control("least_words", "Least words", Type.NUMBER, default=None),
                Control("most_words", "Most words", Type.NUMBER, default=None),
                Control("example", "A good answer, shown after grading", Type.TEXT),
            ),
        ),
        "file_upload": KindForm(
            "A file of the learner's own. A person grades it.",
            (
                RUBRIC,
                Control(
                    "endings", "Endings", Type.WORDS, f"out of {', '.join(KNOWN_ENDINGS)}", default=list(USUAL_ENDINGS)
                ),
                Control("most_files", "Most files", Type.NUMBER, default=1),
                Control("most_megabytes", "Most megabytes for each", Type.NUMBER, default=10),
            ),
        ),
    }
)
