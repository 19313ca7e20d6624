"""What each kind of question is in QTI 3, below its text."""

from collections.abc import Callable

from training.rules.exchange.qti.bodies_arranged import categorise, likert, matching, ordering
from training.rules.exchange.qti.bodies_chosen import hot_spot, multiple_choice, single_choice, true_false
from training.rules.exchange.qti.bodies_graded import file_upload, long_text
from training.rules.exchange.qti.bodies_typed import blanks, choose_in_text, numeric, short_text
from training.rules.exchange.qti.declared import (
    Values,
    Written,
)

BODIES: dict[str, Callable[[Values], Written]] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "true_false": true_false,
    "numeric": numeric,
    "short_text": short_text,
    "matching": matching,
    "ordering": ordering,
    "blanks": blanks,
    "choose_in_text": choose_in_text,
    "categorise": categorise,
    "hot_spot": hot_spot,
    "likert": likert,
    "long_text": long_text,
    "file_upload": file_upload,
}
