"""A package of QTI 3.0 that was written is read again."""

from hypothesis import HealthCheck, given, settings

from tests.training.rules.exchange.exchanged import comes_back, question_lists
from tests.training.rules.exchange.samples import png
from training.rules.exchange.qti.writer import write_qti
from training.rules.exchange.reading import read

PICTURES = {"pictures/shop-page.png": png(100, 80)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(question_lists())
def test_what_qti_can_hold_comes_back_and_the_rest_is_listed(listed) -> None:
    comes_back(listed, lambda questions: write_qti(questions, PICTURES), read)
