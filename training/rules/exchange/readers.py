"""The reader of each format: text or bytes in, an exchange out."""

from collections.abc import Callable, Mapping

from training.rules.exchange.aiken import read_aiken
from training.rules.exchange.decoding import decoded
from training.rules.exchange.gathering import Gathering
from training.rules.exchange.gift.reader import read_gift
from training.rules.exchange.moodle.reader import read_moodle
from training.rules.exchange.qti.reader import read_qti
from training.rules.exchange.results import Exchange, Format
from training.rules.exchange.table.reader import read_csv

Reader = Callable[[bytes, Gathering], Exchange]
READERS: Mapping[Format, Reader] = {
    Format.GIFT: lambda data, gathering: read_gift(decoded(data), gathering),
    Format.MOODLE_XML: lambda data, gathering: read_moodle(decoded(data), gathering),
    Format.CSV: lambda data, gathering: read_csv(decoded(data), gathering),
    Format.QTI: read_qti,
    Format.AIKEN: lambda data, gathering: read_aiken(decoded(data), gathering),
}
