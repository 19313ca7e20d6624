"""Read QTI 2.1, 2.2 and 3.0: one item, or a package of them."""

from training.rules.exchange.decoding import decoded
from training.rules.exchange.gathering import Gathering
from training.rules.exchange.qti.archive import Archive
from training.rules.exchange.qti.item import read_item
from training.rules.exchange.qti.names import unify
from training.rules.exchange.qti.package import read_package
from training.rules.exchange.qti.source import ItemPlace
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.xml_tree import read_xml

ZIP = b"PK\x03\x04"


def read_qti(data: bytes, gathering: Gathering) -> Exchange:
    """The questions of an item or a package."""
    if data.startswith(ZIP):
        read_package(Archive(data), gathering)
        return gathering.done(Format.QTI)
    root = unify(read_xml(decoded(data)))
    if root.name != "assessmentItem":
        cure = "Hand in the whole package, or the file of an item."
        raise UnreadableError(root.line, f"This file (<{root.name[:40]}>) only names items.", cure)
    read_item(root, ItemPlace(), gathering)
    return gathering.done(Format.QTI)
