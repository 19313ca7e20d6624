"""What another setting would do: the list it draws today, and how it would have done in the past. Nothing is stored.

Pure. The columns are prepared once for today and for each earlier moment; what a setting asks for is then counted
from prepared rows, and kept, so that the worths and the dial only join anew what has been forecast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from champions.scoring import statement
from champions.scoring.assembly import bands_of
from champions.scoring.backtest import AGAINST, FEWEST_NAMED, FEWEST_RESULTS, horizon_for, past_moments, resampling
from champions.scoring.columns import Columns, Numbers, Reals, in_id_order
from champions.scoring.fading import DAY
from champions.scoring.forecast import Forecast, forecast
from champions.scoring.joining import scale_of, top_mean
from champions.scoring.judging import Figure, joined, of_best, pooled
from champions.scoring.kinds import counted_kinds
from champions.scoring.parameters import Parameters
from champions.scoring.peers import Peers
from champions.scoring.prepared import Prepared
from champions.scoring.result import Band
from champions.scoring.scored import TIED, Scored
from champions.scoring.truth import beyond, results, won_and_tried

THESE, PUBLISHED, BY_LOT = "these settings", "the published settings", "drawn by lot"
DIALS = tuple(step / 10 for step in range(11))
SETTINGS_KEPT = 2
TODAY = -1
