"""Read a package: its manifest says which files are items, its test in which order and with which weights."""

from collections.abc import Iterator
from dataclasses import replace

from training.rules.course_files.course_text import About
from training.rules.exchange.decoding import decoded
from training.rules.exchange.gathering import Gathering
from training.rules.exchange.qti.archive import Archive
from training.rules.exchange.qti.item import read_item
from training.rules.exchange.qti.names import unify
from training.rules.exchange.qti.source import ItemPlace, Open, beside
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.topics import is_of_pool, pool_of_tags
from training.rules.exchange.xml_tree import read_xml

MANIFEST = "imsmanifest.xml"
Places = dict[str, ItemPlace]


def read_package(archive: Archive, gathering: Gathering) -> None:
    """Take the items of a package in the order of its test, else of its manifest, else of their names."""
    places = _from_manifest(archive, gathering)
    if not places:
        places = {path: ItemPlace(path) for path in _items_without_manifest(archive)}
    if not places:
        message = "There are no items in the package."
        raise UnreadableError(0, message, "Hand in a package with items of QTI 2.1 to 3.0.")
    for path, place in places.items():
        root = _tree(archive, path, gathering)
        if root is not None and root.name == "assessmentItem":
            read_item(root, replace(place, open=_quietly(archive)), gathering)
        elif root is not None:
            message = f"The file begins with <{root.name[:40]}> and is no item."
            gathering.leave_out(root.line, message, "Export the package again.", file=path)


def _quietly(archive: Archive) -> Open:
    """Opens files beside an item; one that cannot be read counts as missing."""

    def read(path: str) -> bytes | None:
        try:
            return archive.read(path)
        except UnreadableError:
            return None

    return read


def _tree(archive: Archive, path: str, gathering: Gathering) -> Node | None:
    """The tree of an XML file; None, and a problem, if it cannot be read."""
    try:
        data = archive.read(path)
        if data is None:
            raise UnreadableError(0, "The file is missing in the package.", "Export the package again.")
        return unify(read_xml(decoded(data)))
    except UnreadableError as error:
        gathering.stop(error, path)
        return None


def _items_without_manifest(archive: Archive) -> Iterator[str]:
    for path in sorted(archive.paths()):
        if path.lower().endswith(".xml"):
            data = archive.read(path) or b""
            if b"assessmentItem" in data[:4000] or b"qti-assessment-item" in data[:4000]:
                yield path


def _from_manifest(archive: Archive, gathering: Gathering) -> Places:
    manifests = sorted((path for path in archive.paths() if path.endswith(MANIFEST)), key=lambda path: path.count("/"))
    if not manifests:
        return {}
    root = _tree(archive, manifests[0], gathering)
    if root is None:
        return {}
    items: Places = {}
    tests: list[str] = []
    for resource in root.below("resource"):
        kind, path = resource.get("type"), _path_of(root, resource, manifests[0])
        if "item" in kind and "qti" in kind and path:
            items[path] = _described(resource, path)
        elif "test" in kind and path:
            tests.append(path)
        elif "xmlv1p2" in kind:
            cure = "Export it as QTI 2.1 or later, or as Moodle XML."
            gathering.leave_out(resource.line, "This is QTI 1.2, the old form of QTI.", cure, file=manifests[0])
    return _in_order_of(archive, tests, items, gathering)


def _path_of(root: Node, resource: Node, manifest: str) -> str:
    resources = root.first("resources")
    base = root.get("base") + (resources.get("base") if resources else "") + resource.get("base")
    file = resource.first("file")
    return beside(manifest, base + (resource.get("href") or (file.get("href") if file else "")))


def _described(resource: Node, path: str) -> ItemPlace:
    """What the manifest says of an item: keywords "why" and "how", its pool, and the first other one as its topic."""
    words = [" ".join(one.text().split()) for one in resource.below("keyword")]
    about = next((About(word.casefold()) for word in words if word.casefold() in list(About)), None)
    others = (word for word in words if word and word.casefold() not in list(About) and not is_of_pool(word))
    return ItemPlace(path, topic=next(others, ""), about=about, pool=pool_of_tags(words))


def _in_order_of(archive: Archive, tests: list[str], items: Places, gathering: Gathering) -> Places:
    """The items in the order of the tests, with their weights; those that no test names come last."""
    ordered: Places = {}
    for test in tests:
        root = _tree(archive, test, gathering)
        for reference in root.below("assessmentItemRef") if root else ():
            path = beside(test, reference.get("href"))
            weight = reference.first("weight")
            number = number_of(weight.get("value")) if weight else None
            place = items.get(path, ItemPlace(path))
            if path:
                ordered.setdefault(path, replace(place, weight=float(number) if number and number > 0 else 1.0))
    return ordered | {path: place for path, place in items.items() if path not in ordered}
