"""The days and months of certificates."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.certification.terms import (
    CertificateState,
    Terms,
    add_months,
    expiry,
    next_expiry,
    state_on,
    window_opens,
)

dates = st.dates(date(2000, 1, 1), date(2050, 1, 1))


def test_months_end_where_a_month_is_too_short():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 12, 15), 1) == date(2026, 1, 15)


@given(dates, st.integers(1, 120), dates)
@settings(max_examples=100)
def test_renewing_early_loses_no_day_and_a_renewed_term_ends_later(valid_from, months, renewed_on):
    terms = Terms(months)
    ends = expiry(terms, valid_from)
    again = next_expiry(terms, expires_on=ends, renewed_on=renewed_on)
    assert again >= add_months(ends, months)
    assert again > max(ends, renewed_on)
    assert next_expiry(Terms(None), expires_on=ends, renewed_on=renewed_on) is None


@given(dates, st.integers(1, 365), st.integers(-500, 500))
@settings(max_examples=100)
def test_every_day_has_one_state_and_they_follow_each_other(expires_on, window, offset):
    day = expires_on + timedelta(days=offset)
    state = state_on(day, expires_on=expires_on, window=window)
    if day < window_opens(expires_on, window):
        assert state is CertificateState.VALID
    elif day <= expires_on:
        assert state is CertificateState.IN_WINDOW
    else:
        assert state is CertificateState.EXPIRED
    assert state_on(day, expires_on=expires_on, window=window, renewed=True) is CertificateState.RENEWED
    assert state_on(day, expires_on=None, window=window, revoked=True) is CertificateState.REVOKED
    assert state_on(day, expires_on=None, window=window) is CertificateState.VALID
