"""GIFT that was written is read again."""

from hypothesis import HealthCheck, given, settings

from tests.training.rules.exchange.exchanged import comes_back, question_lists
from training.rules.exchange.gift.writer import write_gift
from training.rules.exchange.reading import read


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(question_lists())
def test_what_gift_can_hold_comes_back_and_the_rest_is_listed(listed) -> None:
    comes_back(listed, write_gift, read)
