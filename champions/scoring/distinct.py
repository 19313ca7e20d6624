"""Distinct numbers by sorting: several times faster than hashing for millions of keys."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def distinct(keys: NDArray[Any]) -> NDArray[Any]:
    """The different values of `keys`, in order."""
    if not len(keys):
        return keys
    ordered = np.sort(keys)
    first = np.empty(len(ordered), bool)
    first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]
